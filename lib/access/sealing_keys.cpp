#include "access/sealing_keys.hpp"

#include "crypto/packing.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view find_number =
    "SELECT number FROM key_rotation WHERE municipality = :municipality";
constexpr std::string_view take_into_use =
    "INSERT INTO key_rotation (municipality, number, finished) VALUES (:municipality, :number, 0) "
    "ON CONFLICT (municipality) DO UPDATE SET number = excluded.number, finished = 0";
constexpr std::string_view find_keys =
    "SELECT owner, under, wrapped FROM sealing_key "
    "WHERE owner IN (:owner, :above) AND number = :number";
constexpr std::string_view add_key =
    "INSERT INTO sealing_key (owner, number, under, wrapped) "
    "VALUES (:owner, :number, :number, :wrapped)";

struct StoredKey {
  Uuid owner;
  KeyNumber under = first_key;
  crypto::Bytes wrapped;
};
RENRAKU_DESCRIBE(StoredKey, owner, under, wrapped)

/// Where a suite would stand, were there no number.
constexpr std::uint8_t leads_number = 0;
constexpr std::size_t number_size = 1 + sizeof(std::uint32_t);

}  // namespace

NewSealingKey new_sealing_key(const Uuid& owner, const crypto::Sealer& wrapping) {
  const crypto::Key key = crypto::Key::random();
  return {crypto::Sealer(key), wrapping.wrap(owner.bytes, key)};
}

crypto::Bytes numbered(KeyNumber number, crypto::Bytes sealed) {
  if (number == first_key) return sealed;
  crypto::Packer out;
  out.number(leads_number).number(static_cast<std::uint32_t>(number)).fixed(sealed);
  return std::move(out).bytes();
}

Numbered parted(crypto::ByteView value) {
  if (value.empty() || value.front() != leads_number) return {first_key, value};
  crypto::Unpacker in(value, "a value sealed under a numbered key");
  static_cast<void>(in.number<std::uint8_t>());
  const auto number = in.number<std::uint32_t>();
  return {number, value.subspan(number_size)};
}

crypto::Bytes SealingKeys::seal(const Uuid& owner, const Uuid& municipality,
                                crypto::ByteView associated, crypto::ByteView contents) {
  return numbered(number_in_use(municipality),
                  in_use(owner, municipality).seal(associated, contents));
}

std::optional<crypto::Bytes> SealingKeys::open(const Uuid& owner, const Uuid& municipality,
                                               crypto::ByteView associated,
                                               crypto::ByteView sealed) {
  const Numbered parts = parted(sealed);
  const crypto::Sealer* const key = find(owner, municipality, parts.number);
  if (!key) return std::nullopt;
  return key->open(associated, parts.sealed);
}

KeyNumber SealingKeys::number_in_use(const Uuid& municipality) {
  const auto known = in_use_.find(municipality);
  if (known != in_use_.end()) return known->second;
  const KeyNumber number = transaction_.query(find_number)
                               .bind("municipality", municipality)
                               .optional<KeyNumber>()
                               .value_or(first_key);
  return in_use_[municipality] = number;
}

const crypto::Sealer& SealingKeys::in_use(const Uuid& owner, const Uuid& municipality) {
  const KeyNumber number = number_in_use(municipality);
  const crypto::Sealer* const found = find(owner, municipality, number);
  return found ? *found : make({owner, number}, municipality);
}

const crypto::Sealer* SealingKeys::find(const Uuid& owner, const Uuid& municipality,
                                        KeyNumber number) {
  const Place place{owner, number};
  if (person_ && person_->first == place) return &person_->second;
  if (const auto at = municipalities_.find(place); at != municipalities_.end()) return &at->second;
  // A person's key is mostly wrapped under the municipality's of the same number: one question for
  // both spares a round trip to a server.
  const Place above{municipality, number};
  const Uuid& asked_too = municipalities_.contains(above) ? owner : municipality;
  std::optional<StoredKey> stored;
  {
    storage::Query query = transaction_.query(find_keys);
    query.bind("owner", owner).bind("above", asked_too).bind("number", number);
    while (query.next()) {
      auto key = query.read<StoredKey>();
      if (key.owner != owner) {
        keep(above, municipality, crypto::Sealer(store_key_.unwrap(key.owner.bytes, key.wrapped)));
      } else {
        stored = std::move(key);
      }
    }
  }
  if (!stored) return nullptr;
  const crypto::Sealer& wrapped_by = wrapping(owner, municipality, stored->under);
  return &keep(place, municipality,
               crypto::Sealer(wrapped_by.unwrap(owner.bytes, stored->wrapped)));
}

void SealingKeys::add(const Uuid& owner, KeyNumber number, const crypto::Bytes& wrapped) {
  transaction_.query(add_key)
      .bind("owner", owner)
      .bind("number", number)
      .bind("wrapped", wrapped)
      .run();
}

KeyNumber SealingKeys::rotate(const Uuid& municipality) {
  // The first one is there when there is a second one.
  static_cast<void>(in_use(municipality, municipality));
  const KeyNumber number = number_in_use(municipality) + 1;
  transaction_.query(take_into_use).bind("municipality", municipality).bind("number", number).run();
  in_use_[municipality] = number;
  make({municipality, number}, municipality);
  return number;
}

const crypto::Sealer& SealingKeys::make(const Place& place, const Uuid& municipality) {
  const auto& [owner, number] = place;
  if (owner != municipality) static_cast<void>(in_use(municipality, municipality));
  NewSealingKey made = new_sealing_key(owner, wrapping(owner, municipality, number));
  add(owner, number, made.wrapped);
  return keep(place, municipality, std::move(made.sealer));
}

const crypto::Sealer& SealingKeys::keep(const Place& place, const Uuid& municipality,
                                        crypto::Sealer key) {
  if (place.first == municipality) {
    return municipalities_.emplace(place, std::move(key)).first->second;
  }
  return person_.emplace(place, std::move(key)).second;
}

const crypto::Sealer& SealingKeys::wrapping(const Uuid& owner, const Uuid& municipality,
                                            KeyNumber number) {
  if (owner == municipality) return store_key_;
  const crypto::Sealer* const key = find(municipality, municipality, number);
  if (key) return *key;
  throw Error(ErrorCode::damaged, "the key of a municipality is gone that its people's are under");
}

}  // namespace renraku::access
