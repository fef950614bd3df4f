// Lists of what waits: in the order it came, in pages. Private to this noun.
#pragma once

#include <renraku/page.hpp>
#include <string>
#include <string_view>

#include "domain/paging.hpp"
#include "domain/people/people.hpp"
#include "storage/database.hpp"

namespace renraku::domain {

/// What a list's query asks about its reader: nothing, whether an officer of a protection reads, or
/// whose place is hidden from the reader.
enum class Asks { nothing, officers, places };

// The rows that a list and its count show, as the end of a query. What only the place of somebody
// hidden speaks of is no row of theirs: that it is there would tell the place. Both need
// `bind_reader`.

/// Pairs `s` of the people `a` and `b` whose decision is this, e.g. "= 'open'". Name and birth
/// date, or 宛名番号, speak for a pair without a place.
[[nodiscard]] inline std::string suspects_whose_decision(std::string_view is) {
  return " FROM suspect s JOIN person a ON a.id = s.first JOIN person b ON b.id = s.second "
         "WHERE s.municipality = :municipality AND s.decision " +
         std::string(is) +
         " AND (s.reasons LIKE '%\"municipal_number\"%' OR "
         "(s.reasons LIKE '%\"name\"%' AND s.reasons LIKE '%\"birth_date\"%') OR NOT (" +
         hidden("a.pk") + " OR " + hidden("b.pk") + "))";
}
[[nodiscard]] inline std::string open_suspects() {
  return suspects_whose_decision("= 'open'");
}
/// Conflicts `c` about the person `p`.
[[nodiscard]] inline std::string open_conflicts() {
  return " FROM import_conflict c JOIN person p ON p.id = c.person "
         "WHERE c.municipality = :municipality AND c.decision = 'open' "
         "AND NOT (c.placed = 1 AND " +
         hidden("p.pk") + ")";
}

/// Fills a page from a query with the columns `pk` and those `take` reads; it is bound here with
/// municipality, reader, place and size. `start` is the key before the first row, or in a list from
/// the newest the one behind the last.
template <class Item, Asks asks, class Take>
Page<Item> list_waiting(access::Permit& permit, std::string_view sql, const PageRequest& request,
                        Take&& take, std::int64_t start = 0) {
  const int size = page_size(request);
  storage::Query query = permit.transaction().query(sql);
  query.bind("municipality", permit.scope().municipality)
      .bind("after", row_place(request, start))
      .bind("size", size + 1);
  if constexpr (asks == Asks::officers) bind_officer(query, permit);
  if constexpr (asks == Asks::places) bind_reader(query, permit);
  Page<Item> page;
  std::int64_t last = 0;
  while (query.next()) {
    if (page.items.size() == static_cast<std::size_t>(size)) {
      page.next = std::to_string(last);
      break;
    }
    last = query.read<std::int64_t>("pk");
    page.items.push_back(take(query));
  }
  return page;
}

/// Copies every field that two records have by the same name and type.
template <DescribedRecord From, DescribedRecord To>
void copy_shared_fields(const From& from, To& to) {
  for_each_field<From>([&]<class F>(F) {
    for_each_field<To>([&]<class T>(T) {
      if constexpr (F::name == T::name &&
                    std::is_same_v<std::remove_cvref_t<decltype(from.*F::pointer)>,
                                   std::remove_cvref_t<decltype(to.*T::pointer)>>) {
        to.*T::pointer = from.*F::pointer;
      }
    });
  });
}

}  // namespace renraku::domain
