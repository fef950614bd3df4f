#include "access/sealing_keys.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view find_key = "SELECT wrapped FROM sealing_key WHERE owner = :owner";
constexpr std::string_view add_key =
    "INSERT INTO sealing_key (owner, wrapped) VALUES (:owner, :wrapped)";

}  // namespace

NewSealingKey new_sealing_key(const Uuid& owner, const crypto::Sealer& wrapping) {
  const crypto::Key key = crypto::Key::random();
  return {crypto::Sealer(key), wrapping.wrap(owner.bytes, key)};
}

const crypto::Sealer& SealingKeys::obtain(const Uuid& owner, const Uuid& municipality) {
  const crypto::Sealer* found = find(owner, municipality);
  return found ? *found : make(owner, municipality);
}

const crypto::Sealer* SealingKeys::find(const Uuid& owner, const Uuid& municipality) {
  if (person_ && person_->first == owner) return &person_->second;
  if (const auto at = municipalities_.find(owner); at != municipalities_.end()) return &at->second;
  const auto wrapped = transaction_.query(find_key).bind("owner", owner).optional<crypto::Bytes>();
  if (!wrapped) return nullptr;
  const crypto::Key key = wrapping(owner, municipality).unwrap(owner.bytes, *wrapped);
  if (owner == municipality)
    return &municipalities_.emplace(owner, crypto::Sealer(key)).first->second;
  return &person_.emplace(owner, crypto::Sealer(key)).second;
}

const crypto::Sealer& SealingKeys::make(const Uuid& owner, const Uuid& municipality) {
  NewSealingKey made = new_sealing_key(owner, wrapping(owner, municipality));
  add(owner, made.wrapped);
  if (owner == municipality)
    return municipalities_.emplace(owner, std::move(made.sealer)).first->second;
  return person_.emplace(owner, std::move(made.sealer)).second;
}

void SealingKeys::add(const Uuid& owner, const crypto::Bytes& wrapped) {
  transaction_.query(add_key).bind("owner", owner).bind("wrapped", wrapped).run();
}

const crypto::Sealer& SealingKeys::wrapping(const Uuid& owner, const Uuid& municipality) {
  return owner == municipality ? store_key_ : obtain(municipality, municipality);
}

}  // namespace renraku::access
