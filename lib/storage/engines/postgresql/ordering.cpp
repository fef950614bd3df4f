#include "storage/engines/postgresql/ordering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "crypto/packing.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::string_view doing = "finding a row's place in the order";

/// Ranks lie between, the first one in the middle.
constexpr std::uint64_t lowest = 0;
constexpr std::uint64_t highest = std::uint64_t{1} << 63;
/// Room left beside a row that comes after all others, or right behind the one before it.
constexpr std::uint64_t stride = std::uint64_t{1} << 40;
/// Rows sorted by the same come one behind the other, and take small parts of what is left.
constexpr std::uint64_t parts_for_equals = 256;
/// Ranks looked behind in one question.
constexpr int probes = 16;
/// From here on a transaction reads the whole list once.
constexpr int placed_singly_max = 32;

std::string bytes_of(std::uint64_t rank) {
  crypto::Packer packed;
  packed.number(rank);
  return {packed.bytes().begin(), packed.bytes().end()};
}

}  // namespace

crypto::Bytes Ordering::place(std::string_view table, std::string_view column,
                              std::string_view municipality, std::string_view key) {
  const Where where{std::string(table), std::string(column), std::string(municipality)};
  List& list = lists_[where];
  if (++list.placed > placed_singly_max && !list.known) learn(where, list);
  const auto find = [&] { return list.known ? find_gap(list, key) : find_gap(where, key); };
  Gap gap = find();
  if (gap.before - gap.after < 2) {
    spread(where, list);
    gap = find();
  }
  const Rank rank = rank_in(gap, list.last);
  list.last = rank;
  if (list.known) list.known->emplace(key, rank);
  return sealed(where, rank, key);
}

Ordering::Gap Ordering::find_gap(const List& list, std::string_view key) {
  const auto after = list.known->upper_bound(std::string(key));
  Gap gap{lowest, after == list.known->end() ? highest : after->second};
  if (after != list.known->begin()) {
    gap.after = std::prev(after)->second;
    gap.behind_equal = std::prev(after)->first == key;
  }
  return gap;
}

/// Each question asks for the first row behind each of some ranks between the two neighbours known
/// so far, evenly spread; the first of them right behind the lower one, so that the search ends
/// where nothing is left between them.
Ordering::Gap Ordering::find_gap(const Where& where, std::string_view key) {
  Gap gap{lowest, highest};
  // Rows take up a small part of all ranks: the search begins between the first and the last one.
  for (const Row& end : ends(where)) narrow(gap, end, key);
  while (gap.before - gap.after >= 2) {
    const std::vector<Row> found = probe(where, gap);
    if (found.empty()) break;
    for (const Row& row : found) narrow(gap, row, key);
  }
  return gap;
}

void Ordering::narrow(Gap& gap, const Row& row, std::string_view key) {
  if (row.key > key) {
    gap.before = std::min(gap.before, row.rank);
  } else if (row.rank >= gap.after) {
    gap.after = row.rank;
    gap.behind_equal = row.key == key;
  }
}

/// Rows that come one behind the other, in either direction, keep their distance; others part the
/// gap in the middle.
Ordering::Rank Ordering::rank_in(const Gap& gap, Rank last) {
  const Rank half = (gap.before - gap.after) / 2;
  const Rank step = std::min(half, stride);
  if (gap.after == lowest && gap.before == highest) return half;
  if (gap.before == highest) return gap.after + step;
  if (gap.behind_equal) return gap.after + std::max<Rank>(half / parts_for_equals, 1);
  if (gap.after == last) return gap.after + step;
  if (gap.after == lowest || gap.before == last) return gap.before - step;
  return gap.after + half;
}

void Ordering::learn(const Where& where, List& list) {
  list.known.emplace();
  for (Row& row : all(where)) {
    list.known->emplace_hint(list.known->end(), std::move(row.key), row.rank);
  }
}

void Ordering::spread(const Where& where, List& list) {
  const std::vector<Row> rows = all(where);
  const Rank distance = highest / (rows.size() + 1);
  Rank rank = lowest;
  const std::string& move =
      prepared(where, "UPDATE {0} SET {1} = $2 WHERE municipality = $1 AND {1} = $3");
  constexpr std::array<int, 3> binary{1, 1, 1};
  for (const Row& row : rows) {
    const crypto::Bytes stored = sealed(where, rank += distance, row.key);
    const std::array values{where.municipality.c_str(),
                            reinterpret_cast<const char*>(stored.data()), row.stored.data()};
    const std::array sizes{static_cast<int>(where.municipality.size()),
                           static_cast<int>(stored.size()), static_cast<int>(row.stored.size())};
    wire_.queue(move.c_str(), {values, sizes, binary});
  }
  if (list.known) learn(where, list);
}

std::vector<Ordering::Row> Ordering::ends(const Where& where) {
  return ask(where,
             "(SELECT {1} FROM {0} WHERE municipality = $1 ORDER BY {1} LIMIT 1) UNION ALL "
             "(SELECT {1} FROM {0} WHERE municipality = $1 ORDER BY {1} DESC LIMIT 1)",
             {});
}

std::vector<Ordering::Row> Ordering::probe(const Where& where, const Gap& gap) {
  static const std::string sql = [] {
    std::string text;
    for (int i = 0; i < probes; ++i) {
      text += fmt::format(
          "{}(SELECT {{1}} FROM {{0}} WHERE municipality = $1 AND {{1}} >= ${} AND {{1}} < $2 "
          "ORDER BY {{1}} LIMIT 1)",
          i == 0 ? "" : " UNION ALL ", i + 3);
    }
    return text;
  }();
  std::vector<std::string> bounds{bytes_of(gap.before)};
  const Rank first = gap.after + 1;
  const Rank distance = std::max<Rank>((gap.before - first) / probes, 1);
  for (Rank i = 0; i < probes; ++i) bounds.push_back(bytes_of(first + i * distance));
  return ask(where, sql, std::move(bounds));
}

std::vector<Ordering::Row> Ordering::all(const Where& where) {
  return ask(where, "SELECT {1} FROM {0} WHERE municipality = $1 ORDER BY {1}", {});
}

std::vector<Ordering::Row> Ordering::ask(const Where& where, std::string_view sql,
                                         std::vector<std::string> parameters) {
  parameters.insert(parameters.begin(), where.municipality);
  const Result found = wire_.ask(prepared(where, sql), parameters, doing);
  std::vector<Row> out;
  for (int row = 0; row < PQntuples(found.get()); ++row) {
    out.push_back(opened(where, {PQgetvalue(found.get(), row, 0),
                                 static_cast<std::size_t>(PQgetlength(found.get(), row, 0))}));
  }
  return out;
}

const std::string& Ordering::prepared(const Where& where, std::string_view sql) {
  return wire_.prepared(fmt::format(fmt::runtime(sql), where.table, where.column));
}

// A rank is one row's alone, and no key's number is so high.
std::string Ordering::behind(std::string_view stored) {
  return std::string(stored.substr(0, sizeof(Rank))) += '\xff';
}

crypto::Bytes Ordering::sealed_again(std::string_view table, std::string_view column,
                                     std::string_view municipality, std::string_view stored) {
  const Where where{std::string(table), std::string(column), std::string(municipality)};
  const Row row = opened(where, stored);
  return sealed(where, row.rank, row.key);
}

KeyOwner Ordering::owner(const Where& where) {
  const auto owner = key_owner(where.municipality);
  if (owner) return *owner;
  throw Error(ErrorCode::damaged, "a row names no municipality that could be");
}

crypto::Bytes Ordering::associated(const Where& where, Rank rank, std::uint32_t key) const {
  crypto::Packer bound;
  bound.fixed("renraku order").fixed(keys_.vault().store().bytes);
  bound.short_text(where.table).short_text(where.column).short_text(where.municipality);
  return std::move(bound.number(rank).number(key)).bytes();
}

crypto::Bytes Ordering::sealed(const Where& where, Rank rank, std::string_view key) {
  const auto keys = keys_.newest(owner(where));
  crypto::Packer out;
  out.number(rank).number(keys->number);
  out.fixed(keys->sealer.seal(associated(where, rank, keys->number), crypto::view_of(key)));
  return std::move(out).bytes();
}

Ordering::Row Ordering::opened(const Where& where, std::string_view stored) const {
  crypto::Unpacker read(crypto::view_of(stored), "a row's place in the order");
  const auto rank = read.number<Rank>();
  const auto number = read.number<std::uint32_t>();
  const auto keys = keys_.vault().find(owner(where), number);
  const crypto::Bytes key = keys->sealer.open(
      associated(where, rank, number), crypto::view_of(stored.substr(sizeof rank + sizeof number)));
  return {rank, {key.begin(), key.end()}, std::string(stored)};
}

}  // namespace renraku::storage::postgresql
