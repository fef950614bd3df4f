/* People: looked for, changed, protected. */
#include <string.h>

#include "city.h"
#include "expect.h"

static uint64_t count_found(renraku_session* session, const renraku_person_filter* filter) {
  renraku_person_page* page = NULL;
  EXPECT_OK(renraku_person_find(session, filter, NULL, &page, &error));
  const uint64_t count = renraku_person_page_count(page);
  renraku_person_page_free(page);
  return count;
}

void test_people(void) {
  struct city city;
  char evacuee[37], person[37];
  city_open(&city);
  city_resident(&city, "髙﨑　ハナ", "ﾀｶｻｷ ﾊﾅ", evacuee, person);

  renraku_person_filter filter = RENRAKU_INIT(renraku_person_filter);
  filter.name = "高崎";
  filter.phone = "０２９７－００－０００１";
  filter.birth_date = "昭和15年3月5日";
  EXPECT(count_found(city.officer, &filter) == 1);
  filter.kana = "すずき";
  EXPECT(count_found(city.officer, &filter) == 0);
  renraku_person_page* page = NULL;
  EXPECT_STATUS(renraku_person_find(city.officer, NULL, NULL, &page, &error), RENRAKU_MISSING,
                NULL);
  renraku_struct_init(&filter, sizeof filter);
  filter.birth_date = "someday";
  EXPECT_STATUS(renraku_person_find(city.officer, &filter, NULL, &page, &error), RENRAKU_INVALID,
                "birth_date");

  EXPECT_OK(renraku_person_view(city.officer, person, &page, &error));
  renraku_person changed = *renraku_person_page_at(page, 0);
  EXPECT_TEXT(changed.name, "髙﨑　ハナ");
  EXPECT_TEXT(changed.kana, "タカサキ　ハナ");
  EXPECT_TEXT(changed.birth_date, "1940-03-05");
  EXPECT_TEXT(changed.sex, "female");
  EXPECT_TEXT(changed.municipality, JOSO);
  EXPECT_TEXT(changed.municipal_number, "");
  EXPECT(changed.protection == NULL && changed.withheld == 0);
  EXPECT(changed.phones_count == 1 && changed.addresses_count == 1);
  EXPECT_TEXT(changed.phones[0]->digits, "0297000001");
  EXPECT_TEXT(changed.addresses[0]->kind, "residence");

  /* What was viewed goes back with one field changed and one made unknown. */
  renraku_person_page* result = NULL;
  changed.birth_date = "1940-03";
  changed.sex = NULL;
  EXPECT_OK(renraku_person_change(city.officer, &changed, &result, &error));
  const renraku_person* after = renraku_person_page_at(result, 0);
  EXPECT_TEXT(after->birth_date, "1940-03");
  EXPECT_TEXT(after->sex, NULL);
  EXPECT_TEXT(after->phones[0]->written, "0297-00-0001");
  EXPECT(after->revision > changed.revision);
  renraku_person_page_free(result);
  EXPECT_STATUS(renraku_person_change(city.officer, &changed, &result, &error), RENRAKU_CONFLICT,
                NULL);
  renraku_person_page_free(page);
  EXPECT_STATUS(renraku_person_view(city.officer, evacuee, &page, &error), RENRAKU_NOT_FOUND,
                "person");
  city_close(&city);
}

void test_protection(void) {
  struct city city;
  char evacuee[37], person[37];
  city_open(&city);
  city_resident(&city, "架空　花子", "カクウ　ハナコ", evacuee, person);
  renraku_session* colleague = city_member(&city, "kakari", "roster_officer");
  renraku_member_page* me = NULL;
  EXPECT_OK(renraku_session_member(city.officer, &me, &error));
  const char* const officers[] = {renraku_member_page_at(me, 0)->id};

  renraku_person_page *page = NULL, *result = NULL;
  EXPECT_OK(renraku_person_view(city.officer, person, &page, &error));
  const int64_t revision = renraku_person_page_at(page, 0)->revision;
  renraku_protection protection = RENRAKU_INIT(renraku_protection);
  protection.ground = "支援措置";
  protection.from = "2026-01-01";
  EXPECT_STATUS(
      renraku_person_protect(city.officer, person, revision, &protection, &result, &error),
      RENRAKU_MISSING, "officers");
  protection.officers = officers;
  protection.officers_count = 1;
  EXPECT_OK(renraku_person_protect(city.officer, person, revision, &protection, &result, &error));
  const renraku_protection* set = renraku_person_page_at(result, 0)->protection;
  EXPECT(set && set->officers_count == 1 && set->provisional == 0);
  EXPECT_TEXT(set ? set->from : NULL, "2026-01-01");
  EXPECT_TEXT(set ? set->until : "", NULL);
  const int64_t newer = renraku_person_page_at(result, 0)->revision;
  renraku_person_page_free(result);
  renraku_person_page_free(page);

  EXPECT_OK(renraku_person_view(colleague, person, &page, &error));
  EXPECT(renraku_person_page_at(page, 0)->withheld == 1);
  EXPECT(renraku_person_page_at(page, 0)->phones_count == 0);
  EXPECT_TEXT(renraku_person_page_at(page, 0)->name, "架空　花子");
  renraku_person_page_free(page);
  EXPECT_STATUS(renraku_person_protect(colleague, person, newer, NULL, &result, &error),
                RENRAKU_NOT_PERMITTED, NULL);
  EXPECT_OK(renraku_person_protect(city.officer, person, newer, NULL, &result, &error));
  EXPECT(renraku_person_page_at(result, 0)->protection == NULL);
  renraku_person_page_free(result);
  EXPECT_OK(renraku_person_view(colleague, person, &page, &error));
  EXPECT(renraku_person_page_at(page, 0)->phones_count == 1);
  renraku_person_page_free(page);
  renraku_member_page_free(me);
  renraku_session_free(colleague);
  city_close(&city);
}
