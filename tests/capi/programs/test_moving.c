/* One municipality carried from one store into another. */
#include <stdio.h>
#include <string.h>

#include "city.h"
#include "expect.h"

void test_moving(void) {
  struct city city;
  char evacuee[37], person[37], there[120];
  city_open(&city);
  city_resident(&city, "架空 花子", "カクウ ハナコ", evacuee, person);
  snprintf(there, sizeof there, "%s/there.renraku", city.folder);

  const renraku_secret secret = host_secret();
  renraku_store* opened = NULL;
  EXPECT_OK(renraku_store_create(there, &secret, "先", NULL, &opened, &error));
  renraku_store_free(opened);

  renraku_store_options from = RENRAKU_INIT(renraku_store_options);
  from.home = city.folder;
  renraku_move_options options = RENRAKU_INIT(renraku_move_options);
  options.options = &from;
  renraku_copy_report_page* page = NULL;
  EXPECT_STATUS(renraku_municipality_copy(city.address, &secret, there, &secret, "082023", &options,
                                          &page, &error),
                RENRAKU_NOT_FOUND, "municipality");
  EXPECT_STATUS(renraku_municipality_copy(city.address, &secret, there, &secret, NULL, &options,
                                          &page, &error),
                RENRAKU_INVALID_ARGUMENT, "municipality");
  EXPECT_OK(renraku_municipality_copy(city.address, &secret, there, &secret, JOSO, &options, &page,
                                      &error));
  const renraku_copy_report* report = renraku_copy_report_page_at(page, 0);
  EXPECT(report && report->rows > 10 && strcmp(report->journal->state, "intact") == 0);
  renraku_copy_report_page_free(page);
  EXPECT_STATUS(renraku_municipality_copy(city.address, &secret, there, &secret, JOSO, &options,
                                          &page, &error),
                RENRAKU_EXISTS, "municipality");

  renraku_store_comparison_page* same = NULL;
  EXPECT_OK(renraku_municipality_compare(city.address, &secret, there, &secret, JOSO, &options,
                                         &same, &error));
  const renraku_store_comparison* found = renraku_store_comparison_page_at(same, 0);
  EXPECT(found && found->same == 1 && found->tables_count > 30);
  renraku_store_comparison_page_free(same);

  renraku_evacuee_page* entry = NULL;
  EXPECT_STATUS(renraku_evacuee_view(city.officer, evacuee, &entry, &error), RENRAKU_BUSY, "moved");
  renraku_session* officer = NULL;
  EXPECT_OK(renraku_store_open(there, &secret, NULL, &opened, &error));
  EXPECT_OK(renraku_session_sign_in(opened, JOSO, "kanri", PASSWORD, &officer, &error));
  EXPECT_OK(renraku_evacuee_view(officer, evacuee, &entry, &error));
  renraku_evacuee_page_free(entry);
  renraku_session_free(officer);
  renraku_store_free(opened);

  EXPECT_STATUS(renraku_municipality_take_back(city.store, "082023", &error), RENRAKU_NOT_FOUND,
                "municipality");
  EXPECT_OK(renraku_municipality_take_back(city.store, JOSO, &error));
  EXPECT_STATUS(renraku_municipality_take_back(city.store, JOSO, &error), RENRAKU_CONFLICT,
                "municipality");
  EXPECT_OK(renraku_session_sign_in(city.store, JOSO, "kanri", PASSWORD, &officer, &error));
  EXPECT_OK(renraku_evacuee_view(officer, evacuee, &entry, &error));
  renraku_evacuee_page_free(entry);
  renraku_session_free(officer);
  city_close(&city);
}
