#include "domain/people/hidden.hpp"

#include <renraku/describe.hpp>

#include "domain/many_ids.hpp"
#include "storage/row_key.hpp"

namespace renraku::domain {
namespace {

std::string find_where(const std::string& which) {
  return "SELECT g.id AS id, g.person AS pk, CASE WHEN " + shuts_out() +
         " THEN 1 ELSE 0 END AS hides FROM protected_person g WHERE " + which + " AND " +
         protection_stands();
}

const std::string find_all = find_where("g.person BETWEEN :first AND :last");
const std::string find_one = find_where("g.id = :id");
const std::string find_some = find_where(among_ids("g.id"));

struct Found {
  Uuid id;
  std::int64_t pk = 0;
  bool hides = false;
};
RENRAKU_DESCRIBE(Found, id, pk, hides)

}  // namespace

Protections Protections::of_municipality(access::Permit& permit) {
  const storage::KeyRange range = storage::key_range(permit.scope().municipality);
  storage::Query query = permit.transaction().query(find_all);
  query.bind("first", range.first).bind("last", range.last);
  bind_reader(query, permit);
  Protections protections;
  while (query.next()) protections.add(query);
  return protections;
}

Protections Protections::of(access::Permit& permit, const Uuid& person) {
  storage::Query query = permit.transaction().query(find_one);
  query.bind("id", person);
  bind_reader(query, permit);
  Protections protections;
  while (query.next()) protections.add(query);
  return protections;
}

Protections Protections::of(access::Permit& permit, std::span<const Uuid> people) {
  if (people.size() == 1) return of(permit, people.front());
  Protections protections;
  ask_of_many(
      permit.transaction(), find_some, people,
      [&](storage::Query& query) { bind_reader(query, permit); },
      [&](storage::Query& row) { protections.add(row); });
  return protections;
}

void Protections::add(storage::Query& row) {
  const auto found = row.read<Found>();
  bool& hides = people_[found.id];
  hides = hides || found.hides;
  if (found.hides) hidden_rows_.insert(found.pk);
}

}  // namespace renraku::domain
