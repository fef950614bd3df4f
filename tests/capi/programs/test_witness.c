/* Heads of the journal at the host: a witness and a signer by callbacks. */
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
  EXPECT_OK(renraku_store_open(city.path, &secret, &options, &city.store, &error));
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
  EXPECT_STATUS(renraku_store_open(city.path, &secret, NULL, &city.store, &error),
                RENRAKU_INVALID_ARGUMENT, "journal_signer");
  renraku_store_options options = RENRAKU_INIT(renraku_store_options);
  options.journal_signer = &file;
  EXPECT_OK(renraku_store_open(city.path, &secret, &options, &city.store, &error));
  renraku_journal_report_page* report = NULL;
  EXPECT_OK(renraku_store_verify_journal(city.store, &report, &error));
  expect_state(report, "intact", 0);
  city_close(&city);
}
