// How the roster stands: a number for each list.
#include "domain/roster/listing.hpp"
#include "domain/roster/roster.hpp"

namespace renraku::domain {
namespace {

/// What the database counts without asking for anybody's place.
struct Counted {
  std::int64_t people = 0;
  std::int64_t open_rows = 0;
  std::int64_t missing = 0;
};
RENRAKU_DESCRIBE(Counted, people, open_rows, missing)

constexpr std::string_view count_each =
    "SELECT (SELECT count(*) FROM evacuee "
    "WHERE municipality = :municipality AND listed = 1) AS people, "
    "(SELECT count(*) FROM open_row "
    "WHERE municipality = :municipality AND state = 'open') AS open_rows, "
    "(SELECT count(*) FROM missing_evacuee "
    "WHERE municipality = :municipality AND waiting = 1) AS missing";

}  // namespace

RosterSummary summarise_roster(access::Permit& permit) {
  const auto counted = permit.transaction()
                           .query(count_each)
                           .bind("municipality", permit.scope().municipality)
                           .optional<Counted>()
                           .value_or(Counted{});
  const Protections protections = Protections::of_municipality(permit);
  RosterSummary summary;
  summary.people = counted.people;
  summary.open_rows = counted.open_rows;
  summary.suspects = count_open_suspects(permit, protections);
  summary.missing = counted.missing;
  summary.conflicts = count_open_conflicts(permit, protections);
  return summary;
}

}  // namespace renraku::domain
