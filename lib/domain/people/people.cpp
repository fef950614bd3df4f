#include "domain/people/people.hpp"

#include <algorithm>

#include "domain/people/hidden.hpp"
#include "domain/people/person_rows.hpp"
#include "domain/table.hpp"
#include "text/kana.hpp"
#include "text/phone.hpp"

namespace renraku::domain {
namespace {

const std::string find_by_id = "SELECT " + storage::columns<Person>() +
                               ", pk FROM person WHERE id = :id AND municipality = :municipality";
const Table<Person> people("person");
const std::string find_officer =
    "SELECT count(*) FROM member WHERE id = :id "
    "AND municipality = :municipality AND status = 'active'";

bool is_active_member(access::Permit& permit, const Id<Member>& id) {
  const auto found = permit.transaction()
                         .query(find_officer)
                         .bind("id", id)
                         .bind("municipality", permit.scope().municipality)
                         .optional<std::int64_t>();
  return found.value_or(0) > 0;
}

void check_officers(access::Permit& permit, const Protection& protection) {
  if (protection.provisional) return;
  if (protection.officers.empty()) {
    throw Error(ErrorCode::missing, "a protection names at least one officer", "officers");
  }
  for (const Id<Member>& officer : protection.officers) {
    if (!is_active_member(permit, officer)) {
      throw Error(ErrorCode::not_found, "an officer is not an active member here", "officers");
    }
  }
}

bool names(const Protection& protection, const Id<Member>& member) {
  return std::ranges::find(protection.officers, member) != protection.officers.end();
}

// Who may change a protection: anybody who may set one while it is provisional or absent, or when
// none of its officers is there any more; else only the officers whom it names.
void require_protection_right(access::Permit& permit, const Person& person) {
  if (!person.protection || person.protection->provisional) return;
  const auto& officers = person.protection->officers;
  const bool orphaned = std::ranges::none_of(
      officers, [&](const Id<Member>& officer) { return is_active_member(permit, officer); });
  if (orphaned) return;
  permit.require(access::Action::protection_change,
                 names(*person.protection, permit.actor().member)
                     ? access::Standing{access::Relation::protection_officer}
                     : access::Standing{});
}

// Whoever takes over a protection that nobody is left for made it of a copy without these.
void keep_withheld(const access::Permit& permit, const Person& stored, Protection& protection) {
  if (!stored.protection || shows_protection(permit, *stored.protection)) return;
  if (protection.ground.empty()) protection.ground = stored.protection->ground;
  for (const Uuid& covered : stored.protection->household) {
    if (std::ranges::find(protection.household, covered) == protection.household.end()) {
      protection.household.push_back(covered);
    }
  }
}

void need_name(const Person& person) {
  if (!person.name.empty() || !person.kana.empty()) return;
  throw Error(ErrorCode::missing, "a person has a name or its reading", "name");
}

void journal_change(access::Permit& permit, const Person& before, const Person& after) {
  access::Changes changes;
  changes.changed("person", before, after);
  permit.journal(after.id, changes, true);
}

}  // namespace

storage::RowKeys person_keys(access::Permit& permit) {
  return people.keys(permit);
}

void complete_person(Person& person) {
  person.kana = text::to_katakana(person.kana);
  for (Phone& phone : person.phones) {
    if (phone.written.empty()) phone.written = phone.digits;
    const auto read = text::read_phone(phone.written);
    phone.digits = read ? read->digits : std::string();
  }
}

NewPerson make_person(const Origin& origin, Person& person, std::int64_t pk) {
  storage::MadeRow row = people.make(origin, pk, person);
  return {pk, person.id, std::move(row), index_of(person), person.protection};
}

void insert_person(access::Permit& permit, const NewPerson& person) {
  people.insert(permit, person.row);
}

void index_new_person(access::Permit& permit, const NewPerson& person, LookupKeys* later) {
  storage::Transaction& transaction = permit.transaction();
  const std::string& municipality = permit.scope().municipality;
  write_index(transaction, person.pk, municipality, person.index, later);
  if (person.protection) {
    index_protection(transaction, person.pk, person.id, municipality, person.protection);
  }
}

StoredPerson add_person(access::Permit& permit, Person person) {
  need_name(person);
  complete_person(person);
  person.protection.reset();
  const std::int64_t pk = person_keys(permit).next();
  const NewPerson made = make_person(origin_of(permit), person, pk);
  insert_person(permit, made);
  index_new_person(permit, made);
  return {pk, std::move(person), false};
}

StoredPerson load_person(access::Permit& permit, const Id<Person>& id) {
  StoredPerson stored;
  {
    storage::Query query = permit.transaction().query(find_by_id);
    query.bind("id", id).bind("municipality", permit.scope().municipality);
    if (!query.next()) throw people.not_here();
    stored.pk = query.read<std::int64_t>("pk");
    stored.person = query.read<Person>();
  }
  need_same(stored.person.id, id, "person");
  stored.hidden = Protections::of(permit, id).hides(id);
  return stored;
}

Person update_person(access::Permit& permit, const StoredPerson& stored, Person changed) {
  storage::Transaction& transaction = permit.transaction();
  changed.withheld = false;
  changed = people.update(permit, stored.person, std::move(changed));
  rewrite_index(transaction, stored.pk, changed.municipality, index_of(stored.person),
                index_of(changed));
  if (stored.person.protection != changed.protection) {
    index_protection(transaction, stored.pk, changed.id, changed.municipality, changed.protection);
  }
  return changed;
}

bool shows_protection(const access::Permit& permit, const Protection& protection) {
  if (protection.provisional) return permit.may(access::Action::protection_set);
  return names(protection, permit.actor().member) &&
         permit.may(access::Action::protected_view, {access::Relation::protection_officer});
}

void withhold(const access::Permit& permit, Person& person, bool hidden) {
  if (hidden) withhold_places(person);
  if (!person.protection || shows_protection(permit, *person.protection)) return;
  const bool provisional = person.protection->provisional;
  person.protection = Protection{};
  person.protection->provisional = provisional;
}

Person view_person(access::Permit& permit, const Id<Person>& id) {
  StoredPerson stored = load_person(permit, id);
  permit.saw(id);
  withhold(permit, stored.person, stored.hidden);
  return std::move(stored.person);
}

Person change_person(access::Permit& permit, Person changed) {
  const StoredPerson stored = load_person(permit, changed.id);
  need_name(changed);
  complete_person(changed);
  changed.protection = stored.person.protection;
  if (stored.hidden) take_places(stored.person, changed);
  changed = update_person(permit, stored, std::move(changed));
  journal_change(permit, stored.person, changed);
  withhold(permit, changed, stored.hidden);
  return changed;
}

Person set_protection(access::Permit& permit, const Id<Person>& id, std::int64_t revision,
                      std::optional<Protection> protection) {
  const StoredPerson stored = load_person(permit, id);
  require_protection_right(permit, stored.person);
  if (protection) {
    check_officers(permit, *protection);
    keep_withheld(permit, stored.person, *protection);
  }
  Person changed = stored.person;
  changed.revision = revision;
  changed.protection = std::move(protection);
  changed = update_person(permit, stored, std::move(changed));
  journal_change(permit, stored.person, changed);
  // The reader may have become, or ceased to be, one who sees the place.
  withhold(permit, changed, Protections::of(permit, id).hides(id));
  return changed;
}

}  // namespace renraku::domain
