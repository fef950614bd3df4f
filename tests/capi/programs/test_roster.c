/* Rosters in and out, and what waits for an officer after an import. */
#include <stdio.h>
#include <string.h>

#include "city.h"
#include "expect.h"

#define HEADERS \
  "管理番号,宛名番号,氏名,フリガナ,生年月日,性別,住所又は居所,行政区,電話番号,要介護状態区分\n"
#define HANAKO "0001,,架空　花子,カクウ　ハナコ,S15.3.5,女,常総市架空町１,第一,0297-00-0001,\n"
#define JIRO \
  "0002,,架空　次郎,カクウ　ジロウ,昭和16年2月30日,男,常総市架空町２,第一,0297-00-0002,\n"
#define SABURO "0003,,架空　三郎,カクウ　サブロウ,S17.1.1,男,常総市架空町３,第二,0297-00-0003,\n"

static void write_roster(struct city* city, char path[100], const char* name, const char* text) {
  snprintf(path, 100, "%.70s/%s", city->folder, name);
  FILE* file = fopen(path, "wb");
  if (!EXPECT(file != NULL)) return;
  fputs(text, file);
  fclose(file);
}

static void expect_counts(const renraku_import_report* report, int64_t rows, int64_t added,
                          int64_t unchanged, uint64_t rejected) {
  if (!EXPECT(report != NULL)) return;
  EXPECT(report->rows == rows);
  EXPECT(report->added == added);
  EXPECT(report->unchanged == unchanged);
  EXPECT(report->rejected_count == rejected);
}

static uint64_t count_listed(struct city* city) {
  renraku_evacuee_line_page* lines = NULL;
  EXPECT_OK(renraku_evacuee_list(city->officer, NULL, NULL, &lines, &error));
  const uint64_t count = renraku_evacuee_line_page_count(lines);
  renraku_evacuee_line_page_free(lines);
  return count;
}

static void import_a_file(struct city* city) {
  char path[100];
  renraku_import_report_page* page = NULL;
  renraku_import_options options = RENRAKU_INIT(renraku_import_options);
  write_roster(city, path, "roster.csv", HEADERS HANAKO JIRO SABURO);
  options.dry_run = 1;
  EXPECT_OK(renraku_roster_import_file(city->officer, path, &options, NULL, &page, &error));
  expect_counts(renraku_import_report_page_at(page, 0), 3, 2, 0, 1);
  renraku_import_report_page_free(page);
  EXPECT(count_listed(city) == 0);

  EXPECT_OK(renraku_roster_import_file(city->officer, path, NULL, NULL, &page, &error));
  const renraku_import_report* report = renraku_import_report_page_at(page, 0);
  expect_counts(report, 3, 2, 0, 1);
  if (report && report->rejected_count == 1) {
    EXPECT(report->rejected[0]->line == 3);
    EXPECT_TEXT(report->rejected[0]->column, "生年月日");
    EXPECT_TEXT(report->rejected[0]->reason, "invalid");
  }
  renraku_import_report_page_free(page);
  EXPECT(count_listed(city) == 2);

  EXPECT_OK(renraku_roster_import_file(city->officer, path, NULL, NULL, &page, &error));
  expect_counts(renraku_import_report_page_at(page, 0), 3, 0, 2, 1);
  renraku_import_report_page_free(page);

  write_roster(city, path, "empty.csv", "甲,乙\n1,2\n");
  EXPECT_STATUS(renraku_roster_import_file(city->officer, path, NULL, NULL, &page, &error),
                RENRAKU_MISSING, NULL);
  EXPECT_STATUS(
      renraku_roster_import_file(city->officer, "no such file", NULL, NULL, &page, &error),
      RENRAKU_NOT_FOUND, NULL);
}

struct rows {
  const char* const* rows[3];
  int given;
  int cancel_at;
};

static int32_t give_row(void* user, const char* const** cells, uint64_t* cells_count) {
  struct rows* rows = user;
  if (rows->given == rows->cancel_at) return 1;
  if (rows->given < 3) {
    *cells = rows->rows[rows->given++];
    *cells_count = 4;
  }
  return 0;
}

static void import_rows(struct city* city) {
  static const char* const headers[] = {"氏名", "フリガナ", "生年月日", "住所又は居所"};
  static const char* const first[] = {"架空　史郎", "カクウ　シロウ", "1940-01-01", "架空町４"};
  static const char* const second[] = {"架空　五郎", "カクウ　ゴロウ", "1941-01-01", "架空町５"};
  struct rows rows = {{headers, first, second}, 0, 2};
  renraku_import_report_page* page = NULL;
  renraku_import_options options = RENRAKU_INIT(renraku_import_options);
  options.accept_large = 1;
  EXPECT_STATUS(
      renraku_roster_import_rows(city->officer, give_row, &rows, &options, NULL, &page, &error),
      RENRAKU_CANCELLED, NULL);
  renraku_watch watch = RENRAKU_INIT(renraku_watch);
  watch.cancel = renraku_cancel_create();
  renraku_cancel_pull(watch.cancel);
  rows.given = 0;
  rows.cancel_at = -1;
  EXPECT_STATUS(
      renraku_roster_import_rows(city->officer, give_row, &rows, &options, &watch, &page, &error),
      RENRAKU_CANCELLED, NULL);
  renraku_cancel_free(watch.cancel);
  EXPECT(count_listed(city) == 2);

  EXPECT_OK(
      renraku_roster_import_rows(city->officer, give_row, &rows, &options, NULL, &page, &error));
  expect_counts(renraku_import_report_page_at(page, 0), 2, 2, 0, 0);
  EXPECT(renraku_import_report_page_at(page, 0)->missing == 2);
  renraku_import_report_page_free(page);
}

static void expect_summary(struct city* city, int64_t people, int64_t open_rows, int64_t missing) {
  renraku_roster_summary_page* page = NULL;
  EXPECT_OK(renraku_roster_summary_view(city->officer, &page, &error));
  EXPECT(renraku_roster_summary_page_count(page) == 1);
  const renraku_roster_summary* summary = renraku_roster_summary_page_at(page, 0);
  if (!EXPECT(summary != NULL)) return;
  EXPECT(summary->people == people);
  EXPECT(summary->open_rows == open_rows);
  EXPECT(summary->suspects == 0);
  EXPECT(summary->missing == missing);
  EXPECT(summary->conflicts == 0);
  renraku_roster_summary_page_free(page);
}

static void mend_an_open_row(struct city* city) {
  renraku_open_row_page* page = NULL;
  int64_t count = -1;
  EXPECT_OK(renraku_open_row_count(city->officer, &count, &error));
  EXPECT_OK(renraku_open_row_list(city->officer, NULL, &page, &error));
  EXPECT(count > 0 && (uint64_t)count == renraku_open_row_page_count(page));
  const renraku_open_row* row = renraku_open_row_page_at(page, 0);
  if (!EXPECT(row && row->cells_count == 10)) return;
  EXPECT_TEXT(row->cells[4]->name, "生年月日");
  EXPECT_TEXT(row->cells[4]->value, "昭和16年2月30日");

  char* evacuee = NULL;
  EXPECT_STATUS(renraku_open_row_dismiss(city->officer, row->id, 99, &error), RENRAKU_CONFLICT,
                NULL);
  EXPECT_STATUS(renraku_open_row_mend(city->officer, row, &evacuee, &error), RENRAKU_INVALID,
                "生年月日");
  const renraku_extra_column* cells[10];
  renraku_extra_column birth_date = *row->cells[4];
  memcpy(cells, row->cells, sizeof cells);
  birth_date.value = "昭和16年2月3日";
  cells[4] = &birth_date;
  renraku_open_row mended = *row;
  mended.cells = cells;
  EXPECT_OK(renraku_open_row_mend(city->officer, &mended, &evacuee, &error));
  EXPECT(evacuee && strlen(evacuee) == 36);
  renraku_text_free(evacuee);
  EXPECT_STATUS(renraku_open_row_dismiss(city->officer, row->id, row->revision, &error),
                RENRAKU_NOT_FOUND, NULL); /* mended already */
  renraku_open_row_page_free(page);
}

static void export_a_file(struct city* city) {
  char path[100];
  snprintf(path, sizeof path, "%.70s/export.csv", city->folder);
  renraku_export_report_page* page = NULL;
  renraku_export_options options = RENRAKU_INIT(renraku_export_options);
  options.encoding = "utf-8-bom";
  EXPECT_OK(renraku_roster_export_file(city->officer, path, &options, NULL, &page, &error));
  EXPECT(renraku_export_report_page_at(page, 0)->rows == (int64_t)count_listed(city));
  renraku_export_report_page_free(page);
  EXPECT_STATUS(renraku_roster_export_file(city->officer, path, NULL, NULL, &page, &error),
                RENRAKU_EXISTS, NULL);
}

static void decide(struct city* city) {
  renraku_missing_evacuee_page *missing = NULL, *decided = NULL;
  EXPECT_OK(renraku_missing_evacuee_list(city->officer, NULL, &missing, &error));
  const renraku_missing_evacuee* one = renraku_missing_evacuee_page_at(missing, 0);
  if (!EXPECT(one != NULL)) return;
  EXPECT_TEXT(one->decision, "open");
  EXPECT_STATUS(renraku_missing_evacuee_decide(city->officer, one->id, one->revision, "vanished",
                                               &decided, &error),
                RENRAKU_INVALID, "decision");
  const uint64_t before = count_listed(city);
  EXPECT_OK(renraku_missing_evacuee_decide(city->officer, one->id, one->revision, "moved_out",
                                           &decided, &error));
  EXPECT_TEXT(renraku_missing_evacuee_page_at(decided, 0)->decision, "moved_out");
  EXPECT(count_listed(city) == before - 1);
  renraku_missing_evacuee_page_free(decided);
  renraku_missing_evacuee_page_free(missing);

  renraku_suspect_page* suspects = NULL;
  EXPECT_OK(renraku_suspect_list(city->officer, NULL, &suspects, &error));
  renraku_suspect_page_free(suspects);
  EXPECT_OK(renraku_suspect_list_decided(city->officer, NULL, &suspects, &error));
  renraku_suspect_page_free(suspects);
  renraku_import_conflict_page* conflicts = NULL;
  EXPECT_OK(renraku_import_conflict_list(city->officer, NULL, &conflicts, &error));
  renraku_import_conflict_page_free(conflicts);
  const char* nobody = "00000000-0000-7000-8000-000000000000";
  EXPECT_STATUS(renraku_suspect_decide(city->officer, nobody, 1, "same", &suspects, &error),
                RENRAKU_NOT_FOUND, NULL);
  EXPECT_STATUS(
      renraku_import_conflict_decide(city->officer, nobody, 1, "take", &conflicts, &error),
      RENRAKU_NOT_FOUND, NULL);
}

static void expect_refusals(renraku_session* session) {
  renraku_import_report_page* report = NULL;
  renraku_suspect_page* suspects = NULL;
  char* text = NULL;
#define REFUSED(call) EXPECT_STATUS(call, RENRAKU_INVALID_ARGUMENT, NULL)
  REFUSED(renraku_roster_import_file(session, NULL, NULL, NULL, &report, &error));
  REFUSED(renraku_roster_import_rows(session, NULL, NULL, NULL, NULL, &report, &error));
  REFUSED(renraku_roster_export_file(session, NULL, NULL, NULL, NULL, &error));
  REFUSED(renraku_roster_summary_view(session, NULL, &error));
  REFUSED(renraku_open_row_list(session, NULL, NULL, &error));
  REFUSED(renraku_open_row_count(session, NULL, &error));
  REFUSED(renraku_open_row_mend(session, NULL, &text, &error));
  REFUSED(renraku_open_row_dismiss(session, NULL, 1, &error));
  REFUSED(renraku_suspect_decide(session, NULL, 1, NULL, &suspects, &error));
  REFUSED(renraku_missing_evacuee_list(session, NULL, NULL, &error));
  REFUSED(renraku_import_conflict_list(session, NULL, NULL, &error));
}

void test_roster(void) {
  struct city city;
  city_open(&city);
  expect_refusals(NULL);
  expect_refusals(city.officer);
  import_a_file(&city);
  expect_summary(&city, 2, 1, 0);
  import_rows(&city);
  expect_summary(&city, 4, 1, 2);
  mend_an_open_row(&city);
  expect_summary(&city, 5, 0, 2);
  export_a_file(&city);
  decide(&city);
  expect_summary(&city, 4, 0, 1);
  city_close(&city);
}
