// An entry of the journal and its canonical bytes.
#pragma once

#include <cstdint>
#include <renraku/records/journal.hpp>
#include <string>
#include <vector>

#include "access/action.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"
#include "crypto/packing.hpp"

namespace renraku::access {

/// A record that the act changed; its fields are in the entry's sealed part.
struct ChangedRecord {
  std::string kind;
  Uuid id;
  std::int64_t parent_revision = 0;
};

struct Entry {
  Uuid node;
  std::string municipality;
  std::int64_t sequence = 0;
  /// When the entry came into the chain: never before the entry ahead of it.
  Instant time;
  /// When it was done: a read waits in a tail before it comes into the chain.
  Instant acted;
  /// The tail it waited in and its number there; none for what was written at once.
  Uuid tail;
  std::uint64_t tail_number = 0;
  Uuid member;
  Uuid on_behalf;
  std::string capacity;
  std::string authentication;
  Action action{};
  Outcome outcome = Outcome::done;
  std::string detail;
  std::vector<Uuid> subjects;
  std::vector<ChangedRecord> changes;
  /// Whose key seals `sealed`; none when there are no changes.
  Uuid sealed_for;
  crypto::Bytes sealed;
};

/// The one form that is hashed and stored, the same on every engine and machine: a version byte,
/// then every field in the order of the struct; integers are big-endian, texts (of 255 bytes at
/// most) and lists have their length before them.
void write_canonical(crypto::Packer& out, const Entry& entry);
/// The part of it that names the changed records.
void write_canonical(crypto::Packer& out, const std::vector<ChangedRecord>& changes);

/// Throws Error{damaged} for bytes that write_canonical does not write.
[[nodiscard]] Entry read_canonical(crypto::ByteView body);

/// The link of the chain: SHA-256 over the hash before and the body.
[[nodiscard]] crypto::Digest chain_hash(const crypto::Digest& before, crypto::ByteView body);

}  // namespace renraku::access
