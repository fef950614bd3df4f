// The roster as an import sees and changes it.
#include "domain/roster/roster.hpp"
#include "domain/table.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

const std::string every_entry =
    "SELECT e.id AS id, e.revision AS e_revision, e.municipality AS e_municipality, "
    "e.person AS person, e.reference AS reference, p.id AS joined, p.revision AS p_revision, "
    "p.municipality AS p_municipality, p.municipal_number AS municipal_number, "
    "p.name AS name, p.kana AS kana, p.birth_date AS birth_date, p.sex AS sex, "
    "p.phones AS phones, p.addresses AS addresses, e.district_key = :district AS in_district, "
    "e.listed AS listed, e.consent AS consent, e.consent_date AS consent_date, "
    "EXISTS (SELECT 1 FROM missing_evacuee x WHERE x.evacuee = e.id "
    "AND x.decision = 'keep') AS kept, e.imported AS imported "
    "FROM evacuee e JOIN person p ON p.pk = e.person_pk "
    "WHERE e.pk BETWEEN :first AND :last ORDER BY e.pk";
constexpr std::string_view newest = "SELECT max(pk) FROM person WHERE pk BETWEEN :first AND :last";

template <DescribedRecord Record>
bool differs(const Record& before, const Record& after) {
  bool different = false;
  storage::for_each_column<Record>([&](auto field) {
    different = different || !(before.*field.pointer == after.*field.pointer);
  });
  return different;
}

}  // namespace

void each_roster_entry(access::Permit& permit, std::string_view district,
                       const std::function<void(RosterEntry&&)>& visit) {
  const std::string& municipality = permit.scope().municipality;
  const storage::KeyRange range = storage::key_range(municipality);
  const Protections protections = Protections::of_municipality(permit);
  storage::Query query = permit.transaction().query(every_entry);
  query.bind("first", range.first)
      .bind("last", range.last)
      .bind("district", storage::Keyed(municipality, text::search_text(district)));
  while (query.next()) {
    RosterEntry entry{query.read<EntryRow>()};
    if (entry.joined != entry.person) {
      throw Error(ErrorCode::damaged,
                  "a roster entry lies with another person; run a check and look for a backup",
                  "evacuee");
    }
    entry.is_protected = protections.stands(entry.person);
    entry.hidden = protections.hides(entry.person);
    visit(std::move(entry));
  }
}

std::int64_t newest_person(access::Permit& permit) {
  const storage::KeyRange range = storage::key_range(permit.scope().municipality);
  return permit.transaction()
      .query(newest)
      .bind("first", range.first)
      .bind("last", range.last)
      .optional<std::optional<std::int64_t>>()
      .value_or(std::nullopt)
      .value_or(0);
}

EntryMaker::EntryMaker(access::Permit& permit)
    : origin_(origin_of(permit)),
      people_(person_keys(permit)),
      evacuees_(evacuee_keys(permit)),
      sealer_(permit.new_person_sealer()) {}

NewEntry EntryMaker::make(Person person, Evacuee evacuee, std::string_view imported) {
  const std::int64_t person_pk = people_.next();
  NewPerson made = make_person(origin_, person, person_pk);
  evacuee.person = person.id;
  storage::MadeRow row = make_evacuee(origin_, evacuee, evacuees_.next(), person_pk, imported);
  access::Changes changes;
  changes.added("person", person);
  changes.added("evacuee", evacuee);
  return {{person.id, evacuee.id},
          std::move(made),
          std::move(row),
          evacuee.reference,
          sealer_.seal(person.id, changes)};
}

RosterWriter::RosterWriter(access::Permit& permit)
    : permit_(permit), keys_(permit.transaction(), permit.scope().municipality) {}

std::int64_t RosterWriter::next_key(std::optional<storage::RowKeys>& keys,
                                    storage::RowKeys (*make)(access::Permit&)) {
  if (!keys) keys = make(permit_);
  return keys->next();
}

// Table by table, for each stays at the page where it was.
void RosterWriter::add(std::span<const NewEntry* const> entries) {
  for (const NewEntry* entry : entries) insert_person(permit_, entry->person);
  for (const NewEntry* entry : entries) index_new_person(permit_, entry->person, &keys_);
  for (const NewEntry* entry : entries) insert_evacuee(permit_, entry->evacuee);
  if (keys_.keeps_pairs()) index_new(entries);
  for (const NewEntry* entry : entries) permit_.journal(entry->ids.person, entry->changes);
}

void RosterWriter::index_new(std::span<const NewEntry* const> entries) {
  for (const NewEntry* entry : entries) {
    add_pairs_of(permit_.transaction(), permit_.scope().municipality, entry->person.pk,
                 PairPart::entry, entry_pairs(entry->reference));
  }
}

void RosterWriter::finish() {
  keys_.write();
  write_kept();
}

void RosterWriter::change(const StoredEvacuee& stored, Person person, Evacuee evacuee) {
  access::Changes changes;
  if (differs(stored.person.person, person)) {
    person = update_person(permit_, stored.person, std::move(person));
    changes.changed("person", stored.person.person, person);
  }
  if (differs(stored.evacuee, evacuee)) {
    evacuee = update_evacuee(permit_, stored, std::move(evacuee));
    changes.changed("evacuee", stored.evacuee, evacuee);
  }
  if (!changes.empty()) permit_.journal(stored.evacuee.person, changes, true);
}

}  // namespace renraku::domain
