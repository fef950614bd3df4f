#include "domain/place_grants/place_grants.hpp"

#include "domain/paging.hpp"
#include "domain/patients/patients.hpp"
#include "domain/people/people.hpp"
#include "domain/table.hpp"
#include "domain/text_rule.hpp"

namespace renraku::domain {
namespace {

const Table<PlaceGrant> grants("place_grant", {"person_pk"});
const std::string count_standing =
    "SELECT count(*) FROM place_grant x WHERE x.person = :person AND x.member = :member AND " +
    grant_stands("x");
const std::string find_given =
    "SELECT " + storage::columns<PlaceGrant>() +
    " FROM place_grant WHERE person = :person AND member = :member AND granted_by = :officer "
    "AND revoked IS NULL AND until >= :today";
const std::string list_all = "SELECT x.pk AS pk, " + storage::columns<PlaceGrant>("x") +
                             " FROM place_grant x WHERE x.person = :person AND x.pk > :after "
                             "AND (x.member = :granted OR " +
                             names_reader("x.person") + ") ORDER BY x.pk LIMIT :size";

auto of_row(std::int64_t person_pk) {
  return
      [person_pk](storage::MadeRow& row, const PlaceGrant&) { row.bind("person_pk", person_pk); };
}

void need_near_day(const access::Permit& permit, const Date& until) {
  constexpr std::int64_t micros_a_day = 86'400'000'000;
  const Date last = Date::in_japan({permit.now().micros + place_grant_days_max * micros_a_day});
  if (until.exists() && until.day != 0 && until >= permit.today() && until <= last) return;
  throw Error(ErrorCode::invalid, "a place is granted to a day from today to ninety days ahead",
              "until");
}

void need_in_team(access::Permit& permit, const Id<Person>& person, const Id<Member>& member) {
  const access::Standing standing =
      team_standing(permit.transaction(), member, person, permit.today());
  if (standing.contains(access::Relation::team_member)) return;
  throw Error(ErrorCode::invalid, "a place is granted to a member of the person's care team",
              "member");
}

PlaceGrant revoke(access::Permit& permit, std::int64_t person_pk, const PlaceGrant& stored,
                  access::Changes& changes) {
  PlaceGrant revoked = stored;
  revoked.revoked = permit.today();
  revoked = grants.update(permit, stored, std::move(revoked), of_row(person_pk));
  changes.changed("place_grant", stored, revoked);
  return revoked;
}

}  // namespace

bool is_place_granted(storage::Transaction& transaction, const Id<Member>& member,
                      const Uuid& person, const Date& today) {
  return transaction.query(count_standing)
             .bind("person", person)
             .bind("member", member)
             .bind("today", today)
             .optional<std::int64_t>()
             .value_or(0) > 0;
}

PlaceGrant grant_place(access::Permit& permit, const Id<Person>& person, const Id<Member>& member,
                       const Date& until, const std::string& reason) {
  const std::int64_t person_pk = load_person(permit, person).pk;
  need_near_day(permit, until);
  need_short_text(reason, "reason");
  need_in_team(permit, person, member);
  access::Changes changes;
  const auto given = permit.transaction()
                         .query(find_given)
                         .bind("person", person)
                         .bind("member", member)
                         .bind("officer", permit.actor().member)
                         .bind("today", permit.today())
                         .optional<PlaceGrant>();
  if (given) revoke(permit, person_pk, *given, changes);
  PlaceGrant grant;
  grant.person = person;
  grant.member = member;
  grant.granted_by = permit.actor().member;
  grant.since = permit.today();
  grant.until = until;
  grant.reason = reason;
  grant = grants.insert(permit, grants.keys(permit).next(), std::move(grant), of_row(person_pk));
  changes.added("place_grant", grant);
  permit.journal(person, changes, true);
  return grant;
}

Page<PlaceGrant> list_place_grants(access::Permit& permit, const Id<Person>& person,
                                   const PageRequest& request) {
  permit.saw(load_person(permit, person).person.id);
  storage::Query query = permit.transaction().query(list_all);
  query.bind("person", person);
  bind_reader(query, permit);
  return page_by_key<PlaceGrant>(query, request, [&] { return query.read<PlaceGrant>(); });
}

PlaceGrant revoke_place_grant(access::Permit& permit, const Id<Person>& person,
                              const Id<PlaceGrant>& id) {
  const std::int64_t person_pk = load_person(permit, person).pk;
  const PlaceGrant stored = grants.load(permit, id);
  if (stored.person != person) {
    throw Error(ErrorCode::not_found, "this is no grant of that person's place", "id");
  }
  if (stored.revoked) {
    throw Error(ErrorCode::conflict, "this was revoked already", "revision");
  }
  access::Changes changes;
  PlaceGrant revoked = revoke(permit, person_pk, stored, changes);
  permit.journal(person, changes, true);
  return revoked;
}

}  // namespace renraku::domain
