// A turn at making a guess costly: whoever hashes a password or stretches a passphrase holds one.
#pragma once

#include <chrono>
#include <cstddef>

namespace renraku::crypto {

/// At most four at a time in a process, the others wait, so that a burst of sign-ins cannot take
/// the machine's memory (4 x 64 MiB, at worst 4 x 256 MiB) or all its processors.
class HashingTurn {
 public:
  static constexpr std::ptrdiff_t limit = 4;
  /// Some six hundred sign-ins fit into this; who still waits then is better told so.
  static constexpr std::chrono::seconds patience{10};

  /// Throws Error{busy} when the turn does not come in time.
  explicit HashingTurn(std::chrono::milliseconds wait = patience);
  ~HashingTurn();
  HashingTurn(const HashingTurn&) = delete;
  HashingTurn& operator=(const HashingTurn&) = delete;
};

}  // namespace renraku::crypto
