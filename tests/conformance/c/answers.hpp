// What calls of the C API give, as JSON, or thrown as a Failure.
#pragma once

#include <renraku.h>

#include <memory>

#include "c/structs.hpp"
#include "lines.hpp"

namespace conformance {

[[noreturn]] inline void fail(std::int32_t status, renraku_error* error) {
  Failure failure{renraku_error_code(error), renraku_error_name(error), renraku_error_field(error),
                  renraku_error_message(error)};
  renraku_error_free(error);
  if (failure.code != status) throw std::logic_error("an error has another number than its call");
  throw failure;
}

template <class Page>
struct PageCalls;
#define RENRAKU_PAGE_OF(noun)                                   \
  template <>                                                   \
  struct PageCalls<renraku_##noun##_page> {                     \
    static constexpr auto count = renraku_##noun##_page_count;  \
    static constexpr auto at = renraku_##noun##_page_at;        \
    static constexpr auto next = renraku_##noun##_page_next;    \
    static constexpr auto free_it = renraku_##noun##_page_free; \
  };
RENRAKU_PAGE_OF(access_recovery)
RENRAKU_PAGE_OF(account_import_report)
RENRAKU_PAGE_OF(application)
RENRAKU_PAGE_OF(application_key)
RENRAKU_PAGE_OF(backup_report)
RENRAKU_PAGE_OF(certificate)
RENRAKU_PAGE_OF(check_report)
RENRAKU_PAGE_OF(colleague)
RENRAKU_PAGE_OF(disclosed_evacuee)
RENRAKU_PAGE_OF(disclosed_line)
RENRAKU_PAGE_OF(disclosure)
RENRAKU_PAGE_OF(disclosure_preview)
RENRAKU_PAGE_OF(disclosure_report)
RENRAKU_PAGE_OF(disclosure_rule)
RENRAKU_PAGE_OF(evacuee)
RENRAKU_PAGE_OF(evacuee_line)
RENRAKU_PAGE_OF(export_report)
RENRAKU_PAGE_OF(factor_status)
RENRAKU_PAGE_OF(import_conflict)
RENRAKU_PAGE_OF(import_report)
RENRAKU_PAGE_OF(journal_entry)
RENRAKU_PAGE_OF(journal_report)
RENRAKU_PAGE_OF(journal_segment)
RENRAKU_PAGE_OF(key_slot)
RENRAKU_PAGE_OF(login_session)
RENRAKU_PAGE_OF(member)
RENRAKU_PAGE_OF(missing_evacuee)
RENRAKU_PAGE_OF(municipality)
RENRAKU_PAGE_OF(notice)
RENRAKU_PAGE_OF(open_row)
RENRAKU_PAGE_OF(organisation)
RENRAKU_PAGE_OF(patient)
RENRAKU_PAGE_OF(patient_consent)
RENRAKU_PAGE_OF(patient_line)
RENRAKU_PAGE_OF(patient_sheet)
RENRAKU_PAGE_OF(person)
RENRAKU_PAGE_OF(place_grant)
RENRAKU_PAGE_OF(restore_report)
RENRAKU_PAGE_OF(roster_consent)
RENRAKU_PAGE_OF(roster_summary)
RENRAKU_PAGE_OF(signed_head)
RENRAKU_PAGE_OF(suspect)
RENRAKU_PAGE_OF(team_line)
RENRAKU_PAGE_OF(team_member)
RENRAKU_PAGE_OF(team_overview)
RENRAKU_PAGE_OF(team_request)
RENRAKU_PAGE_OF(totp_enrolment)
#undef RENRAKU_PAGE_OF

template <class Page>
using OwnPage = std::unique_ptr<Page, decltype(PageCalls<Page>::free_it)>;

/// Calls `function(given…, &page, &error)`.
template <class Page, class Function, class... Given>
OwnPage<Page> page_of(Function function, Given... given) {
  Page* page = nullptr;
  renraku_error* error = nullptr;
  const std::int32_t status = function(given..., &page, &error);
  if (status != RENRAKU_OK) fail(status, error);
  return {page, PageCalls<Page>::free_it};
}

template <class Page, class Function, class... Given>
json::value one(Function function, Given... given) {
  const auto page = page_of<Page>(function, given...);
  if (PageCalls<Page>::count(page.get()) != 1) throw std::logic_error("not one record");
  return to_json(PageCalls<Page>::at(page.get(), 0));
}

template <class Page, class Function, class... Given>
json::value list(Function function, Given... given) {
  const auto page = page_of<Page>(function, given...);
  json::array items;
  for (std::uint64_t i = 0; i < PageCalls<Page>::count(page.get()); ++i) {
    items.push_back(to_json(PageCalls<Page>::at(page.get(), i)));
  }
  const char* next = PageCalls<Page>::next(page.get());
  return json::object{{"items", std::move(items)}, {"next", next ? next : ""}};
}

template <class Function, class... Given>
json::value done(Function function, Given... given) {
  renraku_error* error = nullptr;
  const std::int32_t status = function(given..., &error);
  if (status != RENRAKU_OK) fail(status, error);
  return json::object{};
}

template <class Function, class... Given>
json::value text(std::string_view name, Function function, Given... given) {
  char* out = nullptr;
  done(function, given..., &out);
  json::object result{{name, out}};
  renraku_text_free(out);
  return result;
}

}  // namespace conformance
