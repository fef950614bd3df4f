// What vouches for the journal from outside the store: who signs its heads, and who remembers them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <renraku/id.hpp>
#include <renraku/time.hpp>
#include <span>
#include <string>
#include <vector>

namespace renraku {

/// How far a chain of the journal had come, signed. It holds no personal data and no secret:
/// whoever keeps it can prove later that the chain was shortened or rewritten.
struct SignedHead {
  /// When the last entry came into the chain.
  Instant time;
  /// The store that writes the chain.
  Uuid node;
  /// The municipality's code; empty for the store's own chain.
  std::string municipality;
  /// The number of the last entry.
  std::int64_t sequence = 0;
  /// That entry's hash, in hex.
  std::string hash;
  /// Ed25519 public key and signature (RFC 8032), in base64url (RFC 4648). What is signed is the
  /// text "renraku journal head 1", node, municipality, sequence and hash, each with a line feed
  /// behind it.
  std::string signer;
  std::string signature;
};

/// Signs heads with a key that does not lie in the store: whoever holds the store's own keys can
/// then not sign for it.
struct JournalSigner {
  /// Ed25519 (RFC 8032).
  std::array<std::uint8_t, 32> public_key{};
  /// Signs; called with each commit, by one thread at a time, which may be one of the library's
  /// own. It must not call into the store. Throwing undoes the act whose head it should sign.
  std::function<std::array<std::uint8_t, 64>(std::span<const std::uint8_t> message)> sign;
};

/// Remembers heads where nobody who can write to the store can take them back.
struct Witness {
  /// Takes heads; when it returns they are kept. Called when nothing is locked, on the thread of
  /// whoever calls the store or, when nobody did for an hour, on one of the library's own, by one
  /// at a time; throwing is logged and told by `check`, and the heads come again.
  std::function<void(const std::vector<SignedHead>& heads)> record;
  /// All that it was ever given, in any order; heads of other stores may be among them.
  std::function<std::vector<SignedHead>()> heads;
};

}  // namespace renraku
