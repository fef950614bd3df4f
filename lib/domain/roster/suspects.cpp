// Pairs of people that may be one. An officer's word links or parts them; nothing is merged.
#include <algorithm>
#include <array>
#include <limits>

#include "domain/roster/listing.hpp"
#include "domain/roster/roster.hpp"
#include "domain/table.hpp"

namespace renraku::domain {
namespace {

const Table<Suspect> table("suspect");

const std::string pairs = "SELECT pk, " + storage::columns<Suspect>() +
                          " FROM suspect WHERE municipality = :municipality AND decision ";
const std::string list_open = pairs + "= 'open' AND pk > :after ORDER BY pk LIMIT :size";
const std::string list_decided = pairs + "<> 'open' AND pk < :after ORDER BY pk DESC LIMIT :size";
constexpr std::string_view every_open =
    "SELECT first, second, reasons FROM suspect "
    "WHERE municipality = :municipality AND decision = 'open'";
constexpr std::string_view count_pair =
    "SELECT count(*) FROM suspect WHERE first = :first AND second = :second";
constexpr std::string_view decided_same =
    "SELECT a.id AS one, b.id AS other FROM suspect s "
    "JOIN person p ON p.id = s.first JOIN evacuee a ON a.person_pk = p.pk "
    "JOIN person q ON q.id = s.second JOIN evacuee b ON b.person_pk = q.pk "
    "WHERE s.municipality = :municipality AND s.decision = 'same'";

/// Whom a pair is of.
struct Two {
  Id<Person> first;
  Id<Person> second;
};
RENRAKU_DESCRIBE(Two, first, second)

template <class Pair>
bool either_hidden(const Protections& protections, const Pair& pair) {
  return protections.hides(pair.first) || protections.hides(pair.second);
}

bool has(const std::vector<std::string>& reasons, std::string_view reason) {
  return std::ranges::find(reasons, reason) != reasons.end();
}

// Name and birth date, or 宛名番号, speak for a pair without a place.
bool rests_on_place(const std::vector<std::string>& reasons) {
  return !has(reasons, "municipal_number") && !(has(reasons, "name") && has(reasons, "birth_date"));
}

// That two people share a place or a telephone tells where the protected one of them is.
void leave_out_places(Suspect& suspect) {
  std::erase_if(suspect.reasons,
                [](const std::string& reason) { return reason == "phone" || reason == "address"; });
}

std::vector<std::optional<Suspect>> seen(access::Permit& permit, std::vector<Suspect> pairs) {
  std::vector<Uuid> people;
  for (const Suspect& pair : pairs) people.insert(people.end(), {pair.first, pair.second});
  const Protections protections = Protections::of(permit, people);
  std::vector<std::optional<Suspect>> shown;
  for (Suspect& pair : pairs) {
    std::optional<Suspect>& place = shown.emplace_back();
    const bool hidden = either_hidden(protections, pair);
    if (hidden && rests_on_place(pair.reasons)) continue;
    if (hidden) leave_out_places(pair);
    place = std::move(pair);
  }
  return shown;
}

Page<Suspect> list_pairs(access::Permit& permit, std::string_view sql, const PageRequest& request,
                         std::int64_t start) {
  const auto show = [&](std::vector<Suspect> pairs) { return seen(permit, std::move(pairs)); };
  auto page = list_waiting<Suspect, Suspect>(permit, sql, request, show, start);
  for (const Suspect& suspect : page.items) {
    permit.saw(suspect.first);
    permit.saw(suspect.second);
  }
  return page;
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
  const std::array<Uuid, 2> people{changed.first, changed.second};
  if (either_hidden(Protections::of(permit, people), changed)) leave_out_places(changed);
  return changed;
}

std::int64_t count_open_suspects(access::Permit& permit, const Protections& protections) {
  storage::Query query = permit.transaction().query(every_open);
  query.bind("municipality", permit.scope().municipality);
  std::int64_t count = 0;
  while (query.next()) {
    const bool left_out = either_hidden(protections, query.read<Two>()) &&
                          rests_on_place(query.read<std::vector<std::string>>("reasons"));
    if (!left_out) ++count;
  }
  return count;
}

std::vector<std::pair<Id<Evacuee>, Id<Evacuee>>> same_people(access::Permit& permit) {
  std::vector<std::pair<Id<Evacuee>, Id<Evacuee>>> pairs;
  storage::Query query = permit.transaction().query(decided_same);
  query.bind("municipality", permit.scope().municipality);
  while (query.next()) {
    pairs.emplace_back(query.read<Id<Evacuee>>("one"), query.read<Id<Evacuee>>("other"));
  }
  return pairs;
}

}  // namespace renraku::domain
