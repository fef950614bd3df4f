// The signed heads of the journal's chains, and who may sign them.
#pragma once

#include <renraku/records/witness.hpp>
#include <string_view>
#include <vector>

#include "access/journal/writer.hpp"
#include "storage/database.hpp"
#include "storage/row_key.hpp"

namespace renraku::access {

/// How many keys a chain has.
inline constexpr std::int64_t chain_size = std::int64_t{1} << 36;

/// A chain as it is stored: its key and its head.
struct StoredChain {
  std::int64_t pk = 0;
  Uuid node;
  std::string municipality;
  std::int64_t sequence = 0;
  crypto::Bytes hash;
  Instant time;
  crypto::Bytes signer;
  crypto::Bytes signature;

  /// Whether this key signed the head.
  [[nodiscard]] bool is_signed_by(const crypto::PublicKey& key) const;
  /// Where the chain and its entries lie.
  [[nodiscard]] storage::KeyRange keys() const { return {pk, pk + chain_size - 1}; }
};
RENRAKU_DESCRIBE(StoredChain, pk, node, municipality, sequence, hash, time, signer, signature)

/// All chains; each node's own before those of municipalities.
[[nodiscard]] std::vector<StoredChain> stored_chains(storage::Transaction& transaction);
/// The chain with this key. Error{damaged} where there is none.
[[nodiscard]] StoredChain stored_chain(storage::Transaction& transaction, std::int64_t pk);
/// The hash of a chain's entry, also of one that ends an archive; none where neither tells it.
[[nodiscard]] std::optional<crypto::Bytes> hash_at(storage::Transaction& transaction,
                                                   const StoredChain& chain, std::int64_t sequence);
/// Who came after whom as the signer, as a node's own chain tells, the oldest first.
[[nodiscard]] std::vector<Succession> successions(storage::Transaction& transaction,
                                                  const StoredChain& own);
[[nodiscard]] std::vector<SignedHead> signed_heads(storage::Transaction& transaction);

/// Whether a head carries the signature of the signer that it names.
[[nodiscard]] bool is_signed(const SignedHead& head);

/// How the signer that was given stands to the one that signed before.
enum class SignerState {
  in_use,  ///< it is the one, or the store is new
  lost,    ///< the one before is lost and this one goes on; nothing vouches for the change
};

/// Takes the heads over when a store is opened, before anything is written. `own` is the key that
/// comes from the store key, with which every store begins.
///
/// A head that its signer did not sign is written down, in the node's own chain, before it is built
/// upon: from then on the journal is forged for good. Error{invalid_argument} (field
/// "journal_signer") when another signer than the one given signs this journal.
void take_heads(storage::Database& database, const JournalKeys& keys, const JournalSigner& own,
                SignerState state, Instant now);

/// Makes `next` the signer: all heads of the node are signed anew. What comes back is to be the
/// detail of the entry that tells of it.
[[nodiscard]] std::string hand_over(storage::Transaction& transaction, const Uuid& node,
                                    HeadSigner& signer, JournalSigner next);

/// A head that its signer had not signed, as the journal tells of it.
struct DoubtfulHead {
  std::string municipality;
  std::int64_t sequence = 0;

  /// The entry's detail.
  [[nodiscard]] std::string text() const;
  static std::optional<DoubtfulHead> read(std::string_view detail);
};

}  // namespace renraku::access
