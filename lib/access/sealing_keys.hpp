// Keys under which the journal's changed fields are sealed: one a person, so that erasing a person
// is destroying that key, and one a municipality for everything else.
#pragma once

#include <map>
#include <optional>
#include <renraku/id.hpp>
#include <string_view>

#include "crypto/seal.hpp"
#include "crypto/secret.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// Counts the rotations of a municipality's keys, from 1 on.
using KeyNumber = std::int64_t;
inline constexpr KeyNumber first_key = 1;

/// A key that is new, and how it is stored.
struct NewSealingKey {
  crypto::Sealer sealer;
  crypto::Bytes wrapped;
};
/// Needs no database: safe on any thread. `wrapping` is the key above the owner's.
[[nodiscard]] NewSealingKey new_sealing_key(const Uuid& owner, const crypto::Sealer& wrapping);

/// A sealed value that says which of its owner's keys it is under. Values of the first keys say
/// nothing, as they did when there was one: a sealed value begins with its suite, which is not 0.
[[nodiscard]] crypto::Bytes numbered(KeyNumber number, crypto::Bytes sealed);
/// The number, and the sealed value without it.
struct Numbered {
  KeyNumber number = first_key;
  crypto::ByteView sealed;
};
/// Error{damaged} where the value ends too early.
[[nodiscard]] Numbered parted(crypto::ByteView value);

/// A person's keys are wrapped under the municipality's, those under the store's, so that a
/// municipality can move to another store by wrapping them anew. A rotation takes a new key of the
/// municipality into use; a person gets a key of the same number with the first change after it.
class SealingKeys {
 public:
  /// `store_key` opens the municipality keys; kept by reference, as is `transaction`.
  SealingKeys(storage::Transaction& transaction, const crypto::Sealer& store_key)
      : transaction_(transaction), store_key_(store_key) {}

  // An owner is a person, or the municipality itself, or what the store's key wraps the key of:
  // then it stands in the municipality's place too.

  /// Seals under the owner's key in use, which is made when there is none yet.
  [[nodiscard]] crypto::Bytes seal(const Uuid& owner, const Uuid& municipality,
                                   crypto::ByteView associated, crypto::ByteView contents);
  /// None where the key was destroyed. Error{damaged}.
  [[nodiscard]] std::optional<crypto::Bytes> open(const Uuid& owner, const Uuid& municipality,
                                                  crypto::ByteView associated,
                                                  crypto::ByteView sealed);

  /// The number of the key in use.
  [[nodiscard]] KeyNumber number_in_use(const Uuid& municipality);
  /// The key in use, made when there is none yet.
  [[nodiscard]] const crypto::Sealer& in_use(const Uuid& owner, const Uuid& municipality);
  /// The key if there is one; none when it was destroyed.
  [[nodiscard]] const crypto::Sealer* find(const Uuid& owner, const Uuid& municipality,
                                           KeyNumber number = first_key);
  /// Stores a key, wrapped under the municipality's of the same number, or the store's.
  void add(const Uuid& owner, KeyNumber number, const crypto::Bytes& wrapped);
  /// Takes a new key of the municipality into use. Its number.
  KeyNumber rotate(const Uuid& municipality);

 private:
  using Place = std::pair<Uuid, KeyNumber>;

  const crypto::Sealer& make(const Place& place, const Uuid& municipality);
  const crypto::Sealer& keep(const Place& place, const Uuid& municipality, crypto::Sealer key);
  /// What wraps an owner's key. Error{damaged} where it is gone.
  const crypto::Sealer& wrapping(const Uuid& owner, const Uuid& municipality, KeyNumber number);

  storage::Transaction& transaction_;
  const crypto::Sealer& store_key_;
  std::map<Uuid, KeyNumber> in_use_;
  std::map<Place, crypto::Sealer> municipalities_;
  /// The last person's key: an act that touches many people touches them one after another.
  std::optional<std::pair<Place, crypto::Sealer>> person_;
};

}  // namespace renraku::access
