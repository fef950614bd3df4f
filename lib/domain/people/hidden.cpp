#include "domain/people/hidden.hpp"

#include "storage/row_key.hpp"

namespace renraku::domain {
namespace {

const std::string find_hidden =
    "SELECT DISTINCT g.person AS person FROM protected_person g "
    "WHERE g.person BETWEEN :first AND :last AND " +
    protection_stands() + " AND " + shuts_out();

}  // namespace

HiddenPeople::HiddenPeople(access::Permit& permit) {
  const storage::KeyRange range = storage::key_range(permit.scope().municipality);
  storage::Query query = permit.transaction().query(find_hidden);
  query.bind("first", range.first).bind("last", range.last);
  bind_reader(query, permit);
  while (query.next()) rows_.insert(query.read<std::int64_t>());
}

}  // namespace renraku::domain
