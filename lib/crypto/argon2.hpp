// Argon2id (RFC 9106): making it costly to guess a secret that a person remembers.
//
// No function of the CRYPTREC list is memory-hard; this is the one thing here that is not on it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "crypto/secret.hpp"

namespace renraku::crypto {

/// What one guess costs: memory touched, and how many times over. One lane.
struct Argon2Cost {
  std::uint64_t memory_bytes = 0;
  std::uint32_t passes = 0;

  bool operator==(const Argon2Cost&) const = default;

  /// For a store's passphrase, which opens everything: 256 MiB, 3 passes (about half a second).
  /// Also the least that a passphrase slot is created with.
  static constexpr Argon2Cost for_store() { return {256u << 20, 3}; }
  /// For a member's password, checked at each sign-in: 64 MiB, 2 passes (about 0.07 s). Also the
  /// least a password is hashed with.
  static constexpr Argon2Cost for_password() { return {64u << 20, 2}; }
  /// Next to nothing, for tests that open stores by the hundred; the one cost under the floors that
  /// is accepted. Never use it for a store that holds anything.
  static constexpr Argon2Cost for_tests() { return {8u << 10, 1}; }

  /// True when neither figure is below `floor`, or this is `for_tests()`.
  [[nodiscard]] bool reaches(const Argon2Cost& floor) const noexcept;
  /// True when both figures are what Argon2 can do and a machine can bear (8 KiB to 2 GiB, 1 to 20
  /// passes), so that a forged file cannot take all memory.
  [[nodiscard]] bool bearable() const noexcept;
};

using Argon2Salt = std::array<std::uint8_t, 16>;

/// A key from a passphrase. Takes as long and as much memory as `cost` says; waits for its turn
/// (HashingTurn). Throws Error{invalid_argument} for a cost that is not bearable and Error{busy}
/// when the memory is not to be had.
[[nodiscard]] Key stretch(std::string_view passphrase, const Argon2Salt& salt,
                          const Argon2Cost& cost);

}  // namespace renraku::crypto
