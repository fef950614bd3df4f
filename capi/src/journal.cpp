#include <renraku/c/journal.h>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_journal_list(renraku_session* session, const renraku_journal_filter* filter,
                             const renraku_page_request* request,
                             renraku_journal_entry_page** entries, renraku_error** error) {
  return deliver(error, entries, [&] {
    return at(session).journal().list(read_or_default<JournalFilter>(filter, "filter"),
                                      read_page_request(request));
  });
}

int32_t renraku_journal_history(renraku_session* session, const char* subject,
                                const renraku_page_request* request,
                                renraku_journal_entry_page** entries, renraku_error** error) {
  return deliver(error, entries, [&] {
    return at(session).journal().history(read_parsed<Uuid>(&need(subject, "subject"), "subject"),
                                         read_page_request(request));
  });
}

int32_t renraku_journal_lookers(renraku_session* session, const char* subject,
                                const renraku_page_request* request,
                                renraku_journal_entry_page** entries, renraku_error** error) {
  return deliver(error, entries, [&] {
    return at(session).journal().lookers(read_parsed<Uuid>(&need(subject, "subject"), "subject"),
                                         read_page_request(request));
  });
}

int32_t renraku_journal_verify(renraku_session* session, renraku_journal_report_page** report,
                               renraku_error** error) {
  return deliver(error, report, [&] { return at(session).journal().verify(); });
}
