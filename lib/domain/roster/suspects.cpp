// Pairs of people that may be one. An officer's word links or parts them; nothing is merged.
#include <limits>

#include "domain/roster/listing.hpp"
#include "domain/roster/roster.hpp"
#include "domain/table.hpp"

namespace renraku::domain {
namespace {

const Table<Suspect> table("suspect");

const std::string pairs = "SELECT s.pk AS pk, " + storage::columns<Suspect>("s") + ", (" +
                          hidden("a.pk") + " OR " + hidden("b.pk") + ") AS hidden";
const std::string list_open =
    pairs + open_suspects() + " AND s.pk > :after ORDER BY s.pk LIMIT :size";
const std::string list_decided = pairs + suspects_whose_decision("<> 'open'") +
                                 " AND s.pk < :after ORDER BY s.pk DESC LIMIT :size";
constexpr std::string_view count_pair =
    "SELECT count(*) FROM suspect WHERE first = :first AND second = :second";
constexpr std::string_view decided_same =
    "SELECT a.pk AS one, b.pk AS other FROM suspect s "
    "JOIN person p ON p.id = s.first JOIN evacuee a ON a.person_pk = p.pk "
    "JOIN person q ON q.id = s.second JOIN evacuee b ON b.person_pk = q.pk "
    "WHERE s.municipality = :municipality AND s.decision = 'same'";

bool either_hidden(access::Permit& permit, const Suspect& suspect) {
  return load_person(permit, suspect.first).hidden || load_person(permit, suspect.second).hidden;
}

// That two people share a place or a telephone tells where the protected one of them is.
void leave_out_places(Suspect& suspect) {
  std::erase_if(suspect.reasons,
                [](const std::string& reason) { return reason == "phone" || reason == "address"; });
}

Page<Suspect> list_pairs(access::Permit& permit, std::string_view sql, const PageRequest& page,
                         std::int64_t start) {
  const auto take = [&](storage::Query& query) {
    auto suspect = query.read<Suspect>();
    if (query.read<bool>("hidden")) leave_out_places(suspect);
    permit.saw(suspect.first);
    permit.saw(suspect.second);
    return suspect;
  };
  return list_waiting<Suspect, Asks::places>(permit, sql, page, take, start);
}

}  // namespace

void RosterWriter::suspect(const Id<Person>& one, const Id<Person>& other,
                           std::vector<std::string> reasons) {
  Suspect pair;
  pair.first = std::min(one, other);
  pair.second = std::max(one, other);
  pair.reasons = std::move(reasons);
  const auto queued = permit_.transaction()
                          .query(count_pair)
                          .bind("first", pair.first)
                          .bind("second", pair.second)
                          .optional<std::int64_t>();
  if (queued.value_or(0) > 0) return;
  const std::int64_t pk =
      next_key(suspects_, [](access::Permit& permit) { return table.keys(permit); });
  table.insert(permit_, pk, std::move(pair));
}

Page<Suspect> list_suspects(access::Permit& permit, const PageRequest& page) {
  return list_pairs(permit, list_open, page, 0);
}

Page<Suspect> list_decided_suspects(access::Permit& permit, const PageRequest& page) {
  return list_pairs(permit, list_decided, page, std::numeric_limits<std::int64_t>::max());
}

Suspect decide_suspect(access::Permit& permit, const Id<Suspect>& id, std::int64_t revision,
                       SuspectDecision decision) {
  const Suspect stored = table.load(permit, id);
  Suspect changed = stored;
  changed.revision = revision;
  changed.decision = decision;
  changed = table.update(permit, stored, std::move(changed));
  // In both people's histories, each sealed under its own key.
  access::Changes changes;
  changes.changed("suspect", stored, changed);
  permit.journal(stored.first, changes, true);
  permit.journal(stored.second, changes, true);
  if (either_hidden(permit, changed)) leave_out_places(changed);
  return changed;
}

std::vector<std::pair<std::int64_t, std::int64_t>> same_people(access::Permit& permit) {
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
  storage::Query query = permit.transaction().query(decided_same);
  query.bind("municipality", permit.scope().municipality);
  while (query.next()) {
    pairs.emplace_back(query.read<std::int64_t>("one"), query.read<std::int64_t>("other"));
  }
  return pairs;
}

}  // namespace renraku::domain
