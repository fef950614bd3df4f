/* The roster: entries, filters, pages. */
#include <stdio.h>
#include <string.h>

#include "city.h"
#include "expect.h"

void test_evacuees(void) {
  struct city city;
  char evacuee[37], person[37];
  city_open(&city);
  city_resident(&city, "架空　花子", "カクウ　ハナコ", evacuee, person);

  renraku_evacuee_line_page* lines = NULL;
  renraku_evacuee_filter filter = RENRAKU_INIT(renraku_evacuee_filter);
  filter.label = "red";
  filter.consent = "granted";
  filter.district = "第一";
  filter.text = "ハナコ";
  EXPECT_OK(renraku_evacuee_list(city.officer, &filter, NULL, &lines, &error));
  const renraku_evacuee_line* line = renraku_evacuee_line_page_at(lines, 0);
  EXPECT_TEXT(line ? line->id : NULL, evacuee);
  EXPECT_TEXT(line ? line->person : NULL, person);
  EXPECT_TEXT(line ? line->phone : NULL, "0297000001");
  EXPECT(line && line->is_protected == 0 && line->withheld == 0);
  renraku_evacuee_line_page_free(lines);
  filter.label = "green";
  EXPECT_STATUS(renraku_evacuee_list(city.officer, &filter, NULL, &lines, &error), RENRAKU_INVALID,
                "label");

  renraku_evacuee_page *page = NULL, *result = NULL;
  EXPECT_OK(renraku_evacuee_view(city.officer, evacuee, &page, &error));
  renraku_evacuee changed = *renraku_evacuee_page_at(page, 0);
  EXPECT_TEXT(changed.label, "red");
  EXPECT_TEXT(changed.note, "");
  EXPECT_TEXT(changed.consent_date, NULL);
  EXPECT(changed.withdrawal == NULL);
  EXPECT(changed.extra_count == 1);
  EXPECT_TEXT(changed.extra[0]->value, "架空会");
  changed.consent = "refused";
  changed.consent_date = "2026-11-01";
  renraku_withdrawal withdrawal = RENRAKU_INIT(renraku_withdrawal);
  withdrawal.reason = "moved_out";
  withdrawal.date = "2026-11-20";
  changed.withdrawal = &withdrawal;
  EXPECT_OK(renraku_evacuee_change(city.officer, &changed, &result, &error));
  const renraku_evacuee* after = renraku_evacuee_page_at(result, 0);
  EXPECT_TEXT(after->consent, "refused");
  EXPECT_TEXT(after->consent_date, "2026-11-01");
  EXPECT_TEXT(after->extra[0]->name, "自治会");
  EXPECT(after->withdrawal != NULL);
  if (after->withdrawal) EXPECT_TEXT(after->withdrawal->reason, "moved_out");
  renraku_evacuee_page_free(result);
  EXPECT_STATUS(renraku_evacuee_change(city.officer, &changed, &result, &error), RENRAKU_CONFLICT,
                NULL);
  renraku_evacuee_page_free(page);

  EXPECT_OK(renraku_evacuee_list(city.officer, NULL, NULL, &lines, &error));
  EXPECT(renraku_evacuee_line_page_count(lines) == 0); /* withdrawn */
  renraku_evacuee_line_page_free(lines);

  renraku_person nobody = RENRAKU_INIT(renraku_person);
  renraku_evacuee entry = RENRAKU_INIT(renraku_evacuee);
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &nobody, &entry, &result, &error),
                RENRAKU_MISSING, "name");
  EXPECT_STATUS(renraku_evacuee_view(city.officer, person, &page, &error), RENRAKU_NOT_FOUND, NULL);
  renraku_session* nurse = city_member(&city, "kango", "professional");
  EXPECT_STATUS(renraku_evacuee_list(nurse, NULL, NULL, &lines, &error), RENRAKU_NOT_PERMITTED,
                NULL);
  renraku_session_free(nurse);
  city_close(&city);
}

void test_pages(void) {
  struct city city;
  char evacuee[37], person[37];
  city_open(&city);
  for (int i = 0; i < 5; ++i) {
    char kana[32];
    snprintf(kana, sizeof kana, "カクウ　%c", 'A' + i);
    city_resident(&city, "架空　某", kana, evacuee, person);
  }
  renraku_page_request request = RENRAKU_INIT(renraku_page_request);
  request.size = 2;
  renraku_evacuee_line_page *page = NULL, *before = NULL;
  uint64_t seen = 0;
  int pages = 0;
  do {
    request.after = renraku_evacuee_line_page_next(before);
    EXPECT_OK(renraku_evacuee_list(city.officer, NULL, &request, &page, &error));
    renraku_evacuee_line_page_free(before);
    before = page;
    seen += renraku_evacuee_line_page_count(page);
  } while (++pages < 9 && renraku_evacuee_line_page_next(page));
  EXPECT(seen == 5 && pages == 3);
  EXPECT(renraku_evacuee_line_page_at(page, 1) == NULL);
  EXPECT(renraku_evacuee_line_page_at(page, UINT64_MAX) == NULL);
  renraku_evacuee_line_page_free(page);
  request.after = "no cursor";
  EXPECT_STATUS(renraku_evacuee_list(city.officer, NULL, &request, &page, &error), RENRAKU_INVALID,
                NULL);
  city_close(&city);
}
