#include "storage/engines/postgresql/table_seal.hpp"

#include "crypto/packing.hpp"
#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::size_t fill = 16;
constexpr std::uint8_t end_of_value = 0x80;
constexpr std::size_t number_size = 4;

void add_number(crypto::Bytes& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(number >> shift));
  }
}

std::uint32_t number_in(std::string_view bytes) {
  return static_cast<std::uint32_t>(integer_from(bytes.substr(0, number_size)));
}

void unfill(crypto::Bytes& value) {
  while (!value.empty() && value.back() == 0) value.pop_back();
  if (value.empty() || value.back() != end_of_value) {
    throw Error(ErrorCode::damaged, "a sealed value does not end as the library ends them");
  }
  value.pop_back();
}

}  // namespace

void RowIdentity::clear() {
  bytes_.clear();
  places_.clear();
}

void RowIdentity::add(std::string_view value) {
  add_number(bytes_, static_cast<std::uint32_t>(value.size()));
  places_.push_back(bytes_.size());
  bytes_.insert(bytes_.end(), value.begin(), value.end());
}

std::string_view RowIdentity::value(std::size_t place) const {
  const std::size_t end =
      place + 1 < places_.size() ? places_[place + 1] - number_size : bytes_.size();
  return {reinterpret_cast<const char*>(bytes_.data()) + places_[place], end - places_[place]};
}

TableSeal::TableSeal(KeysInUse& keys, const Table& table) : keys_(keys), table_(table.name) {
  static_cast<void>(keys_.vault());
  for (std::size_t i = 0; i < table.identity.size() && !owner_at_; ++i) {
    const postgresql::Column& each = table.columns.at(table.identity[i]);
    owner_is_code_ = each.name == "municipality";
    if (owner_is_code_ || each.is_integer) owner_at_ = i;
  }
}

TableSeal::Column TableSeal::column(std::string_view name) const {
  crypto::Packer bound;
  bound.fixed("renraku column")
      .fixed(keys_.vault().store().bytes)
      .short_text(table_)
      .short_text(name);
  return {crypto::sha256(bound.bytes()), crypto::group_place(name)};
}

void TableSeal::begin_row(RowIdentity identity) {
  row_ = std::move(identity);
  row_owner_ = owner();
  row_digest_ = crypto::sha256(row_.bytes());
  group_.reset();
}

crypto::Bytes TableSeal::seal(const Column& column, std::string_view value) {
  if (!group_) {
    key_ = keys_.newest(row_owner_);
    key_owner_ = row_owner_;
    group_.emplace(key_->sealer);
  }
  crypto::Bytes filled(value.begin(), value.end());
  filled.push_back(end_of_value);
  filled.resize((filled.size() + fill - 1) / fill * fill);
  crypto::Bytes out;
  out.reserve(number_size + filled.size() + crypto::seal_overhead);
  add_number(out, key_->number);
  group_->seal(out, column.place, associated(column, key_->number), filled);
  return out;
}

crypto::Bytes TableSeal::open(const Column& column, std::string_view sealed) {
  if (sealed.size() < number_size) {
    throw Error(ErrorCode::damaged, "a sealed value ends too early");
  }
  const std::uint32_t number = number_in(sealed);
  crypto::Bytes value;
  opener_.open(value, key(number).sealer, column.place, associated(column, number),
               crypto::view_of(sealed.substr(number_size)));
  unfill(value);
  return value;
}

KeyOwner TableSeal::owner() const {
  if (!owner_at_) return 0;
  const std::string_view value = row_.value(*owner_at_);
  if (!owner_is_code_) return key_owner(integer_from(value));
  const auto owner = key_owner(value);
  if (owner) return *owner;
  throw Error(ErrorCode::damaged, "a row names no municipality that could be");
}

// Digests, because the cipher goes over it once a value.
const crypto::Bytes& TableSeal::associated(const Column& column, std::uint32_t key) {
  associated_.assign(column.bound.begin(), column.bound.end());
  add_number(associated_, key);
  associated_.insert(associated_.end(), row_digest_.begin(), row_digest_.end());
  return associated_;
}

const RowKey& TableSeal::key(std::uint32_t number) {
  if (!key_ || key_owner_ != row_owner_ || key_->number != number) {
    key_ = keys_.vault().find(row_owner_, number);
    key_owner_ = row_owner_;
  }
  return *key_;
}

}  // namespace renraku::storage::postgresql
