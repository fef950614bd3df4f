// How many items a page will hold.
#pragma once

#include <algorithm>
#include <renraku/page.hpp>

namespace renraku::base {

/// As many as were asked for, at most page_size_max; the default for 0 and less.
[[nodiscard]] inline int page_size(const PageRequest& request) {
  return request.size > 0 ? std::min(request.size, page_size_max) : PageRequest{}.size;
}

}  // namespace renraku::base
