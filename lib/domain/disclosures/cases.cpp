#include "domain/disclosures/cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "domain/disclosures/disclosures.hpp"
#include "domain/many_ids.hpp"
#include "domain/people/people.hpp"
#include "domain/table.hpp"
#include "storage/row_key.hpp"

namespace renraku::domain {
namespace {

/// How many entries a walk reads at once: a round trip to a server, some 200 KB.
constexpr std::size_t block_size = 1'000;

constexpr std::string_view find_organisation =
    "SELECT id, revision, municipality, kind, districts FROM organisation WHERE id = :id "
    "AND municipality = :municipality";
constexpr std::string_view all_organisations =
    "SELECT id, revision, municipality, kind, districts FROM organisation "
    "WHERE municipality = :municipality";
const std::string said_of_people =
    "SELECT c.person AS person, c.purpose AS purpose, c.receiver AS receiver, c.state AS state, "
    "c.date AS date FROM roster_consent c WHERE " +
    among_ids("c.person");
const std::string count_protections =
    "SELECT count(*) FROM protected_person g WHERE g.id = :person AND " + protection_stands();

constexpr std::string_view entry_columns =
    "e.id AS id, e.revision AS revision, e.municipality AS municipality, e.person AS person, "
    "e.listed AS listed, e.consent AS consent, e.consent_date AS consent_date, "
    "e.district AS district, e.reference AS reference";
const std::string find_entry_of = fmt::format(
    "SELECT {} FROM person p JOIN evacuee e ON e.person_pk = p.pk "
    "WHERE p.id = :person AND e.municipality = :municipality",
    entry_columns);
const std::string walk_entries = fmt::format(
    "SELECT {}, e.pk AS pk FROM evacuee e WHERE e.pk > :after AND e.pk <= :last "
    "AND e.municipality = :municipality AND e.listed = 1 ORDER BY e.pk LIMIT :size",
    entry_columns);

struct OrganisationRow {
  OrganisationKind kind = OrganisationKind::clinic;
  std::vector<std::string> districts;
};
RENRAKU_DESCRIBE(OrganisationRow, kind, districts)

struct FoundEntry {
  Id<Evacuee> id;
  EntryFacts facts;
};
FoundEntry read_entry(storage::Query& row) {
  return {row.read<Id<Evacuee>>("id"), row.read<EntryFacts>()};
}

/// The entries behind the place, which goes on to the last of them; none at the end.
std::vector<FoundEntry> next_entries(access::Permit& permit, std::int64_t& place) {
  const std::string& municipality = permit.scope().municipality;
  storage::Query query = permit.transaction().query(walk_entries);
  query.bind("after", place)
      .bind("last", storage::key_range(municipality).last)
      .bind("municipality", municipality)
      .bind("size", block_size);
  std::vector<FoundEntry> entries;
  while (query.next()) {
    place = query.read<std::int64_t>("pk");
    entries.push_back(read_entry(query));
  }
  return entries;
}

std::optional<FoundEntry> find_entry(storage::Transaction& transaction, const Uuid& person,
                                     std::string_view municipality) {
  storage::Query query = transaction.query(find_entry_of);
  query.bind("person", person).bind("municipality", municipality);
  if (!query.next()) return std::nullopt;
  FoundEntry found = read_entry(query);
  need_same(found.facts.person, person, "person");
  return found;
}

}  // namespace

Receiver find_receiver(storage::Transaction& transaction, const Id<Organisation>& organisation,
                       std::string_view municipality) {
  const auto row = transaction.query(find_organisation)
                       .bind("id", organisation)
                       .bind("municipality", municipality)
                       .optional<OrganisationRow>();
  if (!row) return {};
  Receiver receiver(std::string(municipality), row->kind);
  receiver.serve(row->districts);
  return receiver;
}

std::vector<ReceiversOfKind> receivers_by_kind(access::Permit& permit) {
  const std::string& municipality = permit.scope().municipality;
  std::vector<ReceiversOfKind> kinds;
  kinds.reserve(receiver_kinds.size());
  for (const OrganisationKind kind : receiver_kinds) {
    kinds.push_back({Receiver(municipality, kind)});
  }
  storage::Query query = permit.transaction().query(all_organisations);
  query.bind("municipality", municipality);
  while (query.next()) {
    const auto row = query.read<OrganisationRow>();
    const auto found = std::ranges::find(
        kinds, row.kind, [](const ReceiversOfKind& each) { return each.receiver.kind(); });
    if (found == kinds.end()) continue;
    found->receiver.serve(row.districts);
    ++found->organisations;
  }
  return kinds;
}

bool is_silence_enough(storage::Transaction& transaction, std::string_view municipality,
                       const Date& today) {
  return silence_counts(rule_in_force(transaction, municipality, today), today);
}

SaidOfPeople::SaidOfPeople(storage::Transaction& transaction, std::span<const Uuid> people) {
  ask_of_many(
      transaction, said_of_people, people, [](storage::Query&) {},
      [&](storage::Query& row) {
        const auto once = row.read<SaidOnce>();
        said_[once.person].push_back(once);
      });
}

DisclosureCase SaidOfPeople::case_of(const EntryFacts& entry, bool is_protected) const {
  const auto found = said_.find(entry.person);
  return {entry, found == said_.end() ? std::vector<SaidOnce>{} : found->second, is_protected};
}

std::optional<FoundCase> find_case(storage::Transaction& transaction, const Uuid& person,
                                   std::string_view municipality, const Date& today) {
  const auto entry = find_entry(transaction, person, municipality);
  if (!entry) return std::nullopt;
  const bool is_protected = transaction.query(count_protections)
                                .bind("person", person)
                                .bind("today", today)
                                .optional<std::int64_t>()
                                .value_or(0) > 0;
  return FoundCase{entry->id,
                   SaidOfPeople(transaction, {&person, 1}).case_of(entry->facts, is_protected)};
}

void each_case(access::Permit& permit, const VisitCase& visit) {
  std::int64_t place = storage::key_range(permit.scope().municipality).first - 1;
  while (true) {
    const std::vector<FoundEntry> entries = next_entries(permit, place);
    std::vector<Uuid> people;
    people.reserve(entries.size());
    for (const FoundEntry& entry : entries) people.push_back(entry.facts.person);
    const SaidOfPeople said(permit.transaction(), people);
    const Protections protections = Protections::of(permit, people);
    for (const FoundEntry& entry : entries) {
      visit(entry.id, said.case_of(entry.facts, protections.stands(entry.facts.person)));
    }
    if (entries.size() < block_size) return;
  }
}

}  // namespace renraku::domain
