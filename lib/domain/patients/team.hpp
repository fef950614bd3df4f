// What the files of this noun share. Private to it.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "domain/patients/patients.hpp"

namespace renraku::domain {

/// More is no care team: the largest have some twenty.
inline constexpr std::size_t team_size_max = 100;

/// What person_search.patient says of somebody whose care goes on, or ended.
inline constexpr std::string_view open_mark = "open";
inline constexpr std::string_view closed_mark = "closed";

/// True in SQL for a place (`team_member`) that has not ended. Needs :today.
[[nodiscard]] inline std::string not_ended(std::string_view place) {
  return fmt::format("({0}.until IS NULL OR {0}.until > :today)", place);
}

/// True in SQL for a patient (`patient`) with a consent to the team.
[[nodiscard]] inline std::string agreed(std::string_view patient) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM patient_consent a WHERE a.patient = {}.id AND a.for_team = 1 "
      "AND a.withdrawn IS NULL)",
      patient);
}

/// Somebody with an active account and a place that has not ended.
struct Active {
  Id<Member> member;
  bool lead = false;
  /// False for those whom a missing consent keeps out.
  bool sees = false;
};
RENRAKU_DESCRIBE(Active, member, lead, sees)

[[nodiscard]] std::vector<Active> active_team(access::Permit& permit, const Id<Patient>& patient);
[[nodiscard]] std::vector<Id<Member>> members_of(const std::vector<Active>& team);

/// Error{not_found} unless the patient is in the permit's municipality.
[[nodiscard]] Patient load_patient(access::Permit& permit, const Id<Patient>& id);
[[nodiscard]] std::optional<Patient> find_patient(access::Permit& permit, const Uuid& id);

/// Error{not_found} or Error{invalid} unless the member is there, active and does care work.
void need_care_worker(access::Permit& permit, const Id<Member>& id);

/// Stores the consent of a patient and says so in `changes`. Throws as record_consent does.
PatientConsent insert_consent(access::Permit& permit, const Id<Patient>& patient,
                              PatientConsent consent, access::Changes& changes);
/// What the consents that stand cover together.
[[nodiscard]] std::vector<SharingScope> agreed_scopes(access::Permit& permit,
                                                      const Id<Patient>& patient);

/// Gives `place.member` a place from today, or changes the one it has, and says so in `changes`.
TeamMember put_in_team(access::Permit& permit, TeamMember place, access::Changes& changes);

}  // namespace renraku::domain
