// 未取込: rows that could not be taken.
#include <algorithm>
#include <set>

#include "domain/many_ids.hpp"
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

const std::string list_open = "SELECT pk, " + storage::columns<StoredOpenRow>() +
                              " FROM open_row WHERE municipality = :municipality "
                              "AND state = 'open' AND pk > :after ORDER BY pk LIMIT :size";
// A row may be of everybody whom it names, and is hidden like their place.
const std::string find_hidden =
    "SELECT l.row_id FROM open_row_person l JOIN protected_person g ON g.id = l.person_id WHERE " +
    among_ids("l.row_id") + " AND " + protection_stands() + " AND " + shuts_out();
// Of each protection the row of whom it was made for.
const std::string count_own_protections =
    "SELECT count(*) FROM protection_officer f JOIN protected_person g "
    "ON g.person = f.by_person AND g.by_person = f.by_person WHERE f.member = :reader AND " +
    protection_stands();
// Something sealed is shown too, so that whose entry it is is vouched for.
const std::string find_named =
    "SELECT e.person AS person, e.person_pk AS person_pk, e.listed AS listed, "
    "e.consent AS consent, e.consent_date AS consent_date, e.reference AS reference, " +
    storage::identity("e") +
    " FROM evacuee e WHERE e.id = :entry AND e.municipality = :municipality";
constexpr std::string_view name_person =
    "INSERT INTO open_row_person (open_row, row_id, person, person_id) "
    "VALUES (:open_row, :row_id, :person, :person_id)";
constexpr std::string_view count_open =
    "SELECT count(*) FROM open_row WHERE municipality = :municipality AND state = 'open'";
constexpr std::string_view count_same =
    "SELECT count(*) FROM open_row WHERE municipality = :municipality AND digest = :digest";

void name(access::Permit& permit, std::int64_t row_pk, const Uuid& row, const Id<Evacuee>& entry) {
  std::int64_t person_pk = 0;
  Uuid person;
  {
    storage::Query query = permit.transaction().query(find_named);
    query.bind("entry", entry).bind("municipality", permit.scope().municipality);
    if (!query.next()) return;
    static_cast<void>(query.read<std::string>("reference"));
    person_pk = query.read<std::int64_t>("person_pk");
    person = query.read<Uuid>("person");
  }
  permit.transaction()
      .query(name_person)
      .bind("open_row", row_pk)
      .bind("row_id", row)
      .bind("person", person_pk)
      .bind("person_id", person)
      .run();
}

// The rows that name somebody whose place the reader may not see.
std::set<Uuid> naming_hidden(access::Permit& permit, const std::vector<StoredOpenRow>& rows) {
  std::vector<Uuid> ids;
  ids.reserve(rows.size());
  for (const StoredOpenRow& row : rows) ids.push_back(row.id);
  std::set<Uuid> hidden;
  ask_of_many(
      permit.transaction(), find_hidden, ids,
      [&](storage::Query& query) { bind_reader(query, permit); },
      [&](storage::Query& row) { hidden.insert(row.read<Uuid>()); });
  return hidden;
}

// Cells that tell of protection, of whomever, are shown to members who are an officer of some
// protection in force.
bool is_some_officer(access::Permit& permit) {
  storage::Query query = permit.transaction().query(count_own_protections);
  bind_officer(query, permit);
  return query.optional<std::int64_t>().value_or(0) > 0;
}

std::vector<std::optional<OpenRow>> seen(access::Permit& permit,
                                         const std::vector<StoredOpenRow>& rows) {
  const std::set<Uuid> hidden = naming_hidden(permit, rows);
  const bool shuts_guarded =
      std::ranges::any_of(rows, &StoredOpenRow::guarded) && !is_some_officer(permit);
  std::vector<std::optional<OpenRow>> shown;
  for (const StoredOpenRow& stored : rows) {
    OpenRow& row = shown.emplace_back(OpenRow{}).value();
    copy_shared_fields(stored, row);
    row.id = Id<OpenRow>(stored.id);
    row.column = stored.canonical;
    row.withheld = (stored.guarded && shuts_guarded) || hidden.contains(stored.id);
    if (row.withheld) row.cells.clear();
  }
  return shown;
}

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
  const crypto::Digest digest = open_row_digest(to_json(kept.row.cells));
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
  stored = new_rows.insert(
      permit_, pk, std::move(stored),
      [&](storage::MadeRow& made, const StoredOpenRow&) { made.bind("digest", key); });
  const std::set<Id<Evacuee>> entries(kept.entries.begin(), kept.entries.end());
  for (const Id<Evacuee>& entry : entries) name(permit_, pk, stored.id, entry);
}

Page<OpenRow> list_open_rows(access::Permit& permit, const PageRequest& request) {
  const auto show = [&](const std::vector<StoredOpenRow>& rows) { return seen(permit, rows); };
  return list_waiting<OpenRow, StoredOpenRow>(permit, list_open, request, show);
}

std::int64_t count_open_rows(access::Permit& permit) {
  return permit.transaction()
      .query(count_open)
      .bind("municipality", permit.scope().municipality)
      .optional<std::int64_t>()
      .value_or(0);
}

crypto::Digest open_row_digest(std::string_view cells) {
  return crypto::sha256(crypto::view_of(cells));
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
