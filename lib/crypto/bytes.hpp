// How this room passes bytes around: `Bytes` owns them, `ByteView` looks at somebody else's.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace renraku::crypto {

using Bytes = std::vector<std::uint8_t>;

/// Valid as long as what it looks at; the functions of this room keep none past their return.
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text as they lie in memory; no conversion, no terminator.
[[nodiscard]] inline ByteView view_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace renraku::crypto
