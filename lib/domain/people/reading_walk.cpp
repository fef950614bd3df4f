#include "domain/people/reading_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "domain/people/walk_memory.hpp"

namespace renraku::domain {
namespace {

/// How many rows one statement of a walk reads: some 300 KB, and a round trip to a server.
constexpr int block_size = 1'000;

const std::array<std::string, keys_max>& key_names() {
  static const auto names = [] {
    std::array<std::string, keys_max> made;
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = fmt::format("key{}", i);
    return made;
  }();
  return names;
}

/// The row as needles ask it.
struct WalkedTexts {
  const WalkedRow& row;
  const Protections& protections;

  [[nodiscard]] std::string_view named() const { return row.named.text(); }
  [[nodiscard]] std::string_view placed() const { return row.placed.text(); }
  [[nodiscard]] std::string_view written() const { return row.written.text(); }
  [[nodiscard]] std::string_view own() const { return row.own.text(); }
  [[nodiscard]] bool hidden() const { return protections.hides_row(row.pk); }
};

/// The same of a row in memory.
struct PackedTexts {
  const storage::PackedRow& row;
  const Protections& protections;

  [[nodiscard]] std::string_view named() const { return row.texts[1]; }
  [[nodiscard]] std::string_view placed() const { return row.texts[2]; }
  [[nodiscard]] std::string_view written() const { return row.texts[3]; }
  [[nodiscard]] std::string_view own() const { return row.texts[4]; }
  [[nodiscard]] bool hidden() const { return protections.hides_row(row.key); }
};

SearchPlace place_of(const WalkedRow& row) {
  return {{row.sort.begin(), row.sort.end()}, row.pk};
}

}  // namespace

std::string any_key() {
  std::string names;
  for (const std::string& name : key_names()) names += (names.empty() ? ":" : ", :") + name;
  return "s.person IN (" + names + ")";
}

void bind_keys(storage::Query& query, std::span<const std::int64_t> keys) {
  for (std::size_t i = 0; i < keys_max; ++i) {
    query.bind(key_names()[i], i < keys.size() ? std::optional(keys[i]) : std::nullopt);
  }
}

RowFilter::RowFilter(access::Permit& permit, const SearchNeedles& needles,
                     const FoldedNeedles& folded)
    : folded_(folded),
      only_seen_(needles.places_only_seen),
      in_places_(only_seen_ || folded.in_places()) {
  if (in_places_) protections_ = Protections::of_municipality(permit);
}

bool RowFilter::fits(const WalkedRow& row) const {
  if (only_seen_ && protections_.hides_row(row.pk)) return false;
  return folded_.fit(WalkedTexts{row, protections_});
}

bool RowFilter::fits(const storage::PackedRow& row) const {
  if (only_seen_ && protections_.hides_row(row.key)) return false;
  return folded_.fit(PackedTexts{row, protections_});
}

std::vector<std::int64_t> BlockWalk::next(std::size_t most) {
  std::vector<std::int64_t> found;
  while (!ended_ && found.size() < most) {
    ended_ = !walk_block(most, found);
    if (ended_ && keeper_) keeper_->finish();
  }
  return found;
}

bool BlockWalk::walk_block(std::size_t most, std::vector<std::int64_t>& found) {
  storage::Query query = walk_.permit.transaction().query(sql_);
  walk_.bind(query);
  query.bind("sort", place_.sort).bind("pk", place_.pk).bind("size", block_size);
  for (int rows = 0; rows < block_size; ++rows) {
    if (!query.next()) return false;
    const auto row = query.read<WalkedRow>();
    place_.sort.assign(row.sort.begin(), row.sort.end());
    place_.pk = row.pk;
    if (keeper_) keeper_->add(row);
    if (!walk_.filter.fits(row)) continue;
    found.push_back(row.pk);
    if (found.size() == most) break;
  }
  return true;
}

PeopleWalk::PeopleWalk(const Walk& walk, std::string_view sql, const SearchPlace& after,
                       std::span<const std::int64_t> people) {
  std::vector<SearchPlace> places;
  while (!people.empty()) {
    const auto some = people.first(std::min(keys_max, people.size()));
    people = people.subspan(some.size());
    storage::Query query = walk.permit.transaction().query(sql);
    walk.bind(query);
    bind_keys(query, some);
    while (query.next()) {
      const auto row = query.read<WalkedRow>();
      SearchPlace place = place_of(row);
      if (place > after && walk.filter.fits(row)) places.push_back(std::move(place));
    }
  }
  std::ranges::sort(places);
  for (const SearchPlace& place : places) fitting_.push_back(place.pk);
}

std::vector<std::int64_t> PeopleWalk::next(std::size_t most) {
  const std::size_t begin = given_;
  given_ += std::min(most, fitting_.size() - given_);
  return {fitting_.begin() + static_cast<std::ptrdiff_t>(begin),
          fitting_.begin() + static_cast<std::ptrdiff_t>(given_)};
}

}  // namespace renraku::domain
