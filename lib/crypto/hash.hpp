// SHA-256 (FIPS 180-4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "crypto/bytes.hpp"

namespace renraku::crypto {

/// A SHA-256 or HMAC-SHA-256 value. All zero is used for "none yet", e.g. before the first link of
/// a chain.
using Digest = std::array<std::uint8_t, 32>;

/// The digest of one run of bytes.
[[nodiscard]] Digest sha256(ByteView bytes) noexcept;

/// A digest made piece by piece. A cheap value: a copy taken half-way goes on by itself.
class Sha256 {
 public:
  Sha256() noexcept;

  Sha256& update(ByteView bytes) noexcept;
  /// The digest of everything so far. The object can be updated further, as if not asked.
  [[nodiscard]] Digest digest() const noexcept;

 private:
  alignas(8) std::array<std::byte, 112> state_{};
};

/// Two lower-case hex digits a byte.
[[nodiscard]] std::string hex(ByteView bytes);

}  // namespace renraku::crypto
