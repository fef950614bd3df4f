// Who may see the roster before a disaster: what people agreed to, on what ground the municipality
// shows it, and what was handed to whom (災害対策基本法 49条の11 and 49条の15).
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/records/municipality.hpp>
#include <renraku/records/organisation.hpp>
#include <renraku/records/person.hpp>
#include <renraku/records/roster.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

/// What is shown. Plan and medical are shown to whom the list is shown, and always need that the
/// person agreed; an ordinance speaks for the list alone.
enum class DisclosurePurpose {
  list,  ///< 名簿情報, 49条の10 第2項: name, birth date, sex, address, phone, reason, note
  plan,  ///< 個別避難計画情報, 49条の14 第3項: plan, shelter, supporter
  medical,  ///< medical devices, intractable disease, physician
};

enum class RosterConsentState { granted, refused, withdrawn };

/// In what capacity somebody spoke for the person.
enum class RosterConsentCapacity {
  self,      ///< 本人
  agent,     ///< 代理人
  family,    ///< 家族
  guardian,  ///< 後見人
  other,
};

/// How it was said.
enum class RosterConsentForm {
  paper,       ///< 書面
  oral,        ///< 口頭
  telephone,   ///< 電話
  electronic,  ///< 電子申請
  other,
};

/// One thing that a person, or somebody for the person, said about being shown. Kept for good, with
/// what was said before and after; of all that speaks of a purpose and a receiver the newest
/// counts, and where dates do not tell which is newer, the refusal. `Evacuee::consent` is one more
/// of them: for the list and every receiver, of `consent_date`.
struct RosterConsent {
  Id<RosterConsent> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Person> person;
  /// A plan's consent is recorded when the person and the supporter agree (49条の15 第2項).
  DisclosurePurpose purpose = DisclosurePurpose::list;
  /// A kind that receives: fire_station, police_station, commissioned_welfare,
  /// social_welfare_council, voluntary_disaster or other. Absent: all of them.
  std::optional<OrganisationKind> receiver;
  RosterConsentState state = RosterConsentState::granted;
  /// When it was said; never after today. A refusal without one holds against any date.
  std::optional<Date> date;
  /// Who said it; empty when it was the person.
  std::string given_by;
  RosterConsentCapacity capacity = RosterConsentCapacity::self;
  RosterConsentForm form = RosterConsentForm::paper;
  /// What proves it: a file's name, its SHA-256, a shelf.
  std::string evidence;
  /// Set by the library.
  Id<Member> recorded_by;
  Instant recorded_at;
  /// True when `given_by` and `evidence` were left out of this copy, because the person is under
  /// protection and the reader is none of the named officers.
  bool withheld = false;
};

enum class DisclosureRuleState { proposed, adopted, declined };

/// From when on which policy holds. Proposed by one officer, decided by another. Of the adopted
/// ones the last that is valid counts; before the first one, the law's default does: opt_in.
struct DisclosureRule {
  Id<DisclosureRule> id;
  std::int64_t revision = 0;
  std::string municipality;
  DisclosurePolicy kind = DisclosurePolicy::opt_in;
  /// The ordinance's name; needed by every kind but opt_in.
  std::string ordinance;
  /// The first day, a whole date.
  Date valid_from;
  /// When people were told, and until when they could object. Needed by `presumed`: silence counts
  /// from the day after the deadline.
  std::optional<Date> notice_sent;
  std::optional<Date> objection_deadline;
  /// The rest is set by the library.
  DisclosureRuleState state = DisclosureRuleState::proposed;
  Id<Member> proposed_by;
  Instant proposed_at;
  /// None and 1970 while nobody decided.
  Id<Member> decided_by;
  Instant decided_at;
};

/// How many people the receivers of one kind see, in all the districts they serve together; under
/// today's rule, and under the other one once silence counts. People under protection are in
/// neither number.
struct DisclosurePreview {
  OrganisationKind receiver = OrganisationKind::fire_station;
  /// How many organisations of the kind there are.
  std::int64_t organisations = 0;
  std::int64_t visible_now = 0;
  std::int64_t visible_then = 0;
};

/// A file that was handed to a receiver.
struct Disclosure {
  Id<Disclosure> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Organisation> receiver;
  DisclosurePurpose purpose = DisclosurePurpose::list;
  /// The rule that it was made under; none for the law's default.
  Id<DisclosureRule> rule;
  Id<Member> made_by;
  Instant made_at;
  /// How many people it names. Who they are stands in the journal's entry, under each of them.
  std::int64_t people = 0;
  /// Who took it at the receiver's, and when.
  std::string received_by;
  std::optional<Date> received_on;
  /// By when it has to come back or be destroyed, and when it was.
  std::optional<Date> return_by;
  std::optional<Date> returned_on;
};

struct DisclosureOptions {
  /// "cp932" or "utf-8-bom".
  std::string encoding = "cp932";
  std::optional<Date> return_by;
};

struct DisclosureReport {
  Id<Disclosure> disclosure;
  std::int64_t people = 0;
  std::vector<UnencodableCell> unencodable;
};

struct DisclosureFilter {
  /// None: every receiver.
  Id<Organisation> receiver;
  /// Only those that should have come back before today and have not.
  bool overdue = false;
};

/// One line of what a receiver sees.
struct DisclosedLine {
  Id<Person> person;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::optional<Sex> sex;
  /// The first phone's digits.
  std::string phone;
  std::string district;
};

/// Filters of that list; an absent one lets everyone pass.
struct DisclosedFilter {
  std::optional<std::string> district;
  /// Found anywhere in name, kana, phone or address, in any spelling.
  std::optional<std::string> text;
};

/// What a receiver sees of one person: fields of purposes that are not disclosed are empty.
struct DisclosedEvacuee {
  Id<Person> person;
  /// Which are disclosed; always the list, and whichever of the others the person agreed to.
  std::vector<DisclosurePurpose> purposes;
  std::string name;
  std::string kana;
  std::optional<Date> birth_date;
  std::optional<Sex> sex;
  std::vector<Address> addresses;
  std::vector<Phone> phones;
  std::string district;
  std::string reason;
  std::string note;
  std::string plan;
  std::string shelter;
  std::string supporter;
  std::string supporter_contact;
  std::string medical_devices;
  std::string intractable_disease;
  std::string physician;
};

}  // namespace renraku
