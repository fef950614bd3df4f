#include "domain/evacuees/evacuees.hpp"

#include "domain/table.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

const Table<Evacuee> evacuees("evacuee", {"imported", "person_pk", "district_key", "reason_key",
                                          "care_level_key", "listed"});
const std::string find_with_imported =
    "SELECT " + storage::columns<Evacuee>() +
    ", imported, listed FROM evacuee WHERE id = :id AND municipality = :municipality";

bool is_listed(const Evacuee& evacuee) {
  return !evacuee.withdrawal.has_value();
}

// The columns beside the record's own: what a file said, whose entry it is, and what filters
// compare.
auto bind_own(std::int64_t person_pk, std::optional<std::string_view> imported) {
  return [person_pk, imported](storage::MadeRow& row, const Evacuee& evacuee) {
    const auto keyed = [&](const std::string& key) {
      return storage::Keyed(evacuee.municipality, key);
    };
    row.bind("imported", imported)
        .bind("person_pk", person_pk)
        .bind("district_key", keyed(text::search_text(evacuee.district)))
        .bind("reason_key", text::search_text(evacuee.reason))
        .bind("care_level_key", keyed(text::search_text(evacuee.care_level)))
        .bind("listed", is_listed(evacuee));
  };
}

}  // namespace

storage::RowKeys evacuee_keys(access::Permit& permit) {
  return evacuees.keys(permit);
}

storage::MadeRow make_evacuee(const Origin& origin, Evacuee& evacuee, std::int64_t pk,
                              std::int64_t person_pk, std::optional<std::string_view> imported) {
  return evacuees.make(origin, pk, evacuee, bind_own(person_pk, imported));
}

void insert_evacuee(access::Permit& permit, const storage::MadeRow& row) {
  evacuees.insert(permit, row);
  change_walked(permit.transaction(), permit.scope().municipality);
}

std::string entry_pairs(std::string_view reference) {
  return pairs_of(PairOf::entry, text::search_text(reference));
}

StoredEvacuee load_evacuee(access::Permit& permit, const Id<Evacuee>& id) {
  StoredEvacuee stored;
  {
    storage::Query query = permit.transaction().query(find_with_imported);
    query.bind("id", id).bind("municipality", permit.scope().municipality);
    if (!query.next()) throw evacuees.not_here();
    stored.evacuee = query.read<Evacuee>();
    stored.imported = query.read<std::optional<std::string>>("imported");
  }
  need_same(stored.evacuee.id, id, "evacuee");
  stored.person = load_person(permit, stored.evacuee.person);
  return stored;
}

void remember_imported(access::Permit& permit, StoredEvacuee& stored, std::string_view imported) {
  evacuees.rewrite(permit, stored.evacuee, bind_own(stored.person.pk, imported));
  change_walked(permit.transaction(), permit.scope().municipality);
  stored.imported = imported;
}

Evacuee update_evacuee(access::Permit& permit, const StoredEvacuee& stored, Evacuee changed) {
  changed.person = stored.evacuee.person;
  changed.withheld = false;
  const std::string& municipality = permit.scope().municipality;
  change_walked(permit.transaction(), municipality);
  if (changed.reference != stored.evacuee.reference &&
      keeps_pairs(permit.transaction(), municipality)) {
    change_pairs_of(permit.transaction(), municipality, stored.person.pk, PairPart::entry,
                    entry_pairs(changed.reference));
  }
  return evacuees.update(permit, stored.evacuee, std::move(changed),
                         bind_own(stored.person.pk, stored.imported));
}

Evacuee add_evacuee(access::Permit& permit, Person person, Evacuee evacuee) {
  const StoredPerson added = add_person(permit, std::move(person));
  evacuee.person = added.person.id;
  insert_evacuee(permit,
                 make_evacuee(origin_of(permit), evacuee, evacuee_keys(permit).next(), added.pk));
  const std::string& municipality = permit.scope().municipality;
  if (keeps_pairs(permit.transaction(), municipality)) {
    add_pairs_of(permit.transaction(), municipality, added.pk, PairPart::entry,
                 entry_pairs(evacuee.reference));
  }
  access::Changes changes;
  changes.added("person", added.person);
  changes.added("evacuee", evacuee);
  permit.journal(evacuee.person, changes, true);
  return evacuee;
}

Evacuee view_evacuee(access::Permit& permit, const Id<Evacuee>& id) {
  StoredEvacuee stored = load_evacuee(permit, id);
  permit.saw(stored.evacuee.person);
  if (stored.person.hidden) withhold_places(stored.evacuee);
  return std::move(stored.evacuee);
}

Evacuee change_evacuee(access::Permit& permit, Evacuee changed) {
  const StoredEvacuee stored = load_evacuee(permit, changed.id);
  if (stored.person.hidden) take_places(stored.evacuee, changed);
  changed = update_evacuee(permit, stored, std::move(changed));
  access::Changes changes;
  changes.changed("evacuee", stored.evacuee, changed);
  permit.journal(stored.evacuee.person, changes, true);
  if (stored.person.hidden) withhold_places(changed);
  return changed;
}

}  // namespace renraku::domain
