// Patients and care teams: only the team sees a patient.
//
// Every act here is about one patient, and the policy has asked already whether the actor stands to
// that patient as it must; what these functions refuse beside is said at each. Changes are
// journalled under the person.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/described/patient.hpp>
#include <renraku/page.hpp>
#include <string>

#include "access/permit.hpp"
#include "domain/patients/schema.hpp"

namespace renraku::domain {

/// Whom the patient is, for reading the history of either; none where the subject is no patient.
[[nodiscard]] std::optional<Id<Person>> person_of_patient(access::Permit& permit,
                                                          const Uuid& subject);

/// What a member is to a patient, or to the person who is one: team_member while in the team, and
/// team_lead as its lead or, arranging the care, as a care manager in it. A place that ended on
/// `today` or before and a suspended account don't count. While no consent to the team stands, the
/// leads alone count: one of them has to close it.
[[nodiscard]] access::Standing team_standing(storage::Transaction& transaction,
                                             const Id<Member>& member, const Uuid& subject,
                                             const Date& today);

// Patients.

/// Registers a new person as a patient, with the consent, and the actor as the team's lead in this
/// role. Never takes a person who is there: whoever has the same name and birth date is queued as a
/// suspect for a roster officer. Error{missing} (field "name", "form", "scopes"): there has to be a
/// consent to the team.
Patient add_patient(access::Permit& permit, Person person, PatientConsent consent,
                    const std::string& role);
/// The actor's own patients, by reading.
[[nodiscard]] Page<PatientLine> list_patients(access::Permit& permit, const PatientFilter& filter,
                                              const PageRequest& page);
[[nodiscard]] PatientSheet view_patient(access::Permit& permit, const Id<Patient>& id);
/// `registered` and `closed`; the latter is for a lead to change: Error{not_permitted}.
Patient change_patient(access::Permit& permit, Patient changed);

// Consents.

PatientConsent record_consent(access::Permit& permit, PatientConsent consent);
/// Ends the consent at once, whatever the day on which it was withdrawn. Error{conflict} for a
/// stale revision or one that is withdrawn already.
PatientConsent withdraw_consent(access::Permit& permit, const Id<Patient>& patient,
                                const Id<PatientConsent>& id, std::int64_t revision,
                                const Date& withdrawn);
[[nodiscard]] Page<PatientConsent> list_consents(access::Permit& permit, const Id<Patient>& patient,
                                                 const PageRequest& page);

// The team.

/// Everybody who is or was in it, in the order they came.
[[nodiscard]] Page<TeamLine> list_team(access::Permit& permit, const Id<Patient>& patient,
                                       const PageRequest& page);
/// All teams of the municipality, by the reading of whose they are. `filter.text` finds names and
/// readings, no places.
[[nodiscard]] Page<TeamOverview> list_teams(access::Permit& permit, const PatientFilter& filter,
                                            const PageRequest& page);
/// Gives a member a place from today; who has one already gets this role, lead and end. The whole
/// team is told. Error{invalid} for a member without care work or an end that is past,
/// Error{not_permitted} when no lead would be left.
TeamMember add_to_team(access::Permit& permit, TeamMember place);
/// Ends a member's place at once. Error{not_found} without one, Error{not_permitted} for the last
/// lead.
void end_in_team(access::Permit& permit, const Id<Patient>& patient, const Id<Member>& member);
/// The same for the actor.
void leave_team(access::Permit& permit, const Id<Patient>& patient);

// Asking to join.

/// Asks for the actor, the colleague for whom the actor enters, or, where the actor sees the team,
/// for anybody. Does nothing where there is no such patient, or where the member is in the team or
/// asked for already: a stranger can't tell the one from the other. Error{missing} without a
/// reason.
void ask_to_join(access::Permit& permit, TeamRequest request);
/// Those not answered.
[[nodiscard]] Page<TeamRequest> list_requests(access::Permit& permit, const Id<Patient>& patient,
                                              const PageRequest& page);
/// Answered by a second person: one of the team who neither asked nor is asked for, or where the
/// team has nobody else, such an administrator; nobody answers for a colleague.
/// Error{not_permitted} for others. Who joins a team without a lead leads it.
TeamRequest answer_request(access::Permit& permit, const Id<Patient>& patient,
                           const Id<TeamRequest>& id, std::int64_t revision, RequestAnswer answer);

}  // namespace renraku::domain
