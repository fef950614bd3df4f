// Lists of what waits: in the order it came, in pages. Private to this noun.
#pragma once

#include <algorithm>
#include <optional>
#include <renraku/page.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "domain/paging.hpp"
#include "domain/people/people.hpp"
#include "storage/database.hpp"

namespace renraku::domain {

// The counts of two lists, each of what its list shows. What only the place of somebody hidden
// speaks of is no row of theirs: that it is there would tell the place. `protections` are
// everybody's in the municipality.

[[nodiscard]] std::int64_t count_open_suspects(access::Permit& permit,
                                               const Protections& protections);
[[nodiscard]] std::int64_t count_open_conflicts(access::Permit& permit,
                                                const Protections& protections);

/// Rows of a list that are read together, with their keys.
template <class Row>
struct WaitingRows {
  std::vector<std::int64_t> keys;
  std::vector<Row> rows;
};

/// How many rows are read at once where many of them are left out: a round trip to a server each.
inline constexpr std::size_t waiting_at_once = 500;

template <class Row>
WaitingRows<Row> read_waiting(access::Permit& permit, std::string_view sql, std::int64_t after,
                              std::size_t size) {
  storage::Query query = permit.transaction().query(sql);
  query.bind("municipality", permit.scope().municipality).bind("after", after).bind("size", size);
  WaitingRows<Row> read;
  while (query.next()) {
    read.keys.push_back(query.read<std::int64_t>("pk"));
    read.rows.push_back(query.read<Row>());
  }
  return read;
}

/// Fills a page from a statement with the columns `pk` and those of a Row; it is bound here with
/// municipality, place and size. `show` makes of a vector of rows one of what the reader sees of
/// each, an Item or nothing; the list is read on until the page is full. `start` is the key before
/// the first row, or in a list from the newest the one behind the last.
template <class Item, class Row, class Show>
Page<Item> list_waiting(access::Permit& permit, std::string_view sql, const PageRequest& request,
                        Show&& show, std::int64_t start = 0) {
  const auto size = static_cast<std::size_t>(page_size(request));
  std::int64_t after = row_place(request, start);
  Page<Item> page;
  std::int64_t last = 0;
  for (std::size_t asked = size + 1;; asked = std::max(asked, waiting_at_once)) {
    WaitingRows<Row> read = read_waiting<Row>(permit, sql, after, asked);
    const bool ended = read.rows.size() < asked;
    if (!ended) after = read.keys.back();
    std::vector<std::optional<Item>> items = show(std::move(read.rows));
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!items[i]) continue;
      if (page.items.size() == size) {
        page.next = std::to_string(last);
        return page;
      }
      last = read.keys[i];
      page.items.push_back(*std::move(items[i]));
    }
    if (ended) return page;
  }
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
