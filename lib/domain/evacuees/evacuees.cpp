#include "domain/evacuees/evacuees.hpp"

#include "domain/table.hpp"
#include "text/fold.hpp"

namespace renraku::domain {
namespace {

const Table<Evacuee> evacuees("evacuee", {"person_pk", "district_key", "reason_key",
                                          "care_level_key", "listed"});

// What a file said is set with the row, and later by an import alone.
const Table<Evacuee> new_evacuees("evacuee", {"imported", "person_pk", "district_key", "reason_key",
                                              "care_level_key", "listed"});

// The columns beside the record's own: whose entry it is, and what filters compare.
auto bind_own(std::int64_t person_pk) {
  return [person_pk](storage::MadeRow& row, const Evacuee& evacuee) {
    row.bind("person_pk", person_pk)
        .bind("district_key", text::search_text(evacuee.district))
        .bind("reason_key", text::search_text(evacuee.reason))
        .bind("care_level_key", text::search_text(evacuee.care_level))
        .bind("listed", !evacuee.withdrawal.has_value());
  };
}

}  // namespace

storage::RowKeys evacuee_keys(access::Permit& permit) {
  return evacuees.keys(permit);
}

storage::MadeRow make_evacuee(const Origin& origin, Evacuee& evacuee, std::int64_t pk,
                              std::int64_t person_pk, std::optional<std::string_view> imported) {
  return new_evacuees.make(origin, pk, evacuee, [&](storage::MadeRow& row, const Evacuee& added) {
    row.bind("imported", imported);
    bind_own(person_pk)(row, added);
  });
}

void insert_evacuee(access::Permit& permit, const storage::MadeRow& row) {
  new_evacuees.insert(permit, row);
}

StoredEvacuee load_evacuee(access::Permit& permit, const Id<Evacuee>& id) {
  StoredEvacuee stored{evacuees.load(permit, id), {}};
  stored.person = load_person(permit, stored.evacuee.person);
  return stored;
}

Evacuee update_evacuee(access::Permit& permit, const StoredEvacuee& stored, Evacuee changed) {
  changed.person = stored.evacuee.person;
  changed.withheld = false;
  return evacuees.update(permit, stored.evacuee, std::move(changed), bind_own(stored.person.pk));
}

Evacuee add_evacuee(access::Permit& permit, Person person, Evacuee evacuee) {
  const StoredPerson added = add_person(permit, std::move(person));
  evacuee.person = added.person.id;
  insert_evacuee(permit,
                 make_evacuee(origin_of(permit), evacuee, evacuee_keys(permit).next(), added.pk));
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
