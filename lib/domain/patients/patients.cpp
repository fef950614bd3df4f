#include "domain/patients/patients.hpp"

#include <algorithm>
#include <map>

#include "domain/notices/notices.hpp"
#include "domain/patients/team.hpp"
#include "domain/people/people.hpp"
#include "domain/roster/roster.hpp"
#include "domain/table.hpp"

namespace renraku::domain {
namespace {

const Table<Patient> patients("patient", {"person_pk"});
const std::string find_by_id = "SELECT " + storage::columns<Patient>() +
                               " FROM patient WHERE id = :id AND municipality = :municipality";
const std::string find_standing =
    "SELECT t.lead AS lead, " + agreed("c") +
    " AS agreed, CASE WHEN m.profession = 'care_manager' THEN 1 ELSE 0 END AS arranges "
    "FROM patient c JOIN team_member t ON t.patient = c.id JOIN member m ON m.id = t.member "
    "WHERE (c.id = :subject OR c.person = :subject) AND t.member = :member "
    "AND m.status = 'active' AND " +
    not_ended("t");
const std::string find_own =
    "SELECT c.id AS id, c.person AS person, c.person_pk AS person_pk, c.closed AS closed, "
    "t.role AS role, t.lead AS lead, " +
    storage::identity("t") +
    " FROM team_member t JOIN patient c ON c.id = t.patient WHERE t.member = :member AND " +
    not_ended("t") + " AND (t.lead = 1 OR " + agreed("c") +
    ") AND CASE WHEN c.closed IS NULL THEN 0 ELSE 1 END = :closed";
const ReadingList people_by_reading({
    .columns = "p.name AS name, p.kana AS kana, p.birth_date AS birth_date, p.sex AS sex, " +
               storage::identity("p"),
    .tables = "person_search s",
    .joins = " JOIN person p ON p.pk = s.person",
});
constexpr std::string_view mark_search =
    "UPDATE person_search SET patient = :patient WHERE person = :person";

struct StandingRow {
  bool lead = false;
  bool agreed = false;
  bool arranges = false;
};
RENRAKU_DESCRIBE(StandingRow, lead, agreed, arranges)

/// A patient of the actor's own, and the actor's place in the team.
struct Own {
  Id<Patient> id;
  Id<Person> person;
  std::int64_t person_pk = 0;
  std::optional<Date> closed;
  std::string role;
  bool lead = false;
};
RENRAKU_DESCRIBE(Own, id, person, person_pk, closed, role, lead)

// Lists are walked by it.
void mark_in_lists(access::Permit& permit, std::int64_t person_pk, const Patient& patient) {
  permit.transaction()
      .query(mark_search)
      .bind("patient", patient.closed ? closed_mark : open_mark)
      .bind("person", person_pk)
      .run();
}

// Whether two people are one is a human's decision, and not that of whoever registers a patient: it
// would tell who is on the roster.
void suspect_namesakes(access::Permit& permit, const StoredPerson& added) {
  RosterWriter roster(permit);
  for (const Id<Person>& other : namesakes(permit, added)) {
    roster.suspect(added.person.id, other, {"name", "birth_date"});
  }
}

}  // namespace

std::optional<Patient> find_patient(access::Permit& permit, const Uuid& id) {
  return permit.transaction()
      .query(find_by_id)
      .bind("id", id)
      .bind("municipality", permit.scope().municipality)
      .optional<Patient>();
}

Patient load_patient(access::Permit& permit, const Id<Patient>& id) {
  return patients.load(permit, id);
}

std::optional<Id<Person>> person_of_patient(access::Permit& permit, const Uuid& subject) {
  const auto patient = find_patient(permit, subject);
  if (!patient) return std::nullopt;
  return patient->person;
}

access::Standing team_standing(storage::Transaction& transaction, const Id<Member>& member,
                               const Uuid& subject, const Date& today) {
  access::Standing standing;
  storage::Query query = transaction.query(find_standing);
  query.bind("subject", subject).bind("member", member).bind("today", today);
  while (query.next()) {
    const auto row = query.read<StandingRow>();
    if (!row.lead && !row.agreed) continue;
    standing.insert(access::Relation::team_member);
    if (row.lead || row.arranges) standing.insert(access::Relation::team_lead);
  }
  return standing;
}

Patient add_patient(access::Permit& permit, Person person, PatientConsent consent,
                    const std::string& role) {
  if (std::ranges::find(consent.scopes, SharingScope::team) == consent.scopes.end()) {
    throw Error(ErrorCode::missing, "a patient agrees to the care team first", "scopes");
  }
  need_care_worker(permit, permit.actor().member);
  const StoredPerson added = add_person(permit, std::move(person));
  Patient patient;
  patient.person = added.person.id;
  patient.registered = permit.today();
  patient = patients.insert(
      permit, patients.keys(permit).next(), std::move(patient),
      [&](storage::MadeRow& row, const Patient&) { row.bind("person_pk", added.pk); });
  mark_in_lists(permit, added.pk, patient);
  access::Changes changes;
  changes.added("person", added.person);
  changes.added("patient", patient);
  insert_consent(permit, patient.id, std::move(consent), changes);
  TeamMember lead;
  lead.patient = patient.id;
  lead.member = permit.actor().member;
  lead.role = role;
  lead.lead = true;
  put_in_team(permit, std::move(lead), changes);
  permit.journal(patient.person, changes, true);
  suspect_namesakes(permit, added);
  return patient;
}

Page<PatientLine> list_patients(access::Permit& permit, const PatientFilter& filter,
                                const PageRequest& request) {
  const auto all = permit.transaction()
                       .query(find_own)
                       .bind("member", permit.actor().member)
                       .bind("today", permit.today())
                       .bind("closed", filter.closed)
                       .all<Own>();
  std::vector<std::int64_t> people;
  std::map<Uuid, const Own*> places;
  for (const Own& own : all) {
    people.push_back(own.person_pk);
    places.emplace(own.person, &own);
  }
  SearchNeedles needles;
  needles.text = filter.text;
  const auto take = [](storage::Query& row) {
    PatientLine line;
    line.person = row.read<Id<Person>>("p_id");
    line.name = row.read<std::string>("name");
    line.kana = row.read<std::string>("kana");
    line.birth_date = row.read<std::optional<Date>>("birth_date");
    line.sex = row.read<std::optional<Sex>>("sex");
    const Uuid person = line.person;
    return ReadRow<PatientLine>{std::move(line), person};
  };
  const auto settle = [&](std::span<ReadRow<PatientLine>> rows, const Protections& protections) {
    for (auto& [line, person, left_out] : rows) {
      const auto found = places.find(person);
      left_out = left_out || found == places.end();
      if (left_out) continue;
      const Own& own = *found->second;
      line.id = own.id;
      line.closed = own.closed;
      line.role = own.role;
      line.lead = own.lead;
      line.is_protected = protections.stands(person);
    }
  };
  return people_by_reading.page_of<PatientLine>(permit, needles, request, people, {}, take, settle);
}

PatientSheet view_patient(access::Permit& permit, const Id<Patient>& id) {
  PatientSheet sheet;
  sheet.patient = load_patient(permit, id);
  sheet.person = view_person(permit, sheet.patient.person);
  sheet.scopes = agreed_scopes(permit, id);
  return sheet;
}

Patient change_patient(access::Permit& permit, Patient changed) {
  const Patient stored = load_patient(permit, changed.id);
  const bool closing = changed.closed != stored.closed;
  if (closing) {
    permit.require(
        access::Action::team_end,
        team_standing(permit.transaction(), permit.actor().member, stored.id, permit.today()));
    if (changed.closed > permit.today()) {
      throw Error(ErrorCode::invalid, "this day is yet to come", "closed");
    }
  }
  changed.person = stored.person;
  const auto person_pk = load_person(permit, stored.person).pk;
  changed = patients.update(
      permit, stored, std::move(changed),
      [&](storage::MadeRow& row, const Patient&) { row.bind("person_pk", person_pk); });
  if (closing) mark_in_lists(permit, person_pk, changed);
  access::Changes changes;
  changes.changed("patient", stored, changed);
  permit.journal(stored.person, changes, true);
  if (closing && changed.closed) {
    notify(permit, members_of(active_team(permit, stored.id)), NoticeKind::patient_closed,
           stored.id);
  }
  return changed;
}

}  // namespace renraku::domain
