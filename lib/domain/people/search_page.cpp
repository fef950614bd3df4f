#include "domain/people/search_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "crypto/hash.hpp"
#include "domain/people/reading_walk.hpp"
#include "domain/people/text_pairs.hpp"
#include "domain/people/walk_memory.hpp"

namespace renraku::domain {
namespace {

/// How many rows are read at once where few of them are shown: a round trip to a server each.
constexpr std::size_t batch_max = 1'000;

constexpr std::string_view in_municipality = "s.municipality = :municipality";
constexpr std::string_view after_place =
    "(s.sort, s.person) > (:sort, :pk) ORDER BY s.sort, s.person LIMIT :size";
constexpr std::string_view in_order = " ORDER BY s.sort, s.person";

}  // namespace

/// Rows that are read together.
class ReadingList::Batch {
 public:
  Batch(access::Permit& permit, const Filling& filling) : permit_(permit), filling_(filling) {}

  void take(storage::Query& query) {
    while (query.next()) {
      places_.push_back({query.read<crypto::Bytes>("sort"), query.read<std::int64_t>("pk")});
      people_.push_back(filling_.take(query));
    }
  }
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] const SearchPlace& last() const { return places_.back(); }

  /// Puts on the page what may be shown, and begins anew; false when the page is full. `known` are
  /// protections that were read already.
  bool settle(const Protections* known = nullptr) {
    if (places_.empty()) return true;
    const bool more = filling_.settle(places_, known ? *known : Protections::of(permit_, people_));
    places_.clear();
    people_.clear();
    return more;
  }

 private:
  access::Permit& permit_;
  const Filling& filling_;
  std::vector<SearchPlace> places_;
  std::vector<Uuid> people_;
};

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
// and the keys came out of it in this transaction, or in one since which it did not change.
ReadingList::ReadingList(const Sql& sql)
    : written_in_entries_(sql.written_in_entries), is_few_(sql.is_few), is_kept_(sql.is_kept) {
  // The order comes first, because it is read by name for every row.
  const std::string shown = "SELECT s.sort AS sort, s.person AS pk, " + sql.columns + " FROM " +
                            sql.tables + sql.joins + " WHERE " + sql.where + " AND " +
                            sql.shown_where + " AND ";
  const std::string walked = fmt::format(
      "SELECT s.sort AS sort, s.person AS pk, s.municipality AS municipality, s.named AS named, "
      "s.placed AS placed, {} FROM {} WHERE {} AND ",
      sql.own_texts, sql.tables, sql.where);
  page_ = fmt::format("{}{} AND {}", shown, in_municipality, after_place);
  rows_ = fmt::format("{}{}{}", shown, any_key(), in_order);
  walk_ = fmt::format("{}{} AND {}", walked, in_municipality, after_place);
  walk_people_ = walked + any_key();
}

void ReadingList::read(const Reading& reading, const Filling& filling) const {
  const FoldedNeedles needles(reading.needles);
  if (needles.any() || reading.people) return read_fitting(reading, needles, filling);
  read_on(reading, filling);
}

void ReadingList::read_on(const Reading& reading, const Filling& filling) const {
  Batch batch(reading.permit, filling);
  SearchPlace place = SearchPlace::parse(reading.request.after);
  std::size_t rows = static_cast<std::size_t>(page_size(reading.request)) + 1;
  if (reading.needles.places_only_seen) rows += hidden_at_once;
  for (bool ended = false; !ended; rows = std::min(2 * rows, batch_max)) {
    {
      storage::Query query = reading.permit.transaction().query(page_);
      bind_shown(reading, query);
      query.bind("sort", place.sort).bind("pk", place.pk).bind("size", rows);
      batch.take(query);
    }
    ended = batch.size() < rows;
    if (!ended) place = batch.last();
    if (!batch.settle()) return;
  }
}

void ReadingList::read_fitting(const Reading& reading, const FoldedNeedles& needles,
                               const Filling& filling) const {
  const RowFilter filter(reading.permit, reading.needles, needles);
  const auto bind = [&](storage::Query& query) { bind_where(reading, query); };
  const Walk walk{reading.permit, bind, filter};
  const SearchPlace after = SearchPlace::parse(reading.request.after);
  Next next;
  const auto found = reading.people ? *reading.people : found_by_pairs(reading, needles);
  if (found) {
    next = [of = PeopleWalk(walk, walk_people_, after, *found)](std::size_t most) mutable {
      return of.next(most);
    };
  } else {
    next = walk_all(walk, after);
  }
  Batch batch(reading.permit, filling);
  std::size_t rows = static_cast<std::size_t>(page_size(reading.request)) + 1;
  for (;; rows = std::min(2 * rows, keys_max)) {
    const std::vector<std::int64_t> keys = next(rows);
    if (keys.empty()) return;
    {
      storage::Query query = reading.permit.transaction().query(rows_);
      bind_shown(reading, query);
      bind_keys(query, keys);
      batch.take(query);
    }
    if (!batch.settle(filter.protections())) return;
  }
}

ReadingList::Next ReadingList::walk_all(const Walk& walk, const SearchPlace& after) const {
  std::shared_ptr<RowsKeeper> keeper;
  if (is_kept_) {
    const WalkMemory memory(walk.permit.transaction(), walk.permit.scope().municipality, walk_);
    if (memory.rows()) {
      return [of = KeptWalk(walk, memory.rows(), after)](std::size_t most) mutable {
        return of.next(most);
      };
    }
    keeper = memory.keeper();
  }
  return [of = BlockWalk(walk, walk_, after, keeper)](std::size_t most) mutable {
    return of.next(most);
  };
}

std::optional<std::vector<std::int64_t>> ReadingList::found_by_pairs(
    const Reading& reading, const FoldedNeedles& needles) const {
  if (is_few_) return std::nullopt;
  const std::vector<std::string> ways = needles.pairs(written_in_entries_);
  if (ways.empty()) return std::nullopt;
  auto found =
      people_with_pairs(reading.permit.transaction(), reading.permit.scope().municipality, ways);
  // Nobody is read like somebody, so that the time does not tell of who is there and hidden.
  if (found && found->empty()) found->push_back(SearchPlace{}.pk);
  return found;
}

void ReadingList::bind_where(const Reading& reading, storage::Query& query) {
  if (query.takes("municipality")) {
    query.bind("municipality", reading.permit.scope().municipality);
  }
  if (reading.binds.where) reading.binds.where(query);
}

void ReadingList::bind_shown(const Reading& reading, storage::Query& query) {
  bind_where(reading, query);
  if (reading.binds.shown_where) reading.binds.shown_where(query);
}

}  // namespace renraku::domain
