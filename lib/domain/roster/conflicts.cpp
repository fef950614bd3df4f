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

const std::string list_open = "SELECT c.pk AS pk, " + storage::columns<StoredConflict>("c") +
                              open_conflicts() + " AND c.pk > :after ORDER BY c.pk LIMIT :size";
constexpr std::string_view list_said =
    "SELECT file, id, revision, municipality FROM import_conflict WHERE evacuee = :evacuee "
    "AND canonical = :canonical";

ImportConflict public_form(const StoredConflict& stored) {
  ImportConflict conflict;
  copy_shared_fields(stored, conflict);
  conflict.id = Id<ImportConflict>(stored.id);
  conflict.column = stored.canonical;
  return conflict;
}

ImportConflict shown(const StoredConflict& stored, bool hidden) {
  ImportConflict conflict = public_form(stored);
  conflict.withheld = hidden && stored.placed;
  if (conflict.withheld) {
    conflict.stored.clear();
    conflict.file.clear();
  }
  return conflict;
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

Page<ImportConflict> list_conflicts(access::Permit& permit, const PageRequest& page) {
  return list_waiting<ImportConflict, Asks::places>(
      permit, list_open, page, [&](storage::Query& query) {
        const auto stored = query.read<StoredConflict>();
        permit.saw(stored.person);
        return public_form(stored);
      });
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
  return shown(changed, load_person(permit, stored.person).hidden);
}

}  // namespace renraku::domain
