// Patients and care teams: only the team sees a patient.
#pragma once

#include <cstdint>
#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/patient.hpp>
#include <string>

namespace renraku {

/// The team of a patient is the members with a place in it that has not ended and an account that
/// is active; it is asked afresh at every call, so that leaving counts at once. Whoever is not in
/// the team gets Error{not_permitted}, whether there is such a patient or not. The person is viewed
/// and changed through `People`.
///
/// A consent to the team is the ground on which it sees the patient. When the last one is withdrawn
/// the members see nothing any more but the leads, who have to tell the others, end their places
/// and close the patient, or record a new consent.
///
/// A care manager in the team arranges it: whatever a lead may do to it, a care manager may too.
class RENRAKU_API Patients {
 public:
  /// Registers a new person as a patient, with the consent; the member who registers leads the
  /// team, in this role. Where a person of the same name and birth date is known already, the pair
  /// waits for a roster officer, who decides whether they are one. Error{missing} (field "name",
  /// "form" or "scopes"): the consent covers the team.
  Patient add(const Person& person, const PatientConsent& consent, const std::string& role) const;
  /// The member's own patients, by reading.
  [[nodiscard]] Page<PatientLine> list(const PatientFilter& filter = {},
                                       const PageRequest& page = {}) const;
  [[nodiscard]] PatientSheet view(const Id<Patient>& id) const;
  /// Changes `registered` and, by a lead alone, `closed`. Error{conflict} for a stale revision.
  Patient change(const Patient& changed) const;

  /// Adds a consent beside those that stand; the team is told. Id, revision, municipality and
  /// `withdrawn` are the library's to set. Error{invalid} for a day to come.
  PatientConsent record_consent(const PatientConsent& consent) const;
  /// Ends a consent at once, whatever the day on which it was withdrawn; the team is told.
  /// Error{conflict} for a stale revision or one that is withdrawn already.
  PatientConsent withdraw_consent(const Id<Patient>& patient, const Id<PatientConsent>& id,
                                  std::int64_t revision, const Date& withdrawn) const;
  /// In the order they came, those withdrawn too.
  [[nodiscard]] Page<PatientConsent> consents(const Id<Patient>& patient,
                                              const PageRequest& page = {}) const;

  /// Everybody who is or was in the team, in the order they came. Administrators see it too.
  [[nodiscard]] Page<TeamLine> team(const Id<Patient>& patient, const PageRequest& page = {}) const;
  /// All teams, by the reading of whose they are: for administrators, who see no more of a patient
  /// than this. The filter's text finds names and readings alone.
  [[nodiscard]] Page<TeamOverview> teams(const PatientFilter& filter = {},
                                         const PageRequest& page = {}) const;
  /// A lead gives `member` a place from today, with `role`, `lead` and `until`; who has one already
  /// gets these. The whole team is told. Error{invalid} (field "member") for somebody who does no
  /// care work, (field "until") for a past end; Error{not_permitted} (field "lead") when no lead
  /// would be left.
  TeamMember add_to_team(const TeamMember& place) const;
  /// A lead ends a member's place, at once; what the member wrote stays. The whole team is told.
  /// Error{not_found} without a place, Error{not_permitted} (field "lead") for the last lead.
  void end_in_team(const Id<Patient>& patient, const Id<Member>& member) const;
  /// The same for the member's own place.
  void leave(const Id<Patient>& patient) const;

  /// Asks that `member` joins: a member for itself, an administrator or one of the team for
  /// anybody. Whoever can answer is told. Does nothing where there is no such patient, or where the
  /// member is in the team or asked for already: nobody learns here who is a patient. Uses
  /// `patient`, `member`, `role` and `reason` of the request. Error{missing} without a reason.
  void ask_to_join(const TeamRequest& request) const;
  /// Those that wait, in the order they came. Administrators see them too.
  [[nodiscard]] Page<TeamRequest> requests(const Id<Patient>& patient,
                                           const PageRequest& page = {}) const;
  /// Accepts or declines. Error{not_permitted} unless the member is a second person: of the team,
  /// and neither who asked nor who is to join; where the team has nobody else, an administrator.
  /// Who joins a team without a lead leads it. Error{conflict} for a stale revision or a request
  /// that was answered.
  TeamRequest answer(const Id<Patient>& patient, const Id<TeamRequest>& id, std::int64_t revision,
                     RequestAnswer answer) const;

 private:
  friend class Session;
  explicit Patients(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
