#include "domain/evacuees/evacuees.hpp"

#include "base/uuid.hpp"
#include "domain/revision.hpp"
#include "text/fold.hpp"
#include "text/kana.hpp"

namespace renraku::domain {
namespace {

const std::string find_by_id = "SELECT " + storage::columns<Evacuee>() +
                               ", pk FROM evacuee WHERE id = :id AND municipality = :municipality";
constexpr std::string_view newest = "SELECT max(pk) FROM evacuee WHERE pk BETWEEN :first AND :last";
const std::string add_row = storage::insert_sql<Evacuee>(
    "evacuee", {"pk", "person_pk", "district_key", "reason_key", "care_level_key", "listed"});
const std::string change_row = storage::update_sql<Evacuee>(
    "evacuee", {"district_key", "reason_key", "care_level_key", "listed"});

void bind_keys(storage::Query& query, const Evacuee& evacuee) {
  query.bind("district_key", text::search_text(evacuee.district))
      .bind("reason_key", text::search_text(evacuee.reason))
      .bind("care_level_key", text::search_text(evacuee.care_level))
      .bind("listed", !evacuee.withdrawal.has_value());
}

}  // namespace

storage::RowKeys evacuee_keys(access::Permit& permit) {
  return {permit.transaction(), newest, permit.scope().municipality};
}

Evacuee insert_evacuee(access::Permit& permit, Evacuee evacuee, std::int64_t pk,
                       std::int64_t person_pk) {
  evacuee.id = base::make_id<Evacuee>(permit.now());
  evacuee.revision = 1;
  evacuee.municipality = permit.scope().municipality;
  storage::Query query = permit.transaction().query(add_row);
  query.bind("pk", pk).bind("person_pk", person_pk);
  bind_keys(query, evacuee);
  std::move(query).bind_record(evacuee).run();
  return evacuee;
}

StoredEvacuee load_evacuee(access::Permit& permit, const Id<Evacuee>& id) {
  StoredEvacuee stored;
  {
    storage::Query query = permit.transaction().query(find_by_id);
    query.bind("id", id).bind("municipality", permit.scope().municipality);
    if (!query.next()) {
      throw Error(ErrorCode::not_found, "there is no such evacuee in this municipality", "evacuee");
    }
    stored.evacuee = query.read<Evacuee>();
    stored.pk = query.read<std::int64_t>("pk");
  }
  stored.person = load_person(permit, stored.evacuee.person);
  return stored;
}

Evacuee update_evacuee(access::Permit& permit, const StoredEvacuee& stored, Evacuee changed) {
  next_revision(stored.evacuee, changed);
  changed.id = stored.evacuee.id;
  changed.municipality = stored.evacuee.municipality;
  changed.person = stored.evacuee.person;
  changed.withheld = false;
  storage::Query query = permit.transaction().query(change_row);
  bind_keys(query, changed);
  std::move(query).bind_record(changed).run();
  return changed;
}

Evacuee add_evacuee(access::Permit& permit, Person person, Evacuee evacuee) {
  if (person.name.empty() && person.kana.empty()) {
    throw Error(ErrorCode::missing, "a person has a name or its reading", "name");
  }
  person.kana = text::to_katakana(person.kana);
  person.protection.reset();
  const std::int64_t person_pk = person_keys(permit).next();
  person = insert_person(permit, std::move(person), person_pk);
  evacuee.person = person.id;
  evacuee = insert_evacuee(permit, std::move(evacuee), evacuee_keys(permit).next(), person_pk);
  access::Changes changes;
  changes.added("person", person);
  changes.added("evacuee", evacuee);
  permit.journal(person.id, changes, true);
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
