/* Heads of the journal and removals at the host: a witness and a signer by callbacks. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "city.h"
#include "expect.h"

enum { kept_max = 8 };

/* What the host remembers; the texts are copies. */
struct notebook {
  renraku_signed_head kept[kept_max];
  char node[kept_max][40];
  char municipality[kept_max][8];
  char hash[kept_max][72];
  char signer[kept_max][48];
  char signature[kept_max][96];
  int count;
  int32_t answer;
};

static const char* copy(char* to, size_t size, const char* text) {
  snprintf(to, size, "%s", text);
  return to;
}

static int32_t keep(void* user, const renraku_signed_head* const* heads, uint64_t count) {
  struct notebook* const book = (struct notebook*)user;
  if (book->answer != 0) return book->answer;
  for (uint64_t i = 0; i < count && book->count < kept_max; ++i) {
    const int at = book->count++;
    renraku_signed_head* const head = &book->kept[at];
    *head = *heads[i];
    head->node = copy(book->node[at], sizeof book->node[at], heads[i]->node);
    head->municipality =
        copy(book->municipality[at], sizeof book->municipality[at], heads[i]->municipality);
    head->hash = copy(book->hash[at], sizeof book->hash[at], heads[i]->hash);
    head->signer = copy(book->signer[at], sizeof book->signer[at], heads[i]->signer);
    head->signature = copy(book->signature[at], sizeof book->signature[at], heads[i]->signature);
  }
  return 0;
}

static int32_t give(void* user, renraku_head_list* list) {
  struct notebook* const book = (struct notebook*)user;
  for (int i = 0; i < book->count; ++i) {
    EXPECT_OK(renraku_head_list_add(list, &book->kept[i], &error));
  }
  return book->answer;
}

static void expect_state(renraku_journal_report_page* page, const char* state, int32_t witnessed) {
  const renraku_journal_report* report = renraku_journal_report_page_at(page, 0);
  EXPECT_TEXT(report ? report->state : NULL, state);
  EXPECT(report && report->witnessed == witnessed);
  renraku_journal_report_page_free(page);
}

static void expect_sound(renraku_store* store, int32_t sound) {
  renraku_check_report_page* check = NULL;
  EXPECT_OK(renraku_store_check(store, &check, &error));
  const renraku_check_report* report = renraku_check_report_page_at(check, 0);
  EXPECT(report && report->sound == sound);
  if (!sound) EXPECT_TEXT(report->findings[0]->part, "witness");
  renraku_check_report_page_free(check);
}

void test_witness(void) {
  struct city city;
  city_open(&city);
  renraku_session_free(city.officer);
  renraku_store_free(city.store);

  struct notebook book;
  memset(&book, 0, sizeof book);
  renraku_witness witness = RENRAKU_INIT(renraku_witness);
  witness.record = keep;
  witness.heads = give;
  witness.user = &book;
  renraku_store_options options = RENRAKU_INIT(renraku_store_options);
  options.witness = &witness;
  const renraku_secret secret = host_secret();
  EXPECT_OK(renraku_store_open(city.address, &secret, &options, &city.store, &error));
  EXPECT(book.count == 0);
  EXPECT_OK(renraku_session_sign_in(city.store, JOSO, "kanri", PASSWORD, &city.officer, &error));
  EXPECT(book.count > 0);

  renraku_journal_report_page* report = NULL;
  EXPECT_OK(renraku_store_verify_journal(city.store, &report, &error));
  expect_state(report, "intact", 1);
  EXPECT_OK(renraku_journal_verify_with(city.officer, &witness, &report, &error));
  expect_state(report, "intact", 1);
  renraku_signed_head_page* heads = NULL;
  EXPECT_OK(renraku_journal_heads(city.officer, &heads, &error));
  EXPECT(renraku_signed_head_page_count(heads) == 2);
  renraku_signed_head_page_free(heads);

  /* A head that was altered at the witness accuses nobody. */
  const int64_t before = book.kept[0].sequence;
  book.kept[0].sequence += 100;
  EXPECT_STATUS(renraku_store_verify_journal(city.store, &report, &error), RENRAKU_DAMAGED,
                "witness");
  book.kept[0].sequence = before;
  expect_sound(city.store, 1);
  book.answer = 1;
  EXPECT_STATUS(renraku_store_verify_journal_with(city.store, &witness, &report, &error),
                RENRAKU_IO, "witness");
  expect_sound(city.store, 0);
  book.answer = 0;
  city_close(&city);
}

/* What the host remembers of what was taken away. */
struct removals {
  renraku_signed_removal kept[kept_max];
  char kind[kept_max][24];
  char id[kept_max][40];
  char node[kept_max][40];
  char signer[kept_max][48];
  char signature[kept_max][96];
  int count;
};

static int32_t keep_no_heads(void* user, const renraku_signed_head* const* heads, uint64_t count) {
  return user && heads && count > 0 ? 0 : 1;
}

static int32_t keep_removals(void* user, const renraku_signed_removal* const* removals,
                             uint64_t count) {
  struct removals* const book = (struct removals*)user;
  for (uint64_t i = 0; i < count && book->count < kept_max; ++i) {
    const int at = book->count++;
    renraku_signed_removal* const removal = &book->kept[at];
    *removal = *removals[i];
    EXPECT(removal->successions_count == 0 && removal->municipality[0] == '\0');
    removal->kind = copy(book->kind[at], sizeof book->kind[at], removals[i]->kind);
    removal->id = copy(book->id[at], sizeof book->id[at], removals[i]->id);
    removal->municipality = NULL;
    removal->node = copy(book->node[at], sizeof book->node[at], removals[i]->node);
    removal->signer = copy(book->signer[at], sizeof book->signer[at], removals[i]->signer);
    removal->signature =
        copy(book->signature[at], sizeof book->signature[at], removals[i]->signature);
    removal->successions = NULL;
  }
  return 0;
}

static int32_t give_removals(void* user, renraku_removal_list* list) {
  struct removals* const book = (struct removals*)user;
  for (int i = 0; i < book->count; ++i) {
    EXPECT_OK(renraku_removal_list_add(list, &book->kept[i], &error));
  }
  return 0;
}

/* Restores into the city's folder, with a host's witness; whether that one was heard. */
static void expect_restored(const struct city* city, const char* file, const char* name,
                            const renraku_witness* witness, int32_t read) {
  char folder[120];
  snprintf(folder, sizeof folder, "%s/%s", city->folder, name);
  const renraku_secret secret = host_secret();
  renraku_restore_options options = RENRAKU_INIT(renraku_restore_options);
  options.witness = witness;
  renraku_restore_report_page* page = NULL;
  EXPECT_OK(renraku_store_restore(file, NULL, &secret, folder, &options, &page, &error));
  const renraku_restore_report* report = renraku_restore_report_page_at(page, 0);
  EXPECT(report && report->old_store_read == 0 && report->witness_read == read);
  EXPECT(report && report->members_suspended == read);
  renraku_restore_report_page_free(page);
}

void test_removals(void) {
  struct city city;
  city_open(&city);
  renraku_session_free(city.officer);
  renraku_store_free(city.store);

  struct removals book;
  memset(&book, 0, sizeof book);
  renraku_witness witness = RENRAKU_INIT(renraku_witness);
  witness.record = keep_no_heads;
  witness.user = &book;
  witness.record_removals = keep_removals;
  witness.removals = give_removals;
  renraku_store_options options = RENRAKU_INIT(renraku_store_options);
  options.witness = &witness;
  const renraku_secret secret = host_secret();
  EXPECT_OK(renraku_store_open(city.address, &secret, &options, &city.store, &error));
  EXPECT_OK(renraku_session_sign_in(city.store, JOSO, "kanri", PASSWORD, &city.officer, &error));
  renraku_session* nurse = city_member(&city, "kango", "professional");
  renraku_backup_report_page* backup = NULL;
  EXPECT_OK(renraku_store_backup(city.store, city.folder, NULL, &backup, &error));
  char file[256];
  snprintf(file, sizeof file, "%s/%s", city.folder, renraku_backup_report_page_at(backup, 0)->file);
  renraku_backup_report_page_free(backup);

  renraku_member_page *member = NULL, *suspended = NULL;
  EXPECT_OK(renraku_session_member(nurse, &member, &error));
  const int before = book.count;
  const char* const id = renraku_member_page_at(member, 0)->id;
  EXPECT_OK(renraku_member_suspend(city.officer, id, &suspended, &error));
  EXPECT(book.count == before + 1);
  EXPECT_TEXT(book.kind[before], "member_suspended");
  EXPECT_TEXT(book.id[before], id);
  renraku_member_page_free(suspended);
  renraku_member_page_free(member);
  renraku_session_free(nurse);

  expect_restored(&city, file, "told", &witness, 1);
  /* A host that was compiled before there were removals remembers heads alone. */
  renraku_witness older = witness;
  older.struct_size = offsetof(renraku_witness, record_removals);
  expect_restored(&city, file, "untold", &older, 0);
  /* What was altered at the witness is refused. */
  book.kept[before].time += 1;
  renraku_restore_options altered = RENRAKU_INIT(renraku_restore_options);
  altered.witness = &witness;
  renraku_restore_report_page* page = NULL;
  char folder[120];
  snprintf(folder, sizeof folder, "%s/altered", city.folder);
  EXPECT_STATUS(renraku_store_restore(file, NULL, &secret, folder, &altered, &page, &error),
                RENRAKU_DAMAGED, "witness");
  EXPECT_STATUS(renraku_removal_list_add(NULL, &book.kept[0], &error), RENRAKU_INVALID_ARGUMENT,
                "list");
  city_close(&city);
}

static int32_t sign_wrongly(void* user, const uint8_t* message, uint64_t message_size,
                            uint8_t* signature) {
  ++*(int*)user;
  memset(signature, (int)message_size + message[0], 64);
  return 0;
}

void test_signer(void) {
  struct city city;
  city_open(&city);
  int asked = 0;
  const uint8_t key[32] = {1};
  renraku_journal_signer host = RENRAKU_INIT(renraku_journal_signer);
  host.public_key = key;
  host.public_key_size = sizeof key;
  EXPECT_STATUS(renraku_store_change_journal_signer(city.store, &host, &error),
                RENRAKU_INVALID_ARGUMENT, "next");
  host.sign = sign_wrongly;
  host.user = &asked;
  EXPECT_STATUS(renraku_store_change_journal_signer(city.store, &host, &error), RENRAKU_INVALID,
                "journal_signer");
  EXPECT(asked == 1);

  char path[120];
  snprintf(path, sizeof path, "%s/signer", city.folder);
  renraku_journal_signer file = RENRAKU_INIT(renraku_journal_signer);
  file.file = path;
  EXPECT_OK(renraku_store_change_journal_signer(city.store, &file, &error));
  renraku_session_free(city.officer);
  renraku_store_free(city.store);
  city.officer = NULL;
  city.store = NULL;
  const renraku_secret secret = host_secret();
  EXPECT_STATUS(renraku_store_open(city.address, &secret, NULL, &city.store, &error),
                RENRAKU_INVALID_ARGUMENT, "journal_signer");
  renraku_store_options options = RENRAKU_INIT(renraku_store_options);
  options.journal_signer = &file;
  EXPECT_OK(renraku_store_open(city.address, &secret, &options, &city.store, &error));
  renraku_journal_report_page* report = NULL;
  EXPECT_OK(renraku_store_verify_journal(city.store, &report, &error));
  expect_state(report, "intact", 0);
  city_close(&city);
}
