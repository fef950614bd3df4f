#include "domain/patients/patients.hpp"

#include <renraku/patients.hpp>

#include "session/store_state.hpp"

namespace renraku {

using access::Action;
using access::Permit;

Patients Session::patients() const {
  return Patients(state_);
}

Patient Patients::add(const Person& person, const PatientConsent& consent,
                      const std::string& role) const {
  return state_->act(Action::patient_add, {}, [&](Permit& permit) {
    return domain::add_patient(permit, person, consent, role);
  });
}

Page<PatientLine> Patients::list(const PatientFilter& filter, const PageRequest& page) const {
  return state_->act(Action::patient_list, {},
                     [&](Permit& permit) { return domain::list_patients(permit, filter, page); });
}

PatientSheet Patients::view(const Id<Patient>& id) const {
  return state_->act(Action::patient_view, {id},
                     [&](Permit& permit) { return domain::view_patient(permit, id); });
}

Patient Patients::change(const Patient& changed) const {
  return state_->act(Action::patient_change, {changed.id},
                     [&](Permit& permit) { return domain::change_patient(permit, changed); });
}

PatientConsent Patients::record_consent(const PatientConsent& consent) const {
  return state_->act(Action::patient_consent_record, {consent.patient},
                     [&](Permit& permit) { return domain::record_consent(permit, consent); });
}

PatientConsent Patients::withdraw_consent(const Id<Patient>& patient, const Id<PatientConsent>& id,
                                          std::int64_t revision, const Date& withdrawn) const {
  return state_->act(Action::patient_consent_record, {patient}, [&](Permit& permit) {
    return domain::withdraw_consent(permit, patient, id, revision, withdrawn);
  });
}

Page<PatientConsent> Patients::consents(const Id<Patient>& patient, const PageRequest& page) const {
  return state_->act(Action::patient_view, {patient},
                     [&](Permit& permit) { return domain::list_consents(permit, patient, page); });
}

Page<TeamLine> Patients::team(const Id<Patient>& patient, const PageRequest& page) const {
  return state_->act(Action::team_view, {patient},
                     [&](Permit& permit) { return domain::list_team(permit, patient, page); });
}

Page<TeamOverview> Patients::teams(const PatientFilter& filter, const PageRequest& page) const {
  return state_->act(Action::team_view, {},
                     [&](Permit& permit) { return domain::list_teams(permit, filter, page); });
}

TeamMember Patients::add_to_team(const TeamMember& place) const {
  return state_->act(Action::team_add, {place.patient},
                     [&](Permit& permit) { return domain::add_to_team(permit, place); });
}

void Patients::end_in_team(const Id<Patient>& patient, const Id<Member>& member) const {
  state_->act(Action::team_end, {patient},
              [&](Permit& permit) { domain::end_in_team(permit, patient, member); });
}

void Patients::leave(const Id<Patient>& patient) const {
  state_->act(Action::team_leave, {patient},
              [&](Permit& permit) { domain::leave_team(permit, patient); });
}

void Patients::ask_to_join(const TeamRequest& request) const {
  state_->act(Action::team_ask, {request.patient},
              [&](Permit& permit) { domain::ask_to_join(permit, request); });
}

Page<TeamRequest> Patients::requests(const Id<Patient>& patient, const PageRequest& page) const {
  return state_->act(Action::team_view, {patient},
                     [&](Permit& permit) { return domain::list_requests(permit, patient, page); });
}

TeamRequest Patients::answer(const Id<Patient>& patient, const Id<TeamRequest>& id,
                             std::int64_t revision, RequestAnswer answer) const {
  return state_->act(Action::team_answer, {patient}, [&](Permit& permit) {
    return domain::answer_request(permit, patient, id, revision, answer);
  });
}

}  // namespace renraku
