// A sum over a set of items that is the same in whatever order they come.
#pragma once

#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

namespace renraku::crypto {

/// Tells two collections apart without keeping them: each item is hashed (SHA-256) behind a random
/// key that lives as long as the process, and the hashes are added up. Nobody who does not know the
/// key can make other items add up to the same.
class SetSum {
 public:
  /// An item of at most 32 bytes, hashed in one block. The same item twice counts twice.
  void add(ByteView item) noexcept;
  bool operator==(const SetSum&) const = default;

 private:
  std::array<std::uint64_t, 4> sum_{};
  std::uint64_t count_ = 0;
};

}  // namespace renraku::crypto
