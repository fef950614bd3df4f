// 未取込: rows that could not be taken.
#include "crypto/hash.hpp"
#include "domain/roster/listing.hpp"
#include "domain/roster/roster.hpp"
#include "domain/table.hpp"

namespace renraku::domain {
namespace {

/// An open row as it is stored; `canonical` because "column" is a word of SQL.
struct StoredOpenRow {
  Id<StoredOpenRow> id;
  std::int64_t revision = 0;
  std::string municipality;
  Instant imported_at;
  std::int64_t line = 0;
  std::string canonical;
  std::string reason;
  std::vector<ExtraColumn> cells;
  bool guarded = false;
  OpenRowState state = OpenRowState::open;
};
RENRAKU_DESCRIBE(StoredOpenRow, id, revision, municipality, imported_at, line, canonical, reason,
                 cells, guarded, state)

const Table<StoredOpenRow> table("open_row");
// The digest is written once, with the row: changes leave it.
const Table<StoredOpenRow> new_rows("open_row", {"digest"});

// A row may be of everybody whom it names, and is hidden like their place. Cells that tell of
// protection, of whomever, are shown to members who are an officer of some protection in force.
const std::string list_open =
    "SELECT o.pk AS pk, " + storage::columns<StoredOpenRow>("o") +
    ", ((o.guarded = 1 AND NOT EXISTS (SELECT 1 FROM protection_officer f "
    "JOIN protected_person g ON g.by_person = f.by_person WHERE f.member = :reader "
    "AND (g.from_day IS NULL OR g.from_day <= :today) "
    "AND (g.until_day IS NULL OR g.until_day >= :today))) "
    "OR EXISTS (SELECT 1 FROM open_row_person l WHERE l.open_row = o.pk AND " +
    hidden("l.person") +
    ")) AS hidden FROM open_row o "
    "WHERE o.municipality = :municipality AND o.state = 'open' AND o.pk > :after "
    "ORDER BY o.pk LIMIT :size";
constexpr std::string_view name_person =
    "INSERT INTO open_row_person (open_row, person) "
    "SELECT CAST(:open_row AS BIGINT), person_pk FROM evacuee WHERE pk = :entry "
    "ON CONFLICT (open_row, person) DO NOTHING";
constexpr std::string_view count_open =
    "SELECT count(*) FROM open_row WHERE municipality = :municipality AND state = 'open'";
constexpr std::string_view count_same =
    "SELECT count(*) FROM open_row WHERE municipality = :municipality AND digest = :digest";

}  // namespace

void RosterWriter::keep(KeptRow row) {
  kept_.push_back(std::move(row));
  if (kept_.size() >= kept_max) write_kept();
}

void RosterWriter::write_kept() {
  for (const KeptRow& kept : kept_) write_kept(kept);
  kept_.clear();
}

void RosterWriter::write_kept(const KeptRow& kept) {
  storage::Transaction& transaction = permit_.transaction();
  const crypto::Digest digest = crypto::sha256(crypto::view_of(to_json(kept.row.cells)));
  const std::string& municipality = permit_.scope().municipality;
  const storage::Keyed key(municipality, crypto::ByteView(digest));
  const auto same = transaction.query(count_same)
                        .bind("municipality", municipality)
                        .bind("digest", key)
                        .optional<std::int64_t>();
  if (same.value_or(0) > 0) return;
  StoredOpenRow stored;
  copy_shared_fields(kept.row, stored);
  stored.imported_at = permit_.now();
  stored.canonical = kept.row.column;
  stored.guarded = kept.guarded;
  const std::int64_t pk =
      next_key(open_rows_, [](access::Permit& permit) { return table.keys(permit); });
  new_rows.insert(permit_, pk, std::move(stored),
                  [&](storage::MadeRow& made, const StoredOpenRow&) { made.bind("digest", key); });
  for (const std::int64_t entry : kept.entries) {
    transaction.query(name_person).bind("open_row", pk).bind("entry", entry).run();
  }
}

Page<OpenRow> list_open_rows(access::Permit& permit, const PageRequest& page) {
  return list_waiting<OpenRow, Asks::places>(permit, list_open, page, [](storage::Query& query) {
    const auto stored = query.read<StoredOpenRow>();
    OpenRow row;
    copy_shared_fields(stored, row);
    row.id = Id<OpenRow>(stored.id);
    row.column = stored.canonical;
    row.withheld = query.read<bool>("hidden");
    if (row.withheld) row.cells.clear();
    return row;
  });
}

std::int64_t count_open_rows(access::Permit& permit) {
  return permit.transaction()
      .query(count_open)
      .bind("municipality", permit.scope().municipality)
      .optional<std::int64_t>()
      .value_or(0);
}

void close_open_row(access::Permit& permit, const Id<OpenRow>& id, std::int64_t revision,
                    OpenRowState state) {
  const StoredOpenRow stored = table.load(permit, Id<StoredOpenRow>(id));
  if (stored.state != OpenRowState::open) {
    throw Error(ErrorCode::not_found, "this row was mended or dismissed already", "open_row");
  }
  StoredOpenRow changed = stored;
  changed.revision = revision;
  changed.state = state;
  table.change(permit, stored, std::move(changed));
}

}  // namespace renraku::domain
