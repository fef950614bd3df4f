#include <renraku/c/roster.h>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"
#include "watch.hpp"

using namespace renraku;
using namespace renraku::capi;

namespace {

// Rows as the host gives them, one by one.
RowReader read_rows(renraku_row_callback rows, void* user) {
  need(rows, "rows");
  return [rows, user](std::vector<std::string>& cells) {
    const char* const* given = nullptr;
    std::uint64_t count = 0;
    if (rows(user, &given, &count) != 0) {
      throw Error(ErrorCode::cancelled, "the host gave no further row; nothing was changed");
    }
    cells.clear();
    if (given) read_list(given, count, cells, "cells");
    return given != nullptr;
  };
}

}  // namespace

int32_t renraku_roster_import_file(renraku_session* session, const char* file,
                                   const renraku_import_options* options,
                                   const renraku_watch* watch, renraku_import_report_page** report,
                                   renraku_error** error) {
  return deliver(error, report, [&] {
    return at(session).roster().import_file(read_text(file, "file"),
                                            read_or_default<ImportOptions>(options, "options"),
                                            read_watch(watch));
  });
}

int32_t renraku_roster_import_rows(renraku_session* session, renraku_row_callback rows,
                                   void* rows_user, const renraku_import_options* options,
                                   const renraku_watch* watch, renraku_import_report_page** report,
                                   renraku_error** error) {
  return deliver(error, report, [&] {
    return at(session).roster().import_rows(read_rows(rows, rows_user),
                                            read_or_default<ImportOptions>(options, "options"),
                                            read_watch(watch));
  });
}

int32_t renraku_roster_export_file(renraku_session* session, const char* file,
                                   const renraku_export_options* options,
                                   const renraku_watch* watch, renraku_export_report_page** report,
                                   renraku_error** error) {
  return deliver(error, report, [&] {
    return at(session).roster().export_file(read_text(file, "file"),
                                            read_or_default<ExportOptions>(options, "options"),
                                            read_watch(watch));
  });
}

int32_t renraku_roster_summary_view(renraku_session* session, renraku_roster_summary_page** summary,
                                    renraku_error** error) {
  return deliver(error, summary, [&] { return at(session).roster().summary(); });
}

int32_t renraku_open_row_list(renraku_session* session, const renraku_page_request* request,
                              renraku_open_row_page** rows, renraku_error** error) {
  return deliver(error, rows,
                 [&] { return at(session).roster().open_rows(read_page_request(request)); });
}

int32_t renraku_open_row_count(renraku_session* session, int64_t* count, renraku_error** error) {
  return guard(error, [&] { need(count, "count") = at(session).roster().count_open_rows(); });
}

int32_t renraku_open_row_mend(renraku_session* session, const renraku_open_row* mended,
                              char** evacuee, renraku_error** error) {
  return deliver_text(error, evacuee, [&] {
    return at(session).roster().mend_open_row(read_record<OpenRow>(mended, "mended")).text();
  });
}

int32_t renraku_open_row_dismiss(renraku_session* session, const char* id, int64_t revision,
                                 renraku_error** error) {
  return guard(error, [&] {
    at(session).roster().dismiss_open_row(read_id_of<OpenRow>(id, "id"), revision);
  });
}

int32_t renraku_suspect_list(renraku_session* session, const renraku_page_request* request,
                             renraku_suspect_page** suspects, renraku_error** error) {
  return deliver(error, suspects,
                 [&] { return at(session).roster().suspects(read_page_request(request)); });
}

int32_t renraku_suspect_list_decided(renraku_session* session, const renraku_page_request* request,
                                     renraku_suspect_page** suspects, renraku_error** error) {
  return deliver(error, suspects,
                 [&] { return at(session).roster().decided_suspects(read_page_request(request)); });
}

int32_t renraku_suspect_decide(renraku_session* session, const char* id, int64_t revision,
                               const char* decision, renraku_suspect_page** result,
                               renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).roster().decide_suspect(
        read_id_of<Suspect>(id, "id"), revision,
        read_word<SuspectDecision>(&need(decision, "decision"), "decision"));
  });
}

int32_t renraku_missing_evacuee_list(renraku_session* session, const renraku_page_request* request,
                                     renraku_missing_evacuee_page** missing,
                                     renraku_error** error) {
  return deliver(error, missing,
                 [&] { return at(session).roster().missing(read_page_request(request)); });
}

int32_t renraku_missing_evacuee_decide(renraku_session* session, const char* id, int64_t revision,
                                       const char* decision, renraku_missing_evacuee_page** result,
                                       renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).roster().decide_missing(
        read_id_of<MissingEvacuee>(id, "id"), revision,
        read_word<MissingDecision>(&need(decision, "decision"), "decision"));
  });
}

int32_t renraku_import_conflict_list(renraku_session* session, const renraku_page_request* request,
                                     renraku_import_conflict_page** conflicts,
                                     renraku_error** error) {
  return deliver(error, conflicts,
                 [&] { return at(session).roster().conflicts(read_page_request(request)); });
}

int32_t renraku_import_conflict_decide(renraku_session* session, const char* id, int64_t revision,
                                       const char* decision, renraku_import_conflict_page** result,
                                       renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).roster().decide_conflict(
        read_id_of<ImportConflict>(id, "id"), revision,
        read_word<ConflictDecision>(&need(decision, "decision"), "decision"));
  });
}
