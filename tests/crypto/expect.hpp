// What the tests of this room share.
#pragma once

#include <cstddef>
#include <renraku/error.hpp>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"

namespace renraku::crypto {

/// For BOOST_CHECK_EXCEPTION: an Error of this kind.
inline auto kind(ErrorCode code) {
  return [code](const Error& error) { return error.code() == code; };
}

inline Bytes from_hex(std::string_view hex) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out.push_back(static_cast<std::uint8_t>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

/// Bytes first, first + 1, …
inline Bytes counting(std::uint8_t first, std::size_t count) {
  Bytes out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<std::uint8_t>(first + i));
  return out;
}

}  // namespace renraku::crypto
