/* The journal as a member reads it. */
#include <string.h>

#include "city.h"
#include "expect.h"

void test_journal(void) {
  struct city city;
  char evacuee[37], person[37];
  city_open(&city);
  city_resident(&city, "架空　花子", "カクウ　ハナコ", evacuee, person);
  renraku_person_page* viewed = NULL;
  EXPECT_OK(renraku_person_view(city.officer, person, &viewed, &error));
  renraku_person_page_free(viewed);
  EXPECT_OK(renraku_store_flush(city.store, &error));

  renraku_journal_filter filter = RENRAKU_INIT(renraku_journal_filter);
  filter.subject = person;
  renraku_journal_entry_page* page = NULL;
  EXPECT_OK(renraku_journal_list(city.officer, &filter, NULL, &page, &error));
  EXPECT(renraku_journal_entry_page_count(page) >= 2);
  const renraku_journal_entry* entry = renraku_journal_entry_page_at(page, 0);
  EXPECT_TEXT(entry->action, "person_view");
  EXPECT_TEXT(entry->outcome, "done");
  EXPECT_TEXT(entry->capacity, "roster_officer");
  EXPECT_TEXT(entry->on_behalf, NULL);
  EXPECT(entry->member && strlen(entry->member) == 36 && strlen(entry->node) == 36);
  EXPECT(strlen(entry->hash) == 64 && entry->time > 0 && entry->changes_count == 0);
  EXPECT(entry->subjects_count == 1);
  EXPECT_TEXT(entry->subjects[0], person);
  renraku_journal_entry_page_free(page);
  filter.action = "evacuee_add";
  EXPECT_OK(renraku_journal_list(city.officer, &filter, NULL, &page, &error));
  EXPECT(renraku_journal_entry_page_count(page) == 1);
  renraku_journal_entry_page_free(page);

  EXPECT_OK(renraku_journal_history(city.officer, person, NULL, &page, &error));
  EXPECT(renraku_journal_entry_page_count(page) == 1);
  entry = renraku_journal_entry_page_at(page, 0);
  int found = 0;
  for (uint64_t i = 0; i < entry->changes_count; ++i) {
    const renraku_field_change* change = entry->changes[i];
    if (strcmp(change->record_kind, "person") == 0 && strcmp(change->field, "name") == 0) {
      EXPECT_TEXT(change->after, "\"架空　花子\"");
      EXPECT(change->parent_revision == 0);
      found = 1;
    }
  }
  EXPECT(found);
  renraku_journal_entry_page_free(page);
  EXPECT_STATUS(renraku_journal_history(city.officer, "x", NULL, &page, &error), RENRAKU_INVALID,
                "subject");

  renraku_journal_report_page* report = NULL;
  EXPECT_OK(renraku_journal_verify(city.officer, &report, &error));
  EXPECT_TEXT(renraku_journal_report_page_at(report, 0)->state, "intact");
  EXPECT_TEXT(renraku_journal_report_page_at(report, 0)->municipality, "");
  renraku_journal_report_page_free(report);
  city_close(&city);
}
