// What vouches for a store from outside it: who signs the heads of its journal, and who remembers
// them and what was taken away there.
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

/// What can be taken away in a store and must not come back with a backup of it.
enum class RemovalKind {
  member_suspended,     ///< a member, who can be made active again
  certificate_revoked,  ///< a client certificate
  application_revoked,  ///< a vendor's application
  application_left,     ///< an application of the service, which a municipality took itself off
  person_erased,        ///< a person
  key_slot_removed,     ///< a way to open the store
  store_key_replaced,   ///< a store key, because everything was encrypted anew
};

/// That something was taken away in a store, or is there, signed. It holds ids and no personal
/// data; whoever keeps it can tell a store that is restored from a backup what happened since.
///
/// Of applications of the service, key slots and store keys it is said too that they are there:
/// what is not there any more was removed. Of a member the line with the latest time counts; of all
/// else that it was taken away once does, because it never comes back.
struct SignedRemoval {
  RemovalKind kind = RemovalKind::member_suspended;
  /// Of the member, certificate, application, person or slot; of a store key, one that comes from
  /// it and does not lead back to it.
  Uuid id;
  /// The code of the municipality that left an application; else empty.
  std::string municipality;
  /// False: it is there, or there again.
  bool taken = true;
  /// When the witness was told.
  Instant time;
  /// The store that says so.
  Uuid node;
  /// Ed25519 public key and signature (RFC 8032), in base64url (RFC 4648). What is signed is the
  /// text "renraku removal 1", kind, id, municipality, "taken" or "there", time and node, each with
  /// a line feed behind it.
  std::string signer;
  /// How `signer` came to sign for this store, the oldest first: "signer", the key that signed
  /// before, the one that came after it, and the signature of the one before over the text
  /// "renraku journal signer 1", node and key after, each with a line feed behind it. None where
  /// the signer never changed.
  std::vector<std::string> successions;
  std::string signature;
};

/// Signs heads and removals with a key that does not lie in the store: whoever holds the store's
/// own keys can then not sign for it.
struct JournalSigner {
  /// Ed25519 (RFC 8032).
  std::array<std::uint8_t, 32> public_key{};
  /// Signs; called with each commit, by one thread at a time, which may be one of the library's
  /// own. It must not call into the store. Throwing undoes the act whose head it should sign.
  /// Removals are signed for a witness alone.
  std::function<std::array<std::uint8_t, 64>(std::span<const std::uint8_t> message)> sign;
};

/// Remembers heads, and what was taken away, where nobody who can write to the store can take it
/// back. Its functions are called when nothing is locked, on the thread of whoever calls the store
/// or, when nobody did for an hour, on one of the library's own, by one at a time; throwing is
/// logged and told by `check`, and what was to be recorded comes again.
struct Witness {
  /// Takes heads; when it returns they are kept.
  std::function<void(const std::vector<SignedHead>& heads)> record = {};
  /// All that it was ever given, in any order; heads of other stores may be among them.
  std::function<std::vector<SignedHead>()> heads = {};
  /// The same for what is taken away. Both or neither: a witness without them remembers heads
  /// alone, and nobody tells a restored store what was taken away since its backup.
  std::function<void(const std::vector<SignedRemoval>& removals)> record_removals = {};
  /// It is asked before each hand-over too, so that only what is new to it is handed over.
  std::function<std::vector<SignedRemoval>()> removals = {};
};

}  // namespace renraku
