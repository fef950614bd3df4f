#include "exchange/roster/nearest_headers.hpp"

#include <algorithm>
#include <numeric>

#include "exchange/roster/headers.hpp"
#include "text/date.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::exchange::roster {
namespace {

/// Enough to recognise a file by; a header of a thousand columns would drown the message.
constexpr std::size_t listed_max = 60;
constexpr std::size_t nearest_max = 3;
constexpr std::size_t header_length_max = 40;  // characters; a longer one is a text, not a header

std::u32string characters(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += text::next_code_point(text, at);
  return out;
}

// How many characters must be changed, added or left out to make one of the other.
std::size_t edit_distance(const std::u32string& one, const std::u32string& other) {
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= one.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

bool looks_like_data(const std::string& header) {
  constexpr std::size_t digits_of_no_header = 4;
  if (text::digits_of(header).size() >= digits_of_no_header) return true;
  if (characters(header).size() > header_length_max) return true;
  const text::ReadDate date = text::read_date(header, Date{9999, 12, 31});
  return !header.empty() && date.kind == text::DateKind::known;
}

std::size_t distance_to(const ColumnInfo& column, const std::string& key) {
  const std::u32string wanted = characters(key);
  std::size_t least = edit_distance(wanted, characters(header_key(column.name)));
  std::string_view rest = column.aliases;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    least = std::min(least, edit_distance(wanted, characters(header_key(rest.substr(0, end)))));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return least;
}

std::string nearest(const ColumnInfo& column, const std::vector<std::string>& headers,
                    const std::vector<std::string>& keys) {
  std::vector<std::pair<std::size_t, std::size_t>> by_distance;
  for (std::size_t i = 0; i < std::min(headers.size(), listed_max); ++i) {
    by_distance.emplace_back(distance_to(column, keys[i]), i);
  }
  std::ranges::sort(by_distance);
  std::string text;
  for (std::size_t i = 0; i < std::min(by_distance.size(), nearest_max); ++i) {
    text += (i == 0 ? "" : ", ") + headers[by_distance[i].second];
  }
  return text;
}

}  // namespace

std::string missing_column_text(const ColumnInfo& column, const std::vector<std::string>& headers,
                                const std::vector<std::string>& keys) {
  const std::string needed =
      "the needed column '" + std::string(column.name) + "' is not in the header; ";
  if (std::ranges::any_of(headers, looks_like_data)) {
    return needed + "the first line looks like a person's row: give the file a header line";
  }
  std::string found;
  for (std::size_t i = 0; i < std::min(headers.size(), listed_max); ++i) {
    found += (i == 0 ? "" : ", ") + headers[i];
  }
  if (headers.size() > listed_max) found += ", …";
  return needed + "found: " + found + "; nearest: " + nearest(column, headers, keys) +
         "; rename the header or give a profile that maps it";
}

}  // namespace renraku::exchange::roster
