// Fields where a file and what is stored disagree.
#include "domain/roster/listing.hpp"
#include "domain/roster/roster.hpp"
#include "domain/table.hpp"

namespace renraku::domain {
namespace {

/// A conflict as it is stored; `canonical` because "column" is a word of SQL.
struct StoredConflict {
  Id<StoredConflict> id;
  std::int64_t revision = 0;
  std::string municipality;
  Id<Evacuee> evacuee;
  Id<Person> person;
  std::string canonical;
  bool placed = false;
  std::string stored;
  std::string file;
  Instant noticed_at;
  ConflictDecision decision = ConflictDecision::open;
};
RENRAKU_DESCRIBE(StoredConflict, id, revision, municipality, evacuee, person, canonical, placed,
                 stored, file, noticed_at, decision)

const Table<StoredConflict> table("import_conflict");

const std::string list_open = "SELECT pk, " + storage::columns<StoredConflict>() +
                              " FROM import_conflict WHERE municipality = :municipality "
                              "AND decision = 'open' AND pk > :after ORDER BY pk LIMIT :size";
constexpr std::string_view every_open =
    "SELECT person, placed FROM import_conflict "
    "WHERE municipality = :municipality AND decision = 'open'";
constexpr std::string_view list_said =
    "SELECT stored, file, id, revision, municipality, person, placed FROM import_conflict "
    "WHERE evacuee = :evacuee AND canonical = :canonical";

/// Whom a conflict is about, and whether it tells where that is.
struct About {
  Id<Person> person;
  bool placed = false;
};
RENRAKU_DESCRIBE(About, person, placed)

template <class Conflict>
bool tells_hidden_place(const Protections& protections, const Conflict& conflict) {
  return conflict.placed && protections.hides(conflict.person);
}

ImportConflict public_form(const StoredConflict& stored) {
  ImportConflict conflict;
  copy_shared_fields(stored, conflict);
  conflict.id = Id<ImportConflict>(stored.id);
  conflict.column = stored.canonical;
  return conflict;
}

std::vector<std::optional<ImportConflict>> seen(access::Permit& permit,
                                                const std::vector<StoredConflict>& conflicts) {
  std::vector<Uuid> people;
  people.reserve(conflicts.size());
  for (const StoredConflict& conflict : conflicts) people.push_back(conflict.person);
  const Protections protections = Protections::of(permit, people);
  std::vector<std::optional<ImportConflict>> shown;
  for (const StoredConflict& conflict : conflicts) {
    std::optional<ImportConflict>& place = shown.emplace_back();
    if (!tells_hidden_place(protections, conflict)) place = public_form(conflict);
  }
  return shown;
}

bool is_queued(access::Permit& permit, const Id<Evacuee>& evacuee, const std::string& column,
               const std::string& file) {
  storage::Query said = permit.transaction().query(list_said);
  said.bind("evacuee", evacuee).bind("canonical", column);
  while (said.next()) {
    if (said.read<std::string>("file") == file) return true;
  }
  return false;
}

}  // namespace

void RosterWriter::conflict(const StoredEvacuee& entry, const std::string& column, bool placed,
                            const std::string& stored, const std::string& file) {
  if (is_queued(permit_, entry.evacuee.id, column, file)) return;
  StoredConflict conflict;
  conflict.evacuee = entry.evacuee.id;
  conflict.person = entry.evacuee.person;
  conflict.canonical = column;
  conflict.placed = placed;
  conflict.stored = stored;
  conflict.file = file;
  conflict.noticed_at = permit_.now();
  const std::int64_t pk =
      next_key(conflicts_, [](access::Permit& permit) { return table.keys(permit); });
  table.insert(permit_, pk, std::move(conflict));
}

Page<ImportConflict> list_conflicts(access::Permit& permit, const PageRequest& request) {
  const auto show = [&](const std::vector<StoredConflict>& rows) { return seen(permit, rows); };
  auto page = list_waiting<ImportConflict, StoredConflict>(permit, list_open, request, show);
  for (const ImportConflict& conflict : page.items) permit.saw(conflict.person);
  return page;
}

std::int64_t count_open_conflicts(access::Permit& permit, const Protections& protections) {
  storage::Query query = permit.transaction().query(every_open);
  query.bind("municipality", permit.scope().municipality);
  std::int64_t count = 0;
  while (query.next()) {
    if (!tells_hidden_place(protections, query.read<About>())) ++count;
  }
  return count;
}

ImportConflict load_conflict(access::Permit& permit, const Id<ImportConflict>& id) {
  return public_form(table.load(permit, Id<StoredConflict>(id)));
}

ImportConflict decide_conflict(access::Permit& permit, const Id<ImportConflict>& id,
                               std::int64_t revision, ConflictDecision decision) {
  const StoredConflict stored = table.load(permit, Id<StoredConflict>(id));
  if (stored.decision != ConflictDecision::open) {
    throw Error(ErrorCode::conflict, "this was decided already; read it again", "revision");
  }
  StoredConflict changed = stored;
  changed.revision = revision;
  changed.decision = decision;
  changed = table.update(permit, stored, std::move(changed));
  access::Changes changes;
  changes.changed("import_conflict", stored, changed);
  permit.journal(stored.person, changes, true);
  ImportConflict decided = public_form(changed);
  decided.withheld = tells_hidden_place(Protections::of(permit, changed.person), changed);
  if (decided.withheld) {
    decided.stored.clear();
    decided.file.clear();
  }
  return decided;
}

}  // namespace renraku::domain
