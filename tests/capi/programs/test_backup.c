/* Backups, restores, everything encrypted anew, and a person erased. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "city.h"
#include "expect.h"

/* Makes a backup in the city's folder; `file` becomes its path. */
static void back_up(struct city* city, const char* to_key, char file[256]) {
  renraku_backup_options options = RENRAKU_INIT(renraku_backup_options);
  options.to_key = to_key;
  options.keep = 2;
  options.keep_until = "2027-03-31";
  renraku_backup_report_page* page = NULL;
  EXPECT_OK(renraku_store_backup(city->store, city->folder, &options, &page, &error));
  const renraku_backup_report* report = renraku_backup_report_page_at(page, 0);
  EXPECT(report && report->bytes > 0 && report->removed_count == 0);
  snprintf(file, 256, "%s/%s", city->folder, report ? report->file : "");
  renraku_backup_report_page_free(page);
}

void test_backups(void) {
  struct city city;
  char file[256], folder[120];
  char *public_half = NULL, *private_half = NULL;
  city_open(&city);
  EXPECT_OK(renraku_backup_key_make(&public_half, &private_half, &error));
  back_up(&city, public_half, file);
  snprintf(folder, sizeof folder, "%s/restored", city.folder);

  renraku_restore_report_page* page = NULL;
  const renraku_secret secret = host_secret();
  EXPECT_STATUS(renraku_store_restore(file, NULL, &secret, folder, NULL, &page, &error),
                RENRAKU_WRONG_PASSPHRASE, "secret");
  EXPECT_STATUS(renraku_store_restore(file, private_half, &secret, folder, NULL, &page, &error),
                RENRAKU_INVALID_ARGUMENT, "secret");
  EXPECT_STATUS(
      renraku_store_restore(city.address, private_half, NULL, folder, NULL, &page, &error),
      RENRAKU_IO, NULL);
  renraku_restore_options options = RENRAKU_INIT(renraku_restore_options);
  options.old_store = city.address;
  options.old_secret = &secret;
  EXPECT_OK(renraku_store_restore(file, private_half, NULL, folder, &options, &page, &error));
  const renraku_restore_report* report = renraku_restore_report_page_at(page, 0);
  EXPECT(report && report->old_store_read == 1 && report->sequence > 0 && report->reencrypt == 0);
  EXPECT(report && strcmp(report->node, report->from) != 0);
  renraku_restore_report_page_free(page);

  renraku_store* restored = NULL;
  renraku_session* officer = NULL;
  EXPECT_OK(renraku_store_open(folder, &secret, NULL, &restored, &error));
  EXPECT_OK(renraku_session_sign_in(restored, JOSO, "kanri", PASSWORD, &officer, &error));
  renraku_session_free(officer);
  renraku_store_free(restored);
  renraku_text_free(public_half);
  renraku_text_free(private_half);
  city_close(&city);
}

void test_reencryption(void) {
  struct city city;
  city_open(&city);
  char *slot = NULL, *printed = NULL;
  EXPECT_OK(renraku_store_add_recovery_key(city.store, "金庫", &printed, &error));
  EXPECT_OK(renraku_store_opened_with(city.store, &slot, &error));
  EXPECT_STATUS(renraku_store_revoke_slot(city.store, slot, 0, &error), RENRAKU_CONFLICT, "slot");
  const renraku_secret secret = host_secret();
  const renraku_secret* kept[] = {&secret};
  renraku_key_slot_page* slots = NULL;
  EXPECT_STATUS(renraku_store_reencrypt(city.store, NULL, 0, &slots, &error), RENRAKU_MISSING,
                "kept");
  EXPECT_OK(renraku_store_reencrypt(city.store, kept, 1, &slots, &error));
  EXPECT(renraku_key_slot_page_count(slots) == 1);
  renraku_key_slot_page_free(slots);

  /* A session of before is told; the handle goes on. */
  renraku_municipality_page* page = NULL;
  EXPECT_STATUS(renraku_municipality_view(city.officer, &page, &error), RENRAKU_BUSY, "reopen");
  EXPECT_OK(renraku_municipality_list(city.store, &page, &error));
  renraku_municipality_page_free(page);
  renraku_secret lost = RENRAKU_INIT(renraku_secret);
  lost.recovery_key = printed;
  renraku_store* store = NULL;
  EXPECT_STATUS(renraku_store_open(city.address, &lost, NULL, &store, &error),
                RENRAKU_WRONG_PASSPHRASE, NULL);
  renraku_text_free(slot);
  renraku_text_free(printed);
  city_close(&city);
}

void test_erasure(void) {
  struct city city;
  char file[256], evacuee[37], person[37];
  city_open(&city);
  city_resident(&city, "消す人", "ケスヒト", evacuee, person);
  back_up(&city, NULL, file);
  renraku_erasure_page* page = NULL;
  EXPECT_STATUS(renraku_person_erase(city.officer, person, "because", &page, &error),
                RENRAKU_INVALID, "reason");
  EXPECT_OK(renraku_person_erase(city.officer, person, "request", &page, &error));
  const renraku_erasure* erasure = renraku_erasure_page_at(page, 0);
  EXPECT_TEXT(erasure->person, person);
  EXPECT(strstr(erasure->proof, strrchr(file, '/') + 1) != NULL);
  EXPECT(strlen(erasure->signature) > 80);
  renraku_erasure_page_free(page);
  renraku_person_page* gone = NULL;
  EXPECT_STATUS(renraku_person_view(city.officer, person, &gone, &error), RENRAKU_NOT_FOUND, NULL);
  EXPECT_OK(renraku_person_erasure(city.officer, person, &page, &error));
  renraku_erasure_page_free(page);
  city_close(&city);
}
