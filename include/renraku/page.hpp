// Lists come in pages.
#pragma once

#include <string>
#include <vector>

namespace renraku {

/// The most items one page holds; asking for more gives this many.
inline constexpr int page_size_max = 200;

/// Where a list goes on. Opaque: made by the library, handed back unchanged. Empty is the start.
struct PageRequest {
  std::string after;
  /// 1 to page_size_max; 0 is the default, more is page_size_max.
  int size = 50;
};

template <class Item>
struct Page {
  std::vector<Item> items;
  /// Hand this back as PageRequest::after for the next page; empty when there is none.
  std::string next;
};

}  // namespace renraku
