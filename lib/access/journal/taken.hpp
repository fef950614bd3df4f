// Chains that came with a municipality from another store, as the journal of the store that took
// them tells of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/journal/heads.hpp"

namespace renraku::access {

/// A chain of another store, as it was taken. It is not written on: this store signs for where it
/// ended, and so for all of it, and for whose signature it came with.
struct TakenChain {
  Uuid node;
  std::string municipality;
  std::int64_t sequence = 0;
  crypto::Digest hash{};
  crypto::PublicKey signer{};

  /// The entry's detail, in the own chain of the node that took it.
  [[nodiscard]] std::string text() const;
  /// None for a detail that says something else.
  static std::optional<TakenChain> read(std::string_view detail);
  /// Of a chain as it lies here. Error{damaged} where it has no hash or no signer.
  static TakenChain of(const StoredChain& chain);
  /// Whether the chain ends where it ended then, with that signer's signature.
  [[nodiscard]] bool is_head_of(const StoredChain& chain) const;
};

}  // namespace renraku::access
