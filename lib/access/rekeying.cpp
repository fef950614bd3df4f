#include "access/rekeying.hpp"

#include "base/uuid.hpp"

namespace renraku::access {
namespace {

struct WrappedKey {
  Uuid id;
  crypto::Bytes wrapped;
};
RENRAKU_DESCRIBE(WrappedKey, id, wrapped)

struct OwnersKey {
  Uuid owner;
  std::int64_t number = 0;
  crypto::Bytes wrapped;
};
RENRAKU_DESCRIBE(OwnersKey, owner, number, wrapped)

// A person's key is wrapped under the municipality's; all others under the store's.
constexpr std::string_view keys_under_the_store =
    "SELECT owner, number, wrapped FROM sealing_key "
    "WHERE owner NOT IN (SELECT id FROM person)";
constexpr std::string_view wrap_key =
    "UPDATE sealing_key SET wrapped = :wrapped WHERE owner = :owner AND number = :number";
constexpr std::string_view all_tail_keys = "SELECT id, wrapped FROM earlier_tail_key ORDER BY id";
constexpr std::string_view wrap_tail_key =
    "UPDATE earlier_tail_key SET wrapped = :wrapped WHERE id = :id";
constexpr std::string_view add_tail_key =
    "INSERT INTO earlier_tail_key (id, wrapped) VALUES (:id, :wrapped)";

}  // namespace

void rekey(storage::Transaction& transaction, const WrappingKeys& before, const WrappingKeys& after,
           Instant now) {
  for (const OwnersKey& key : transaction.query(keys_under_the_store).all<OwnersKey>()) {
    const crypto::Key opened = before.municipalities.unwrap(key.owner.bytes, key.wrapped);
    transaction.query(wrap_key)
        .bind("owner", key.owner)
        .bind("number", key.number)
        .bind("wrapped", after.municipalities.wrap(key.owner.bytes, opened))
        .run();
  }
  const crypto::Sealer tails_before(before.tails);
  const crypto::Sealer tails_after(after.tails);
  for (const WrappedKey& key : transaction.query(all_tail_keys).all<WrappedKey>()) {
    const crypto::Key opened = tails_before.unwrap(key.id.bytes, key.wrapped);
    transaction.query(wrap_tail_key)
        .bind("id", key.id)
        .bind("wrapped", tails_after.wrap(key.id.bytes, opened))
        .run();
  }
  const Uuid id = base::make_uuid(now);
  transaction.query(add_tail_key)
      .bind("id", id)
      .bind("wrapped", tails_after.wrap(id.bytes, before.tails))
      .run();
}

std::vector<crypto::Sealer> earlier_tail_keys(storage::Transaction& transaction,
                                              const crypto::Key& tails) {
  const crypto::Sealer wrapping(tails);
  std::vector<crypto::Sealer> keys;
  for (const WrappedKey& key : transaction.query(all_tail_keys).all<WrappedKey>()) {
    keys.emplace_back(wrapping.unwrap(key.id.bytes, key.wrapped));
  }
  return keys;
}

}  // namespace renraku::access
