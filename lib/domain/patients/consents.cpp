// Consents (同意書): the ground on which anybody but the lead sees a patient.
#include <algorithm>

#include "domain/notices/notices.hpp"
#include "domain/paging.hpp"
#include "domain/patients/team.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<PatientConsent> consents("patient_consent", {"for_team"});
constexpr std::string_view list_scopes =
    "SELECT scopes FROM patient_consent WHERE patient = :patient AND withdrawn IS NULL ORDER BY pk";
const std::string list_of_patient =
    "SELECT pk, " + storage::columns<PatientConsent>() +
    " FROM patient_consent WHERE patient = :patient AND pk > :after ORDER BY pk LIMIT :size";

bool covers(const PatientConsent& consent, SharingScope scope) {
  return std::ranges::find(consent.scopes, scope) != consent.scopes.end();
}

void bind_team(storage::MadeRow& row, const PatientConsent& consent) {
  row.bind("for_team", covers(consent, SharingScope::team));
}

void need_past_day(access::Permit& permit, const Date& date, std::string_view field) {
  if (date.exists() && date.day != 0 && date <= permit.today()) return;
  throw Error(ErrorCode::invalid, "this is no day up to today", std::string(field));
}

// Kept in the order of the enumeration, each once, so that equal consents look alike.
void sort_out(std::vector<SharingScope>& scopes) {
  std::ranges::sort(scopes);
  const auto [first, last] = std::ranges::unique(scopes);
  scopes.erase(first, last);
}

}  // namespace

PatientConsent insert_consent(access::Permit& permit, const Id<Patient>& patient,
                              PatientConsent consent, access::Changes& changes) {
  need_short_text(consent.form, "form");
  need_past_day(permit, consent.date, "date");
  if (consent.scopes.empty()) {
    throw Error(ErrorCode::missing, "a consent covers at least one scope", "scopes");
  }
  sort_out(consent.scopes);
  consent.patient = patient;
  consent.withdrawn.reset();
  consent = consents.insert(permit, consents.keys(permit).next(), std::move(consent), bind_team);
  changes.added("patient_consent", consent);
  return consent;
}

std::vector<SharingScope> agreed_scopes(access::Permit& permit, const Id<Patient>& patient) {
  std::vector<SharingScope> all;
  storage::Query query = permit.transaction().query(list_scopes);
  query.bind("patient", patient);
  while (query.next()) {
    const auto some = query.read<std::vector<SharingScope>>("scopes");
    all.insert(all.end(), some.begin(), some.end());
  }
  sort_out(all);
  return all;
}

PatientConsent record_consent(access::Permit& permit, PatientConsent consent) {
  const Patient patient = load_patient(permit, consent.patient);
  access::Changes changes;
  consent = insert_consent(permit, patient.id, std::move(consent), changes);
  permit.journal(patient.person, changes, true);
  notify(permit, members_of(active_team(permit, patient.id)), NoticeKind::consent_recorded,
         patient.id);
  return consent;
}

PatientConsent withdraw_consent(access::Permit& permit, const Id<Patient>& patient_id,
                                const Id<PatientConsent>& id, std::int64_t revision,
                                const Date& withdrawn) {
  const Patient patient = load_patient(permit, patient_id);
  const PatientConsent stored = consents.load(permit, id);
  if (stored.patient != patient.id) {
    throw Error(ErrorCode::not_found, "the patient has no such consent", "patient_consent");
  }
  need_past_day(permit, withdrawn, "withdrawn");
  PatientConsent changed = stored;
  changed.revision = stored.withdrawn ? 0 : revision;  // what is withdrawn no longer changes
  changed.withdrawn = withdrawn;
  changed = consents.update(permit, stored, std::move(changed), bind_team);
  access::Changes changes;
  changes.changed("patient_consent", stored, changed);
  permit.journal(patient.person, changes, true);
  notify(permit, members_of(active_team(permit, patient.id)), NoticeKind::consent_withdrawn,
         patient.id);
  return changed;
}

Page<PatientConsent> list_consents(access::Permit& permit, const Id<Patient>& patient,
                                   const PageRequest& request) {
  permit.saw(load_patient(permit, patient).person);
  storage::Query query = permit.transaction().query(list_of_patient);
  query.bind("patient", patient);
  return page_by_key<PatientConsent>(query, request, [&] { return query.read<PatientConsent>(); });
}

}  // namespace renraku::domain
