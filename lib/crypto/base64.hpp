// Keys and signatures as text: base64url without padding (RFC 4648, section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"

namespace renraku::crypto {

[[nodiscard]] std::string base64(ByteView bytes);

/// Bytes of a fixed width; none for a text that `base64` does not write of so many.
template <class Array>
[[nodiscard]] std::optional<Array> from_base64(std::string_view text);

/// Fills `out` whole, or is false.
[[nodiscard]] bool read_base64(std::string_view text, std::span<std::uint8_t> out) noexcept;

template <class Array>
std::optional<Array> from_base64(std::string_view text) {
  Array out{};
  if (!read_base64(text, out)) return std::nullopt;
  return out;
}

}  // namespace renraku::crypto
