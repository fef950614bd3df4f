// Keys under which the journal's changed fields are sealed: one a person, so that erasing a person
// is destroying that key, and one a municipality for everything else.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <renraku/id.hpp>
#include <string_view>

#include "crypto/seal.hpp"
#include "crypto/secret.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// A key that is new, and how it is stored.
struct NewSealingKey {
  crypto::Sealer sealer;
  crypto::Bytes wrapped;
};
/// Needs no database: safe on any thread. `wrapping` is the key above the owner's.
[[nodiscard]] NewSealingKey new_sealing_key(const Uuid& owner, const crypto::Sealer& wrapping);

/// A person's key is wrapped under the municipality's, the municipality's under the store's, so
/// that a municipality can move to another store by wrapping one key anew.
class SealingKeys {
 public:
  /// `store_key` opens the municipality keys; kept by reference, as is `transaction`.
  SealingKeys(storage::Transaction& transaction, const crypto::Sealer& store_key)
      : transaction_(transaction), store_key_(store_key) {}

  /// Makes the key of an owner (a person or a municipality's id) when there is none yet, else opens
  /// it. `municipality` is the id of the municipality, which may be the owner itself.
  const crypto::Sealer& obtain(const Uuid& owner, const Uuid& municipality);

  /// The key if there is one; none when it was destroyed.
  const crypto::Sealer* find(const Uuid& owner, const Uuid& municipality);

  /// Stores the key of an owner who has none.
  void add(const Uuid& owner, const crypto::Bytes& wrapped);

 private:
  const crypto::Sealer& make(const Uuid& owner, const Uuid& municipality);
  const crypto::Sealer& wrapping(const Uuid& owner, const Uuid& municipality);

  storage::Transaction& transaction_;
  const crypto::Sealer& store_key_;
  std::map<Uuid, crypto::Sealer> municipalities_;
  /// The last person's key: an act that touches many people touches them one after another.
  std::optional<std::pair<Uuid, crypto::Sealer>> person_;
};

}  // namespace renraku::access
