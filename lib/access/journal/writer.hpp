// Appending to the journal inside a write transaction.
#pragma once

#include <functional>
#include <optional>
#include <renraku/time.hpp>
#include <string>

#include "access/journal/change.hpp"
#include "access/journal/entry.hpp"
#include "access/journal/signer.hpp"
#include "access/sealing_keys.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// What the journal of one store needs to know about that store.
struct JournalKeys {
  /// The node: this store.
  Uuid node;
  /// Wraps the municipalities' keys.
  crypto::Sealer sealer;
  HeadSigner signer;
};

/// Where a chain stands. `pk` is the place of its entry 0.
struct ChainHead {
  std::int64_t pk = 0;
  std::int64_t sequence = 0;
  crypto::Bytes hash;
  Instant time;
  /// The public key of who signed it.
  crypto::Bytes signer;
};
RENRAKU_DESCRIBE(ChainHead, pk, sequence, hash, time, signer)

/// The changed records of one entry, their fields sealed: under a key of the owner's, which is
/// either stored already or comes along.
struct SealedChanges {
  std::vector<ChangedRecord> records;
  Uuid owner;
  crypto::Bytes sealed;
  /// The owner's key as it is stored; empty where it is stored already.
  crypto::Bytes new_key;
  KeyNumber number = first_key;
};

/// Seals what is first said of new people, each under a new key. Safe on any thread.
class NewPersonSealer {
 public:
  /// `wrapping`, the municipality's key of this number, must outlast this.
  NewPersonSealer(const Uuid& node, std::string municipality, const crypto::Sealer& wrapping,
                  KeyNumber number)
      : node_(node),
        municipality_(std::move(municipality)),
        wrapping_(&wrapping),
        number_(number) {}
  [[nodiscard]] SealedChanges seal(const Uuid& person, const Changes& changes) const;

 private:
  Uuid node_;
  std::string municipality_;
  const crypto::Sealer* wrapping_;
  KeyNumber number_;
};

/// The chain of this node and one municipality (empty: the node's own). Made at the first append of
/// a transaction; `finish` writes the head back and must come before the commit.
class JournalWriter {
 public:
  /// Error{damaged} where another signer than the store's signed the head: nothing is put behind
  /// what it does not vouch for.
  JournalWriter(storage::Transaction& transaction, const JournalKeys& keys,
                std::string municipality);

  /// Seals changes under the key of `owner` (a person or the municipality itself), which is made
  /// when there is none. No changes seal to nothing.
  [[nodiscard]] SealedChanges seal(const Changes& changes, const Uuid& owner,
                                   const Uuid& municipality_id);
  /// Lives no longer than this writer.
  [[nodiscard]] NewPersonSealer new_person_sealer(const Uuid& municipality_id);

  /// Completes `entry` with node, municipality, sequence, time (not before `now`, and after the
  /// entry before) and changes, chains and stores it.
  void append(Entry entry, const SealedChanges& changes, Instant now);
  void append(Entry entry, const Changes& changes, const Uuid& owner, const Uuid& municipality_id,
              Instant now) {
    append(std::move(entry), seal(changes, owner, municipality_id), now);
  }

  /// Signs the head and writes it.
  void finish();
  /// Where the chain stands by now.
  [[nodiscard]] const ChainHead& head() const { return head_; }

 private:
  storage::Transaction& transaction_;
  const JournalKeys& keys_;
  std::string municipality_;
  SealingKeys sealing_;
  ChainHead head_;
  crypto::Digest hash_{};
  crypto::Packer body_;
};

/// What a sealed part is bound to, beside the owner's key, so that it opens in its own entry only:
/// the chain and the changed records with the revisions they were changed from. A record leaves a
/// revision once, so no two entries of a chain have these in common; unlike the entry's number they
/// are known before its turn comes.
[[nodiscard]] crypto::Bytes sealing_place(const Uuid& node, std::string_view municipality,
                                          const std::vector<ChangedRecord>& records);

/// The bytes a head's signature covers.
[[nodiscard]] crypto::Bytes signed_head(const Uuid& node, std::string_view municipality,
                                        std::int64_t sequence, std::string_view hash_in_hex);
[[nodiscard]] inline crypto::Bytes signed_head(const Uuid& node, std::string_view municipality,
                                               std::int64_t sequence, crypto::ByteView hash) {
  return signed_head(node, municipality, sequence, std::string_view(crypto::hex(hash)));
}

}  // namespace renraku::access
