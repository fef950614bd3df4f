// Pages of a list: a query asks for one row more than the page holds, and that row's presence says
// that there is a next page.
#pragma once

#include <algorithm>
#include <renraku/page.hpp>

namespace renraku::domain {

/// The size a page will have: at least 1, at most page_size_max.
[[nodiscard]] inline int page_size(const PageRequest& request) {
  return std::clamp(request.size, 1, page_size_max);
}

/// Takes the surplus row off; true when there was one.
template <class Item>
bool cut_page(Page<Item>& page, int size) {
  if (page.items.size() <= static_cast<std::size_t>(size)) return false;
  page.items.resize(static_cast<std::size_t>(size));
  return true;
}

}  // namespace renraku::domain
