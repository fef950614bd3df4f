#include "storage/engines/postgresql/keys_in_use.hpp"

namespace renraku::storage::postgresql {

Vault& KeysInUse::vault() const {
  if (vault_) return *vault_;
  throw Error(ErrorCode::internal, "a sealed or keyed column was used without the store's keys",
              "vault");
}

void KeysInUse::need_reached(KeyOwner owner) const {
  if (!kept_to_ || owner == *kept_to_ || owner == the_store) return;
  throw Error(ErrorCode::damaged,
              "the server answered with a row of another municipality; nothing is shown; run a "
              "check and look for a backup",
              std::string(access_field));
}

const std::shared_ptr<const RowKey>& KeysInUse::newest(KeyOwner owner) {
  std::shared_ptr<const RowKey>& key = newest_[owner];
  if (key) return key;
  // Nothing that decides access can be read without its head, so that nothing is written but what
  // the journal has to tell of it.
  if (!vouched_.has_head()) return key = vault().newest(owner);
  const std::uint32_t number = vouched_.key_number(owner);
  key = number == Vault::first_number ? vault().obtain(owner, number) : vault().find(owner, number);
  return key;
}

}  // namespace renraku::storage::postgresql
