// Lists of people in the order of their readings: the condition, the place in the list, the cursor.
// Shared by every noun that lists its records by person; rows of person_search are called `s`.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/page.hpp>
#include <string>

#include "access/permit.hpp"
#include "crypto/bytes.hpp"

namespace renraku::domain {

/// What a list looks for in names, readings and places.
struct SearchNeedles {
  std::optional<std::string> name;
  std::optional<std::string> kana;
  std::optional<std::string> address;
  /// Anywhere in all of them.
  std::optional<std::string> text;
  /// Leaves out whoever's place is hidden from the reader, because some other condition of the
  /// query speaks of places.
  bool places_only_seen = false;
};

/// The LIKE pattern that finds `needle` anywhere in a folded column; none for no needle.
/// Error{too_large} for one that is longer than anything it could be found in.
[[nodiscard]] std::optional<std::string> search_pattern(const std::optional<std::string>& needle);

/// The condition that bind_search fills. What matches a place matches no person whose place is
/// hidden from the reader.
/// `also` is a further condition under which the text is found, on :named_text.
[[nodiscard]] std::string search_condition(std::string_view also = {});

/// Where a page ended.
struct SearchPlace {
  crypto::Bytes sort;
  std::int64_t pk = -1;

  [[nodiscard]] std::string cursor() const;
  /// The start for an empty cursor; Error{invalid} for one that is not ours.
  static SearchPlace parse(const std::string& cursor);
};

/// Binds municipality, reader, needles, place and size + 1.
void bind_search(storage::Query& query, const access::Permit& permit, const SearchNeedles& needles,
                 const PageRequest& request, int size);

/// Fills a page from a query that bind_search bound and that has the columns `sort` and `pk`;
/// `take` makes an item of the current row.
template <class Item, class Take>
Page<Item> page_by_reading(storage::Query& query, int size, Take&& take) {
  Page<Item> page;
  SearchPlace last;
  while (query.next()) {
    if (page.items.size() == static_cast<std::size_t>(size)) {
      page.next = last.cursor();
      break;
    }
    last = {query.read<crypto::Bytes>("sort"), query.read<std::int64_t>("pk")};
    page.items.push_back(take());
  }
  return page;
}

}  // namespace renraku::domain
