// How the roster stands: a number for each list.
#include "domain/roster/listing.hpp"
#include "domain/roster/roster.hpp"

namespace renraku::domain {
namespace {

// Each list's own condition, so that a count is what its list shows.
const std::string count_each =
    "SELECT (SELECT count(*) FROM evacuee "
    "WHERE municipality = :municipality AND listed = 1) AS people, "
    "(SELECT count(*) FROM open_row "
    "WHERE municipality = :municipality AND state = 'open') AS open_rows, "
    "(SELECT count(*)" +
    open_suspects() +
    ") AS suspects, "
    "(SELECT count(*) FROM missing_evacuee "
    "WHERE municipality = :municipality AND waiting = 1) AS missing, "
    "(SELECT count(*)" +
    open_conflicts() + ") AS conflicts";

}  // namespace

RosterSummary summarise_roster(access::Permit& permit) {
  storage::Query query = permit.transaction().query(count_each);
  query.bind("municipality", permit.scope().municipality);
  bind_reader(query, permit);
  return query.optional<RosterSummary>().value_or(RosterSummary{});
}

}  // namespace renraku::domain
