// Appending to the journal inside a write transaction.
#pragma once

#include <functional>
#include <optional>
#include <renraku/time.hpp>
#include <string>

#include "access/journal/change.hpp"
#include "access/journal/entry.hpp"
#include "access/sealing_keys.hpp"
#include "crypto/sign.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// What the journal of one store needs to know about that store.
struct JournalKeys {
  /// The node: this store.
  Uuid node;
  /// Wraps the municipalities' keys.
  crypto::Sealer sealer;
  crypto::SigningKey signer;
};

/// Where a chain stands. `pk` is the place of its entry 0.
struct ChainHead {
  std::int64_t pk = 0;
  std::int64_t sequence = 0;
  crypto::Bytes hash;
  Instant time;
};
RENRAKU_DESCRIBE(ChainHead, pk, sequence, hash, time)

/// The chain of this node and one municipality (empty: the node's own). Made at the first append of
/// a transaction; `finish` writes the head back and must come before the commit.
class JournalWriter {
 public:
  JournalWriter(storage::Transaction& transaction, const JournalKeys& keys,
                std::string municipality);

  /// Completes `entry` with node, municipality, sequence and time (not before `now`, and after the
  /// entry before), seals `changes` under the key of `sealed_for`, chains and stores it.
  void append(Entry entry, const Changes& changes, const Uuid& sealed_for,
              const Uuid& municipality_id, Instant now);

  /// Signs the head and writes it.
  void finish();

 private:
  storage::Transaction& transaction_;
  const JournalKeys& keys_;
  std::string municipality_;
  SealingKeys sealing_;
  ChainHead head_;
  crypto::Digest hash_{};
  crypto::Packer body_;
};

/// What a sealed part is bound to, so that it opens in its own entry only.
[[nodiscard]] crypto::Bytes sealing_place(const Entry& entry);

/// The bytes a head's signature covers.
[[nodiscard]] crypto::Bytes signed_head(const Uuid& node, std::string_view municipality,
                                        std::int64_t sequence, crypto::ByteView hash);

}  // namespace renraku::access
