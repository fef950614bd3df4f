#include "domain/people/text_pairs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <renraku/described/municipality.hpp>

#include "storage/row_key.hpp"
#include "text/utf8.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view find_switch =
    "SELECT text_index FROM municipality WHERE code = :municipality";
constexpr std::string_view add_row =
    "INSERT INTO person_pair (person, part, pairs) VALUES (:person, :part, :pairs)";
constexpr std::string_view change_row =
    "UPDATE person_pair SET pairs = :pairs WHERE person = :person AND part = :part";
constexpr std::string_view put_row =
    "INSERT INTO person_pair (person, part, pairs) VALUES (:person, :part, :pairs) "
    "ON CONFLICT (person, part) DO UPDATE SET pairs = excluded.pairs";

constexpr std::string_view remove_row =
    "DELETE FROM person_pair WHERE person = :person AND part = :part";

constexpr std::array<std::string_view, 3> way_names{"way_1", "way_2", "way_3"};

/// By itself and without its limit, so that no planner walks through everybody in hope of a few.
std::string find_where(std::string_view fits) {
  return fmt::format(
      "WITH found AS MATERIALIZED (SELECT b.person AS person FROM person_pair b WHERE {}) "
      "SELECT f.person AS person FROM found f LIMIT :size",
      fits);
}
const std::string find_in_one_way = find_where("has_all(b.pairs, :way_1)");
const std::string find_in_three_ways =
    find_where("has_all(b.pairs, :way_1) OR has_all(b.pairs, :way_2) OR has_all(b.pairs, :way_3)");

/// Keys are the server's word, and nobody of another municipality is shown.
void need_here(const std::vector<std::int64_t>& sorted, std::string_view municipality) {
  const storage::KeyRange here = storage::key_range(municipality);
  if (sorted.empty() || (sorted.front() >= here.first && sorted.back() <= here.last)) return;
  throw Error(ErrorCode::damaged, "the server gave another municipality's row; run a check",
              "person");
}

std::string_view name_of(PairPart part) {
  return part == PairPart::person ? "person" : "entry";
}

/// Of a folder, whose file is encrypted whole, nothing is asked.
TextIndex switch_of(storage::Transaction& transaction, std::string_view municipality) {
  if (!transaction.row_sealing()) return TextIndex::off;
  return transaction.query(find_switch)
      .bind("municipality", municipality)
      .optional<TextIndex>()
      .value_or(TextIndex::off);
}

void write(storage::Transaction& transaction, std::string_view sql, std::string_view municipality,
           std::int64_t person, PairPart part, std::string_view pairs) {
  transaction.query(sql)
      .bind("person", person)
      .bind("part", name_of(part))
      .bind("pairs", storage::Keyed(municipality, pairs))
      .run();
}

}  // namespace

void add_pairs(std::string& pairs, PairOf of, std::string_view folded) {
  std::size_t first = 0;
  bool has_first = false;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    const bool ends_line = text::next_code_point(folded, at) == U'\n';
    if (has_first && !ends_line) {
      pairs += static_cast<char>(of);
      pairs += folded.substr(first, at - first);
      pairs += '\n';
    }
    first = begin;
    has_first = !ends_line;
  }
}

std::string pairs_of(PairOf of, std::string_view folded) {
  std::string pairs;
  add_pairs(pairs, of, folded);
  return pairs;
}

bool keeps_pairs(storage::Transaction& transaction, std::string_view municipality) {
  return switch_of(transaction, municipality) != TextIndex::off;
}

void add_pairs_of(storage::Transaction& transaction, std::string_view municipality,
                  std::int64_t person, PairPart part, std::string_view pairs) {
  write(transaction, add_row, municipality, person, part, pairs);
}

void change_pairs_of(storage::Transaction& transaction, std::string_view municipality,
                     std::int64_t person, PairPart part, std::string_view pairs) {
  write(transaction, change_row, municipality, person, part, pairs);
}

void put_pairs_of(storage::Transaction& transaction, std::string_view municipality,
                  std::int64_t person, PairPart part, std::string_view pairs) {
  write(transaction, put_row, municipality, person, part, pairs);
}

void remove_pairs_of(storage::Transaction& transaction, std::int64_t person, PairPart part) {
  transaction.query(remove_row).bind("person", person).bind("part", name_of(part)).run();
}

std::optional<std::vector<std::int64_t>> people_with_pairs(storage::Transaction& transaction,
                                                           std::string_view municipality,
                                                           const PairWays& ways) {
  if (switch_of(transaction, municipality) != TextIndex::on) return std::nullopt;
  storage::Query query = transaction.query(ways.size() == 1 ? find_in_one_way : find_in_three_ways);
  // More parameters than ways ask for the last one again.
  for (std::size_t i = 0; i < way_names.size() && query.takes(way_names[i]); ++i) {
    const std::string& way = ways[std::min(i, ways.size() - 1)];
    query.bind(way_names[i], storage::Keyed(municipality, way));
  }
  query.bind("size", found_by_pairs_max + 1);
  std::vector<std::int64_t> people = query.all<std::int64_t>();
  if (people.size() > found_by_pairs_max) return std::nullopt;
  std::ranges::sort(people);
  // Of one person there are two rows.
  const auto twice = std::ranges::unique(people);
  people.erase(twice.begin(), twice.end());
  need_here(people, municipality);
  return people;
}

}  // namespace renraku::domain
