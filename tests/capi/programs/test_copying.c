/* A store carried to another place and held against it. */
#include <stdio.h>
#include <string.h>

#include "city.h"
#include "expect.h"

struct told {
  int64_t rows;
  int64_t in_all;
  int ends;
};

static int32_t tell(void* user, int64_t rows, int64_t done, int64_t in_all) {
  struct told* told = user;
  told->rows = rows;
  told->in_all = in_all;
  return told->ends && done == rows;
}

static renraku_store_comparison_page* compared(const char* one, const char* other) {
  renraku_store_comparison_page* page = NULL;
  const renraku_secret secret = host_secret();
  EXPECT_OK(renraku_store_compare(one, other, &secret, NULL, &page, &error));
  return page;
}

void test_copying(void) {
  struct city city;
  char evacuee[37], person[37], copy[120];
  struct told told = {0, 0, 1};
  city_open(&city);
  city_resident(&city, "架空 花子", "カクウ ハナコ", evacuee, person);
  snprintf(copy, sizeof copy, "%s/copy.renraku", city.folder);

  const renraku_secret secret = host_secret();
  renraku_watch watch = RENRAKU_INIT(renraku_watch);
  watch.progress = tell;
  watch.user = &told;
  renraku_store_options from = RENRAKU_INIT(renraku_store_options);
  from.home = city.folder;
  renraku_copy_options options = RENRAKU_INIT(renraku_copy_options);
  options.options = &from;
  options.watch = &watch;
  renraku_copy_report_page* page = NULL;
  EXPECT_STATUS(renraku_store_copy(city.address, &secret, copy, &options, &page, &error),
                RENRAKU_CANCELLED, NULL);
  renraku_store* opened = NULL;
  EXPECT_STATUS(renraku_store_open(copy, &secret, NULL, &opened, &error), RENRAKU_NOT_A_STORE,
                NULL);
  told.ends = 0;
  EXPECT_OK(renraku_store_copy(city.address, &secret, copy, &options, &page, &error));
  const renraku_copy_report* report = renraku_copy_report_page_at(page, 0);
  EXPECT(report && report->rows > 10 && report->written > 0 && report->archives_count == 0);
  EXPECT(report && strcmp(report->journal->state, "intact") == 0 && strlen(report->node) == 36);
  EXPECT(report && told.rows == told.in_all && told.in_all >= 2 * report->rows);
  renraku_copy_report_page_free(page);
  EXPECT_STATUS(renraku_store_copy(city.address, &secret, copy, &options, &page, &error),
                RENRAKU_EXISTS, NULL);
  EXPECT_STATUS(renraku_store_copy(NULL, &secret, copy, NULL, &page, &error),
                RENRAKU_INVALID_ARGUMENT, "from");

  renraku_store_comparison_page* same = compared(copy, copy);
  const renraku_store_comparison* found = renraku_store_comparison_page_at(same, 0);
  EXPECT(found && found->same == 1 && found->tables_count > 30);
  EXPECT(found && found->tables[0]->only_one == 0 && found->tables[0]->first_count == 0);
  renraku_store_comparison_page_free(same);

  renraku_session* officer = NULL;
  EXPECT_OK(renraku_store_open(copy, &secret, NULL, &opened, &error));
  EXPECT_OK(renraku_session_sign_in(opened, JOSO, "kanri", PASSWORD, &officer, &error));
  renraku_evacuee_page* entry = NULL;
  EXPECT_OK(renraku_evacuee_view(officer, evacuee, &entry, &error));
  renraku_evacuee_page_free(entry);
  renraku_session_free(officer);
  renraku_store_free(opened);
  city_close(&city);
}
