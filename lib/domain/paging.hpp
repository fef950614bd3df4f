// Pages of a list: a query asks for one row more than the page holds, and that row's presence says
// that there is a next page.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <renraku/error.hpp>
#include <renraku/id.hpp>
#include <renraku/page.hpp>
#include <string>
#include <string_view>

#include "base/paging.hpp"
#include "crypto/bytes.hpp"

namespace renraku::domain {

using base::page_size;

/// Takes the surplus row off; true when there was one.
template <class Item>
bool cut_page(Page<Item>& page, int size) {
  if (page.items.size() <= static_cast<std::size_t>(size)) return false;
  page.items.resize(static_cast<std::size_t>(size));
  return true;
}

[[nodiscard]] inline Error no_cursor() {
  return {ErrorCode::invalid, "this is no cursor of this list; start from the beginning", "after"};
}

/// The key of the last row of the page before, for lists in the order of their rows; `start` at the
/// first page. Error{invalid} for a cursor that is not ours.
[[nodiscard]] inline std::int64_t row_place(const PageRequest& request, std::int64_t start) {
  if (request.after.empty()) return start;
  std::int64_t pk = 0;
  const char* const last = request.after.data() + request.after.size();
  const auto [end, wrong] = std::from_chars(request.after.data(), last, pk);
  if (wrong == std::errc{} && end == last) return pk;
  throw no_cursor();
}

/// None unless all of it are pairs of hexadecimal digits.
[[nodiscard]] std::optional<crypto::Bytes> bytes_from_hex(std::string_view digits);

/// Where a page of a list in the order of an @ordered column, and then of ids, ended.
struct SortPlace {
  crypto::Bytes sort;
  Uuid id;

  [[nodiscard]] std::string cursor() const;
  /// The start for an empty cursor; Error{invalid} for one that is not ours.
  static SortPlace parse(std::string_view cursor);
};

/// Fills a page of a list in the order of its rows: binds :after and :size of a query that is bound
/// otherwise and has the column `pk`; `take` makes an item of the current row. `start` is the key
/// before the first row, or in a list from the newest the one behind the last.
template <class Item, class Query, class Take>
Page<Item> page_by_key(Query& query, const PageRequest& request, Take&& take,
                       std::int64_t start = 0) {
  const int size = page_size(request);
  query.bind("after", row_place(request, start)).bind("size", size + 1);
  Page<Item> page;
  std::int64_t last = 0;
  while (query.next()) {
    if (page.items.size() == static_cast<std::size_t>(size)) {
      page.next = std::to_string(last);
      break;
    }
    last = query.template read<std::int64_t>("pk");
    page.items.push_back(take());
  }
  return page;
}

/// Fills a page of a list in the order of (`sort`, `id`), which are columns of the query: binds
/// :after and :after_id. `take` makes an item of the current row, or nothing for one that is left
/// out.
template <class Item, class Query, class Take>
Page<Item> page_by_sort(Query& query, const PageRequest& request, Take&& take) {
  const SortPlace after = SortPlace::parse(request.after);
  query.bind("after", after.sort).bind("after_id", after.id);
  const auto size = static_cast<std::size_t>(page_size(request));
  Page<Item> page;
  SortPlace last;
  while (query.next()) {
    std::optional<Item> item = take();
    if (!item) continue;
    if (page.items.size() == size) {
      page.next = last.cursor();
      break;
    }
    last = {query.template read<crypto::Bytes>("sort"), query.template read<Uuid>("id")};
    page.items.push_back(*std::move(item));
  }
  return page;
}

}  // namespace renraku::domain
