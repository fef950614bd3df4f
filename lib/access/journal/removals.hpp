// What was taken away in a store, as a witness remembers it: telling it, and taking its word.
#pragma once

#include <map>
#include <optional>
#include <renraku/described/witness.hpp>
#include <string>
#include <vector>

#include "access/journal/signer.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// What can be taken away.
struct Removable {
  RemovalKind kind = RemovalKind::member_suspended;
  Uuid id;
  /// Of an application that a municipality left; else empty.
  std::string municipality;

  auto operator<=>(const Removable&) const = default;
};

/// How a store stands by now: what is taken away (true) and, of kinds whose absence is a removal,
/// what is there (false).
using RemovalState = std::map<Removable, bool>;

/// What a witness was told last of each.
struct LastTold {
  bool taken = false;
  Instant time;
};
using Told = std::map<Removable, LastTold>;
[[nodiscard]] Told last_told(const std::vector<SignedRemoval>& removals);

/// What a witness is to be told by this store, unsigned as yet.
[[nodiscard]] std::vector<SignedRemoval> untold(const Told& told, const RemovalState& state,
                                                const Uuid& node, Instant now);

/// Signs for the store. `successions` as the record has them.
void sign_removal(SignedRemoval& removal, const HeadSigner& signer,
                  const std::vector<std::string>& successions);

/// What a witness says of the store to which this journal belongs, and of those that it was
/// restored from: `node` wrote it last. Lines of other stores do not count; one that is signed by
/// nobody who signed here, by none of their successors and not by `given` is Error{damaged} (field
/// "witness").
[[nodiscard]] Told take_word(storage::Transaction& transaction, const Uuid& node,
                             const std::vector<SignedRemoval>& removals,
                             const std::optional<crypto::PublicKey>& given);

/// Removals of other stores, for which this one is the witness.
void remember_removals(storage::Transaction& transaction,
                       const std::vector<SignedRemoval>& removals);
[[nodiscard]] std::vector<SignedRemoval> remembered_removals(storage::Transaction& transaction);

}  // namespace renraku::access
