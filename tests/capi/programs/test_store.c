/* Stores: making, opening, key slots, and what goes wrong there. */
#define _XOPEN_SOURCE 700
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "city.h"
#include "expect.h"

static void expect_sound(renraku_store* store) {
  renraku_check_report_page* check = NULL;
  EXPECT_OK(renraku_store_check(store, &check, &error));
  const renraku_check_report* report = renraku_check_report_page_at(check, 0);
  EXPECT(report && report->sound == 1 && report->findings_count == 0);
  EXPECT(report && report->journal->entries > 0);
  EXPECT_TEXT(report ? report->journal->state : NULL, "intact");
  renraku_check_report_page_free(check);
}

void test_stores(void) {
  struct city city;
  city_open(&city);
  EXPECT_OK(renraku_store_flush(city.store, &error));
  expect_sound(city.store);
  renraku_journal_report_page* journal = NULL;
  EXPECT_OK(renraku_store_verify_journal(city.store, &journal, &error));
  EXPECT_TEXT(renraku_journal_report_page_at(journal, 0)->state, "intact");
  EXPECT(renraku_journal_report_page_at(journal, 1) == NULL);
  renraku_journal_report_page_free(journal);

  /* Closed, and opened again by the same key. */
  renraku_session_free(city.officer);
  renraku_store_free(city.store);
  city.officer = NULL;
  const renraku_secret secret = host_secret();
  EXPECT_OK(renraku_store_open(city.address, &secret, NULL, &city.store, &error));
  renraku_municipality_page* page = NULL;
  EXPECT_OK(renraku_municipality_list(city.store, &page, &error));
  EXPECT(renraku_municipality_page_count(page) == 1);
  EXPECT_TEXT(renraku_municipality_page_at(page, 0)->name, "常総市");
  renraku_municipality_page_free(page);
  renraku_store_free(city.store);
  city.store = NULL;

  /* A home is where the key header of a store on a server lies; a folder needs none. */
  renraku_store_options elsewhere = RENRAKU_INIT(renraku_store_options);
  elsewhere.home = "/nowhere";
  EXPECT_STATUS(renraku_store_open(city.address, &secret, &elsewhere, &city.store, &error),
                on_a_server() ? RENRAKU_NOT_A_STORE : RENRAKU_OK, on_a_server() ? "home" : "");
  city_close(&city);
}

static void write_file(const char* folder, const char* name, const char* text) {
  char path[120];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE* file = fopen(path, "wb");
  if (!EXPECT(file != NULL)) return;
  fputs(text, file);
  fclose(file);
}

static void expect_open(const char* path, const renraku_secret* secret, int32_t status) {
  renraku_store* store = NULL;
  EXPECT_STATUS(renraku_store_open(path, secret, NULL, &store, &error), status, NULL);
  EXPECT(store == NULL);
}

void test_store_errors(void) {
  struct city city;
  char path[120];
  city_open(&city);
  renraku_session_free(city.officer);
  renraku_store_free(city.store);
  city.officer = NULL;
  city.store = NULL;

  renraku_secret secret = host_secret();
  renraku_store* store = NULL;
  EXPECT_STATUS(renraku_store_create(city.address, &secret, "x", NULL, &store, &error),
                RENRAKU_EXISTS, NULL);
  snprintf(path, sizeof path, "%s/no/city", city.folder);
  EXPECT_STATUS(renraku_store_create(path, &secret, "x", NULL, &store, &error), RENRAKU_IO, NULL);
  expect_open(path, &secret, RENRAKU_NOT_A_STORE);
  write_file(city.folder, "plain", "SQLite format 3");
  snprintf(path, sizeof path, "%s/plain", city.folder);
  expect_open(path, &secret, RENRAKU_PLAINTEXT);

  const uint8_t wrong_key[32] = {9};
  secret.host_key = wrong_key;
  expect_open(city.address, &secret, RENRAKU_WRONG_PASSPHRASE);
  secret.host_key_size = 31;
  EXPECT_STATUS(renraku_store_open(city.address, &secret, NULL, &store, &error),
                RENRAKU_INVALID_ARGUMENT, "key_size");
  secret.passphrase = "two secrets";
  EXPECT_STATUS(renraku_store_open(city.address, &secret, NULL, &store, &error),
                RENRAKU_INVALID_ARGUMENT, "secret");
  renraku_struct_init(&secret, sizeof secret);
  EXPECT_STATUS(renraku_store_open(city.address, &secret, NULL, &store, &error),
                RENRAKU_INVALID_ARGUMENT, "secret");
  secret.passphrase = "";
  expect_open(city.address, &secret, RENRAKU_EMPTY_PASSPHRASE);
  renraku_struct_init(&secret, sizeof secret);
  secret.recovery_key = "no recovery key";
  renraku_error* error = NULL;
  EXPECT(renraku_store_open(city.address, &secret, NULL, &store, &error) != RENRAKU_OK);
  EXPECT(strstr(renraku_error_message(error), "no recovery key") == NULL);
  renraku_error_free(error);
  renraku_store_options options = RENRAKU_INIT(renraku_store_options);
  options.session_idle = -1;
  secret = host_secret();
  EXPECT_STATUS(renraku_store_open(city.address, &secret, &options, &store, &error),
                RENRAKU_INVALID_ARGUMENT, "session_idle");

  write_file(city.address, "renraku.db", "SQLite format 3");
  expect_open(city.address, &secret, RENRAKU_PLAINTEXT);
  write_file(city.address, "renraku.db", "neither plain nor ours");
  expect_open(city.address, &secret, RENRAKU_DAMAGED);
  write_file(city.address, "keys", "no keys");
  EXPECT(renraku_store_open(city.address, &secret, NULL, &store, NULL) != RENRAKU_OK);
  EXPECT(store == NULL);
  city_close(&city);
}

static int count_slots(renraku_store* store, const char* kind) {
  renraku_key_slot_page* slots = NULL;
  int found = 0;
  EXPECT_OK(renraku_store_key_slots(store, &slots, &error));
  for (uint64_t i = 0; i < renraku_key_slot_page_count(slots); ++i) {
    const renraku_key_slot* slot = renraku_key_slot_page_at(slots, i);
    EXPECT(strlen(slot->id) == 36 && slot->created > 0);
    if (strcmp(slot->kind, kind) == 0) ++found;
  }
  renraku_key_slot_page_free(slots);
  return found;
}

void test_key_slots(void) {
  char folder[64], path[80];
  make_folder(folder);
  snprintf(path, sizeof path, "%s/city", folder);
  renraku_secret secret = RENRAKU_INIT(renraku_secret);
  secret.passphrase = "一番目の合言葉";
  renraku_store* store = NULL;
  EXPECT_OK(renraku_store_create(path, &secret, "総務課", NULL, &store, &error));
  EXPECT(count_slots(store, "passphrase") == 1);

  char* printed = NULL;
  EXPECT_OK(renraku_store_add_recovery_key(store, "金庫の紙", &printed, &error));
  EXPECT_OK(renraku_store_add_host_key(store, "ホスト", host_key, 32, &error));
  EXPECT_STATUS(renraku_store_add_host_key(store, "x", host_key, 16, &error),
                RENRAKU_INVALID_ARGUMENT, "key_size");
  EXPECT(count_slots(store, "recovery") == 1 && count_slots(store, "host_key") == 1);

  EXPECT_STATUS(renraku_store_change_passphrase(store, "違う合言葉", "二番目の合言葉", &error),
                RENRAKU_WRONG_PASSPHRASE, NULL);
  EXPECT_STATUS(renraku_store_change_passphrase(store, "一番目の合言葉", "", &error),
                RENRAKU_EMPTY_PASSPHRASE, NULL);
  EXPECT_OK(renraku_store_change_passphrase(store, "一番目の合言葉", "二番目の合言葉", &error));
  renraku_store_free(store);

  expect_open(path, &secret, RENRAKU_WRONG_PASSPHRASE);
  secret.passphrase = "二番目の合言葉";
  EXPECT_OK(renraku_store_open(path, &secret, NULL, &store, &error));
  renraku_store_free(store);
  renraku_struct_init(&secret, sizeof secret);
  secret.recovery_key = printed;
  EXPECT_OK(renraku_store_open(path, &secret, NULL, &store, &error));
  renraku_store_free(store);
  secret = host_secret();
  EXPECT_OK(renraku_store_open(path, &secret, NULL, &store, &error));
  renraku_store_free(store);
  renraku_text_free(printed);
  remove_folder(folder);
}

static int64_t told_time(void* user) {
  return *(const int64_t*)user;
}

void test_clock(void) {
  struct city city;
  int64_t now = INT64_C(1795230000000000); /* 2026-11-21T03:00:00Z */
  city_open(&city);
  renraku_session_free(city.officer);
  renraku_store_free(city.store);
  renraku_store_options options = RENRAKU_INIT(renraku_store_options);
  options.clock = told_time;
  options.user = &now;
  options.session_idle = 1;
  const renraku_secret secret = host_secret();
  EXPECT_OK(renraku_store_open(city.address, &secret, &options, &city.store, &error));
  EXPECT_OK(renraku_session_sign_in(city.store, JOSO, "kanri", PASSWORD, &city.officer, &error));
  now += 59 * INT64_C(1000000);
  renraku_municipality_page* page = NULL;
  EXPECT_OK(renraku_municipality_view(city.officer, &page, &error));
  renraku_municipality_page_free(page);
  now += 61 * INT64_C(1000000);
  EXPECT_STATUS(renraku_municipality_view(city.officer, &page, &error), RENRAKU_SESSION_ENDED,
                NULL);
  city_close(&city);
}

/* What a store said: the names of its events, with a space behind each. */
struct heard {
  char events[400];
};

static void hear(void* user, const renraku_log_line* line) {
  struct heard* heard = user;
  EXPECT(line->struct_size >= sizeof *line && line->time > 0 && strlen(line->text) > 0);
  EXPECT(strstr(line->text, "kanri") == NULL);
  const size_t used = strlen(heard->events);
  snprintf(heard->events + used, sizeof heard->events - used, "%s %s ", line->level, line->event);
}

void test_log(void) {
  struct city city;
  city_open(&city);
  renraku_session_free(city.officer);
  renraku_store_free(city.store);
  struct heard heard = {""};
  renraku_store_options options = RENRAKU_INIT(renraku_store_options);
  options.log = hear;
  options.log_user = &heard;
  const renraku_secret secret = host_secret();
  EXPECT_OK(renraku_store_open(city.address, &secret, &options, &city.store, &error));
  EXPECT_TEXT(heard.events, "info key_slot_used info store_opened ");
  heard.events[0] = '\0';
  for (int i = 0; i < 5; ++i) {
    EXPECT_STATUS(renraku_session_sign_in(city.store, JOSO, "kanri", "x", &city.officer, &error),
                  RENRAKU_SIGN_IN_FAILED, NULL);
  }
  EXPECT_TEXT(heard.events, "warning sign_in_back_off ");
  heard.events[0] = '\0';
  renraku_store_free(city.store);
  city.store = NULL;
  EXPECT_TEXT(heard.events, "info store_closed ");

  /* An older caller's struct ends before these fields. */
  options.struct_size = offsetof(renraku_store_options, log);
  EXPECT_OK(renraku_store_open(city.address, &secret, &options, &city.store, &error));
  EXPECT_TEXT(heard.events, "info store_closed ");
  city_close(&city);
}

void test_forked(void) {
  struct city city;
  city_open(&city);
  EXPECT_OK(renraku_store_flush(city.store, &error));
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    renraku_municipality_page* page = NULL;
    const int refused = renraku_store_flush(city.store, NULL) == RENRAKU_FORKED &&
                        renraku_municipality_view(city.officer, &page, NULL) == RENRAKU_FORKED;
    _exit(refused ? 0 : 1);
  }
  int ended = -1;
  EXPECT(waitpid(child, &ended, 0) == child && ended == 0);
  city_close(&city);
}
