// A patient and the care team (担当メンバー): the only people who see the patient.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/id.hpp>
#include <renraku/records/member.hpp>
#include <renraku/records/person.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

/// A person who is cared for at home by people of several offices.
struct Patient {
  Id<Patient> id;
  std::int64_t revision = 0;
  /// The municipality's six-digit code.
  std::string municipality;
  /// Who it is: name, birth date, sex, addresses and phones stand there.
  Id<Person> person;
  Date registered;
  /// The day the care here ended (moved, died, consent withdrawn); absent while it goes on. The
  /// list leaves closed ones out; the team still sees them.
  std::optional<Date> closed;
};

/// With whom the person agrees to share (同意書の範囲).
enum class SharingScope {
  team,       ///< the care team; without it nobody but the lead sees the patient
  wide_area,  ///< members of municipalities under an agreement (広域連携)
  emergency,  ///< ambulance crews (救急)
  family,     ///< the family's notebook
};

/// A consent form (同意書). Several can stand beside each other; each ends when it is withdrawn.
struct PatientConsent {
  Id<PatientConsent> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Patient> patient;
  /// Which form was signed, and where the paper is kept.
  std::string form;
  /// The day it was signed.
  Date date;
  std::vector<SharingScope> scopes;
  /// The day it was withdrawn; absent while it stands.
  std::optional<Date> withdrawn;
};

/// A member's place in the team of a patient. It stays when it has ended: what somebody wrote keeps
/// its name.
struct TeamMember {
  Id<TeamMember> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Patient> patient;
  Id<Member> member;
  /// What the member does for the patient, e.g. 訪問看護; empty: the profession says it.
  std::string role;
  /// Leads the team: adds and ends its members.
  bool lead = false;
  /// The day the place was given; the library sets it.
  std::optional<Date> since;
  /// The first day on which the member is no longer in the team; absent without an end.
  std::optional<Date> until;
};

/// One line of a team: the place and who has it.
struct TeamLine {
  Id<TeamMember> id;
  Id<Member> member;
  std::string name;
  Profession profession = Profession::city_officer;
  Id<Organisation> organisation;
  std::string role;
  bool lead = false;
  Date since;
  std::optional<Date> until;
  /// False for who left, whose place ended, or whose account is suspended.
  bool active = true;
};

enum class RequestAnswer { open, accepted, declined };

/// Somebody asks that a member joins a team: oneself, or an administrator for another. It needs a
/// second person.
struct TeamRequest {
  Id<TeamRequest> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Patient> patient;
  /// Who is to join.
  Id<Member> member;
  /// Who asks.
  Id<Member> asker;
  /// What the member will do for the patient.
  std::string role;
  std::string reason;
  Instant asked_at;
  RequestAnswer answer = RequestAnswer::open;
  /// Who answered; none while open.
  Id<Member> answerer;
  /// The epoch while open.
  Instant answered_at;
};

/// A patient as the team sees it.
struct PatientSheet {
  Patient patient;
  /// Without the place, and `withheld`, where the person is under protection and the reader may not
  /// see it.
  Person person;
  /// What the consents that stand cover together.
  std::vector<SharingScope> scopes;
};

/// One line of the list: a patient of the reader's own.
struct PatientLine {
  Id<Patient> id;
  Id<Person> person;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::optional<Sex> sex;
  std::optional<Date> closed;
  /// The reader's place in the team.
  std::string role;
  bool lead = false;
  /// The person is under protection.
  bool is_protected = false;
};

/// Filters of the list; an absent one lets everyone pass.
struct PatientFilter {
  /// Found anywhere in name, kana, 宛名番号, phone or address, in any spelling; the latter two find
  /// no protected person whose place is hidden from the reader.
  std::optional<std::string> text;
  /// Those whose care here ended, instead of those whose goes on.
  bool closed = false;
};

/// A team as administrators see it: whose it is and how many are in it, nothing else.
struct TeamOverview {
  Id<Patient> patient;
  std::string name;
  std::string kana;
  /// Active ones; 0 leads is a team that waits for a new one.
  std::int64_t members = 0;
  std::int64_t leads = 0;
};

}  // namespace renraku
