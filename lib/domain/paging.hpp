// Pages of a list: a query asks for one row more than the page holds, and that row's presence says
// that there is a next page.
#pragma once

#include <renraku/page.hpp>

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

}  // namespace renraku::domain
