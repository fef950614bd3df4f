// People of the store whom a file did not name. An officer decides one by one; nobody is withdrawn
// by an import.
#include "domain/roster/roster.hpp"
#include "domain/table.hpp"

namespace renraku::domain {
namespace {

const Table<MissingEvacuee> table("missing_evacuee", {"waiting"});

const std::string list_open = "SELECT pk, " + storage::columns<MissingEvacuee>() +
                              " FROM missing_evacuee WHERE municipality = :municipality "
                              "AND waiting = 1 AND pk > :after ORDER BY pk LIMIT :size";
const std::string find_of = "SELECT " + storage::columns<MissingEvacuee>() +
                            " FROM missing_evacuee WHERE evacuee = :evacuee";
const std::string undecided_or_kept = "SELECT " + storage::columns<MissingEvacuee>() +
                                      " FROM missing_evacuee WHERE municipality = :municipality "
                                      "AND (waiting = 1 OR decision = 'keep')";

auto waits(bool waiting) {
  return [waiting](storage::MadeRow& row, const MissingEvacuee&) { row.bind("waiting", waiting); };
}

std::optional<Withdrawal> withdrawal_of(MissingDecision decision, const Date& today) {
  switch (decision) {
    case MissingDecision::moved_out:
      return Withdrawal{WithdrawalReason::moved_out, today};
    case MissingDecision::died:
      return Withdrawal{WithdrawalReason::died, today};
    case MissingDecision::mistake:
      return Withdrawal{WithdrawalReason::mistake, today};
    default:
      return std::nullopt;
  }
}

}  // namespace

void RosterWriter::miss(const StoredEvacuee& entry) {
  const Evacuee& evacuee = entry.evacuee;
  const auto found =
      permit_.transaction().query(find_of).bind("evacuee", evacuee.id).optional<MissingEvacuee>();
  if (!found) {
    MissingEvacuee missing;
    missing.evacuee = evacuee.id;
    missing.person = evacuee.person;
    missing.noticed_at = permit_.now();
    const std::int64_t pk =
        next_key(missing_, [](access::Permit& permit) { return table.keys(permit); });
    table.insert(permit_, pk, std::move(missing), waits(true));
    return;
  }
  if (found->decision == MissingDecision::keep) return;
  MissingEvacuee again = *found;
  again.decision = MissingDecision::open;
  if (found->decision != MissingDecision::open) again.noticed_at = permit_.now();
  table.update(permit_, *found, std::move(again), waits(true));
}

void RosterWriter::found_again(const std::function<bool(const Id<Evacuee>& entry)>& named) {
  auto found = permit_.transaction()
                   .query(undecided_or_kept)
                   .bind("municipality", permit_.scope().municipality)
                   .all<MissingEvacuee>();
  std::erase_if(found, [&](const MissingEvacuee& missing) { return !named(missing.evacuee); });
  for (const MissingEvacuee& stored : found) {
    MissingEvacuee again = stored;
    again.decision = MissingDecision::open;
    table.update(permit_, stored, std::move(again), waits(false));
  }
}

Page<MissingEvacuee> list_missing(access::Permit& permit, const PageRequest& request) {
  storage::Query query = permit.transaction().query(list_open);
  query.bind("municipality", permit.scope().municipality);
  auto page =
      page_by_key<MissingEvacuee>(query, request, [&] { return query.read<MissingEvacuee>(); });
  for (const MissingEvacuee& missing : page.items) permit.saw(missing.person);
  return page;
}

MissingEvacuee decide_missing(access::Permit& permit, const Id<MissingEvacuee>& id,
                              std::int64_t revision, MissingDecision decision) {
  const MissingEvacuee stored = table.load(permit, id);
  const StoredEvacuee entry = load_evacuee(permit, stored.evacuee);
  MissingEvacuee changed = stored;
  changed.revision = revision;
  changed.decision = decision;
  changed =
      table.update(permit, stored, std::move(changed), waits(decision == MissingDecision::open));
  access::Changes changes;
  changes.changed("missing_evacuee", stored, changed);
  // Deciding otherwise, or not at all, puts the entry back on the roster.
  Evacuee withdrawn = entry.evacuee;
  withdrawn.withdrawal = withdrawal_of(decision, permit.today());
  if (withdrawn.withdrawal != entry.evacuee.withdrawal) {
    withdrawn = update_evacuee(permit, entry, std::move(withdrawn));
    changes.changed("evacuee", entry.evacuee, withdrawn);
  }
  permit.journal(stored.person, changes, true);
  return changed;
}

}  // namespace renraku::domain
