#include "domain/people/search_page.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <renraku/describe.hpp>

#include "crypto/hash.hpp"
#include "domain/people/hidden.hpp"

namespace renraku::domain {
namespace {

/// How many rows one statement of a walk reads: some 300 KB, and a round trip to a server.
constexpr int block_size = 1'000;

/// How many rows are read by their keys at once.
constexpr std::size_t keys_max = page_size_max + 1;

const std::array<std::string, keys_max>& key_names() {
  static const auto names = [] {
    std::array<std::string, keys_max> made;
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = fmt::format("key{}", i);
    return made;
  }();
  return names;
}

std::string any_key() {
  std::string names;
  for (const std::string& name : key_names()) names += (names.empty() ? ":" : ", :") + name;
  return "s.person IN (" + names + ")";
}

constexpr std::string_view in_municipality = "s.municipality = :municipality";
constexpr std::string_view after_place =
    "(s.sort, s.person) > (:sort, :pk) ORDER BY s.sort, s.person LIMIT :size";
constexpr std::string_view in_order = " ORDER BY s.sort, s.person";

struct WalkedRow {
  crypto::ByteView sort;
  std::int64_t pk = 0;
  storage::LazyText named;
  storage::LazyText placed;
  storage::LazyText written;
  storage::LazyText own;
};
RENRAKU_DESCRIBE(WalkedRow, sort, pk, named, placed, written, own)

void bind_keys(storage::Query& query, const std::vector<std::int64_t>& keys) {
  for (std::size_t i = 0; i < keys_max; ++i) {
    query.bind(key_names()[i], i < keys.size() ? std::optional(keys[i]) : std::nullopt);
  }
}

/// False when no more rows are wanted.
bool visit_rows(storage::Query& query, const std::function<bool(storage::Query&)>& visit) {
  while (query.next()) {
    if (!visit(query)) return false;
  }
  return true;
}

/// The row as needles ask it.
struct WalkedTexts {
  const WalkedRow& row;
  const HiddenPeople& hidden_people;

  [[nodiscard]] std::string_view named() const { return row.named.text(); }
  [[nodiscard]] std::string_view placed() const { return row.placed.text(); }
  [[nodiscard]] std::string_view written() const { return row.written.text(); }
  [[nodiscard]] std::string_view own() const { return row.own.text(); }
  [[nodiscard]] bool hidden() const { return hidden_people.contains(row.pk); }
};

/// A walk in blocks through the list for those whom the needles fit.
class NeedleWalk {
 public:
  /// `bind` binds all but place and size.
  NeedleWalk(access::Permit& permit, std::string_view sql, const FoldedNeedles& needles,
             SearchPlace after, ReadingList::Bind bind)
      : permit_(permit),
        sql_(sql),
        needles_(needles),
        bind_(std::move(bind)),
        place_(std::move(after)) {
    if (needles.in_places()) hidden_ = HiddenPeople(permit);
  }

  /// The keys of the next who fit, at most `most`; none at the end.
  std::vector<std::int64_t> next(std::size_t most) {
    std::vector<std::int64_t> found;
    while (!ended_ && found.size() < most) ended_ = !walk_block(most, found);
    return found;
  }

 private:
  /// False at the end of the list.
  bool walk_block(std::size_t most, std::vector<std::int64_t>& found) {
    storage::Query query = permit_.transaction().query(sql_);
    bind_(query);
    query.bind("sort", place_.sort).bind("pk", place_.pk).bind("size", block_size);
    for (int rows = 0; rows < block_size; ++rows) {
      if (!query.next()) return false;
      const auto row = query.read<WalkedRow>();
      place_.sort.assign(row.sort.begin(), row.sort.end());
      place_.pk = row.pk;
      if (!needles_.fit(WalkedTexts{row, hidden_})) continue;
      found.push_back(row.pk);
      if (found.size() == most) break;
    }
    return true;
  }

  access::Permit& permit_;
  std::string_view sql_;
  const FoldedNeedles& needles_;
  ReadingList::Bind bind_;
  SearchPlace place_;
  HiddenPeople hidden_;
  bool ended_ = false;
};

}  // namespace

std::string SearchPlace::cursor() const {
  return crypto::hex(sort) + "." + std::to_string(pk);
}

SearchPlace SearchPlace::parse(std::string_view cursor) {
  SearchPlace place;
  if (cursor.empty()) return place;
  const std::size_t dot = cursor.find('.');
  if (dot == std::string_view::npos) throw no_cursor();
  auto sort = bytes_from_hex(cursor.substr(0, dot));
  if (!sort) throw no_cursor();
  place.sort = *std::move(sort);
  const char* const last = cursor.data() + cursor.size();
  const auto [end, wrong] = std::from_chars(cursor.data() + dot + 1, last, place.pk);
  if (wrong != std::errc{} || end != last) throw no_cursor();
  return place;
}

// The rows are read by key without the municipality: it would lead the engine to walk all of it,
// and the keys came out of it in this transaction.
ReadingList::ReadingList(const Sql& sql) {
  const std::string shown = "SELECT " + sql.columns + ", s.sort AS sort, s.person AS pk FROM " +
                            sql.tables + sql.joins + " WHERE ";
  const std::string seen = "NOT " + hidden("s.person");
  const std::string where = sql.where + " AND (:places_only_seen = 0 OR " + seen + ") AND ";
  const auto page = [&](std::string_view also) {
    return fmt::format("{}{} AND {}{} AND {} AND {}", shown, in_municipality, sql.where, also,
                       sql.shown_where, after_place);
  };
  page_ = page("");
  page_seen_ = page(" AND " + seen);
  rows_ = fmt::format("{}{}{} AND {}{}", shown, where, sql.shown_where, any_key(), in_order);
  walk_ = fmt::format(
      "SELECT s.sort AS sort, s.person AS pk, s.municipality AS municipality, s.named AS named, "
      "s.placed AS placed, {} FROM {} WHERE {} AND {}{}",
      sql.own_texts, sql.tables, in_municipality, where, after_place);
}

void ReadingList::read(const Reading& reading, const Visit& visit) const {
  const FoldedNeedles needles(reading.needles);
  if (needles.any()) return read_fitting(reading, needles, visit);
  // A condition that mostly says nothing would mislead a planner that plans once for all values.
  storage::Query query =
      reading.permit.transaction().query(reading.needles.places_only_seen ? page_seen_ : page_);
  bind_shown(reading, query);
  query.bind("municipality", reading.permit.scope().municipality)
      .bind("sort", reading.after.sort)
      .bind("pk", reading.after.pk)
      .bind("size", reading.rows);
  visit_rows(query, visit);
}

void ReadingList::read_fitting(const Reading& reading, const FoldedNeedles& needles,
                               const Visit& visit) const {
  NeedleWalk walk(reading.permit, walk_, needles, reading.after, [&](storage::Query& query) {
    bind_where(reading, query);
    query.bind("municipality", reading.permit.scope().municipality);
  });
  // As many as are wanted at first; where few of those are shown in the end, as many as possible.
  for (std::size_t most = reading.rows;; most = keys_max) {
    const std::vector<std::int64_t> keys = walk.next(most);
    if (keys.empty()) return;
    storage::Query query = reading.permit.transaction().query(rows_);
    bind_shown(reading, query);
    bind_keys(query, keys);
    if (!visit_rows(query, visit)) return;
  }
}

void ReadingList::bind_where(const Reading& reading, storage::Query& query) {
  // A page may speak of nobody's place.
  if (query.takes("reader")) {
    bind_reader(query, reading.permit);
  } else if (query.takes("today")) {
    query.bind("today", reading.permit.today());
  }
  if (query.takes("places_only_seen")) {
    query.bind("places_only_seen", reading.needles.places_only_seen);
  }
  if (reading.binds.where) reading.binds.where(query);
}

void ReadingList::bind_shown(const Reading& reading, storage::Query& query) {
  bind_where(reading, query);
  if (reading.binds.shown_where) reading.binds.shown_where(query);
}

}  // namespace renraku::domain
