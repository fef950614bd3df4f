// The answers: a page keeps its records, and the C structs that show them, until it is freed.
#pragma once

#include <renraku/page.hpp>

#include "described.hpp"
#include "fill.hpp"
#include "read.hpp"

namespace renraku::capi {

template <class Record>
class PageOf {
 public:
  explicit PageOf(Page<Record> page) : page_(std::move(page)) {
    items_.reserve(page_.items.size());
    for (const Record& record : page_.items) items_.push_back(to_c(record, arena_));
  }
  explicit PageOf(std::vector<Record> all) : PageOf(Page<Record>{std::move(all), {}}) {}
  explicit PageOf(Record one) : PageOf(std::vector<Record>{std::move(one)}) {}

  [[nodiscard]] std::uint64_t count() const { return items_.size(); }
  [[nodiscard]] const CStruct<Record>* at(std::uint64_t index) const {
    return index < items_.size() ? items_[index] : nullptr;
  }
  [[nodiscard]] const char* next() const {
    return page_.next.empty() ? nullptr : page_.next.c_str();
  }

 private:
  Page<Record> page_;
  Arena arena_;
  std::vector<const CStruct<Record>*> items_;
};

/// Which page a host asks for.
inline PageRequest read_page_request(const renraku_page_request* given) {
  PageRequest request = read_or_default<PageRequest>(given, "request");
  if (request.size == 0) request.size = PageRequest{}.size;
  return request;
}

}  // namespace renraku::capi

/// Every noun that comes in pages, as RENRAKU_PAGE declares it in C, and its record.
// clang-format off
#define RENRAKU_PAGES(each) \
  each(access_recovery, AccessRecovery) \
  each(account_import_report, AccountImportReport) \
  each(application, Application) \
  each(application_key, ApplicationKey) \
  each(backup_report, BackupReport) \
  each(certificate, Certificate) \
  each(check_report, CheckReport) \
  each(colleague, Colleague) \
  each(copy_report, CopyReport) \
  each(disclosed_evacuee, DisclosedEvacuee) \
  each(disclosed_line, DisclosedLine) \
  each(disclosure, Disclosure) \
  each(disclosure_preview, DisclosurePreview) \
  each(disclosure_report, DisclosureReport) \
  each(disclosure_rule, DisclosureRule) \
  each(erasure, Erasure) \
  each(evacuee, Evacuee) \
  each(evacuee_line, EvacueeLine) \
  each(export_report, ExportReport) \
  each(factor_status, FactorStatus) \
  each(import_conflict, ImportConflict) \
  each(import_report, ImportReport) \
  each(journal_entry, JournalEntry) \
  each(journal_report, JournalReport) \
  each(journal_segment, JournalSegment) \
  each(key_rotation, KeyRotation) \
  each(key_slot, KeySlot) \
  each(login_session, LoginSession) \
  each(member, Member) \
  each(missing_evacuee, MissingEvacuee) \
  each(municipality, Municipality) \
  each(notice, Notice) \
  each(open_row, OpenRow) \
  each(organisation, Organisation) \
  each(patient, Patient) \
  each(patient_consent, PatientConsent) \
  each(patient_line, PatientLine) \
  each(patient_sheet, PatientSheet) \
  each(person, Person) \
  each(place_grant, PlaceGrant) \
  each(restore_report, RestoreReport) \
  each(roster_consent, RosterConsent) \
  each(roster_summary, RosterSummary) \
  each(served_municipality, ServedMunicipality) \
  each(signed_head, SignedHead) \
  each(store_comparison, StoreComparison) \
  each(suspect, Suspect) \
  each(team_line, TeamLine) \
  each(team_member, TeamMember) \
  each(team_overview, TeamOverview) \
  each(team_request, TeamRequest) \
  each(totp_enrolment, TotpEnrolment)
// clang-format on

#define RENRAKU_PAGE_HANDLE(noun, Record)                                 \
  struct renraku_##noun##_page : renraku::capi::PageOf<renraku::Record> { \
    using PageOf::PageOf;                                                 \
  };
RENRAKU_PAGES(RENRAKU_PAGE_HANDLE)
#undef RENRAKU_PAGE_HANDLE
