#include "storage/engines/postgresql/row_seal.hpp"

#include "crypto/packing.hpp"
#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::size_t fill = 16;
constexpr std::uint8_t end_of_value = 0x80;

crypto::Bytes filled(std::string_view value) {
  crypto::Bytes out(value.begin(), value.end());
  out.push_back(end_of_value);
  out.resize((out.size() + fill - 1) / fill * fill);
  return out;
}

void unfill(crypto::Bytes& value) {
  while (!value.empty() && value.back() == 0) value.pop_back();
  if (value.empty() || value.back() != end_of_value) {
    throw Error(ErrorCode::damaged, "a sealed value does not end as the library ends them");
  }
  value.pop_back();
}

}  // namespace

RowSeal::RowSeal(std::shared_ptr<Vault> vault, const Table& table, std::string_view column)
    : vault_(std::move(vault)) {
  if (!vault_) {
    throw Error(ErrorCode::internal, "a sealed column was used without the store's keys", "vault");
  }
  crypto::Packer place;
  place.fixed("renraku column").fixed(vault_->store().bytes);
  place_ = std::move(place.short_text(table.name).short_text(column)).bytes();
  for (std::size_t i = 0; i < table.identity.size() && owner_at_ < 0; ++i) {
    const Column& each = table.columns.at(table.identity[i]);
    owner_is_code_ = each.name == "municipality";
    if (owner_is_code_ || each.is_integer) owner_at_ = static_cast<int>(i);
  }
}

crypto::Bytes RowSeal::seal(std::span<const std::string_view> identity,
                            std::string_view value) const {
  const auto keys = vault_->newest(owner(identity));
  crypto::Packer out;
  out.number(keys->number)
      .fixed(keys->sealer.seal(associated(identity, keys->number), filled(value)));
  return std::move(out).bytes();
}

crypto::Bytes RowSeal::open(std::span<const std::string_view> identity,
                            std::string_view sealed) const {
  crypto::Unpacker read(crypto::view_of(sealed), "a sealed value");
  const auto number = read.number<std::uint32_t>();
  const auto keys = vault_->numbered(owner(identity), number);
  crypto::Bytes value = keys->sealer.open(associated(identity, number),
                                          crypto::view_of(sealed.substr(sizeof number)));
  unfill(value);
  return value;
}

KeyOwner RowSeal::owner(std::span<const std::string_view> identity) const {
  if (owner_at_ < 0) return 0;
  const std::string_view value = identity[static_cast<std::size_t>(owner_at_)];
  if (!owner_is_code_) return key_owner(integer_from(value));
  const auto owner = key_owner(value);
  if (owner) return *owner;
  throw Error(ErrorCode::damaged, "a row names no municipality that could be");
}

crypto::Bytes RowSeal::associated(std::span<const std::string_view> identity,
                                  std::uint32_t key) const {
  crypto::Packer bound;
  bound.fixed(place_).number(key);
  for (const std::string_view value : identity) {
    bound.number(static_cast<std::uint32_t>(value.size())).fixed(value);
  }
  return std::move(bound).bytes();
}

}  // namespace renraku::storage::postgresql
