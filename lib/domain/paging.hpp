// Pages of a list: a query asks for one row more than the page holds, and that row's presence says
// that there is a next page.
#pragma once

#include <charconv>
#include <cstdint>
#include <renraku/error.hpp>
#include <renraku/page.hpp>
#include <string>

#include "base/paging.hpp"

namespace renraku::domain {

using base::page_size;

/// Takes the surplus row off; true when there was one.
template <class Item>
bool cut_page(Page<Item>& page, int size) {
  if (page.items.size() <= static_cast<std::size_t>(size)) return false;
  page.items.resize(static_cast<std::size_t>(size));
  return true;
}

/// The key of the last row of the page before, for lists in the order of their rows; `start` at the
/// first page. Error{invalid} for a cursor that is not ours.
[[nodiscard]] inline std::int64_t row_place(const PageRequest& request, std::int64_t start) {
  if (request.after.empty()) return start;
  std::int64_t pk = 0;
  const char* const last = request.after.data() + request.after.size();
  const auto [end, wrong] = std::from_chars(request.after.data(), last, pk);
  if (wrong == std::errc{} && end == last) return pk;
  throw Error(ErrorCode::invalid, "this is no cursor of this list; start from the beginning",
              "after");
}

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

}  // namespace renraku::domain
