#include "storage/engines/postgresql/table_seal.hpp"

#include <algorithm>

#include "crypto/packing.hpp"
#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::size_t fill = 16;
constexpr std::uint8_t end_of_values = 0x80;
constexpr std::size_t number_size = 4;

/// Sizes in groups of seven bits, the lowest first; the last has no high bit.
constexpr unsigned bits_of_group = 7;
constexpr std::uint8_t more_follow = 0x80;

void put_number(crypto::Bytes& out, std::size_t at, std::uint32_t number) {
  for (std::size_t i = 0; i < number_size; ++i) {
    out[at + i] = static_cast<std::uint8_t>(number >> (8 * (number_size - 1 - i)));
  }
}

void add_number(crypto::Bytes& out, std::uint32_t number) {
  out.resize(out.size() + number_size);
  put_number(out, out.size() - number_size, number);
}

void add_size(crypto::Bytes& out, std::size_t size) {
  for (; size >= more_follow; size >>= bits_of_group) {
    out.push_back(static_cast<std::uint8_t>(size | more_follow));
  }
  out.push_back(static_cast<std::uint8_t>(size));
}

std::size_t take_size(crypto::Unpacker& from) {
  std::size_t size = 0;
  for (unsigned shift = 0;; shift += bits_of_group) {
    const auto group = from.number<std::uint8_t>();
    size |= static_cast<std::size_t>(group & (more_follow - 1)) << shift;
    if (group < more_follow) return size;
    if (shift > 4 * bits_of_group) from.fail("has a value of no possible size");
  }
}

std::string_view text_of(crypto::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

TableSeal::TableSeal(KeysInUse& keys, const Table& table) : keys_(keys) {
  for (std::size_t i = 0; i < table.identity.size() && !owner_at_; ++i) {
    const Column& each = table.columns.at(table.identity[i]);
    owner_is_code_ = each.name == "municipality";
    if (owner_is_code_ || each.is_integer) owner_at_ = i;
  }
  for (const int each : table.sealed) {
    const crypto::Digest digest = crypto::sha256(crypto::view_of(table.columns.at(each).name));
    const auto tag = static_cast<Tag>(digest[0] << 8 | digest[1]);
    if (std::ranges::find(tags_, tag) != tags_.end()) {
      throw Error(ErrorCode::internal, "two sealed columns can't be told apart; rename one",
                  table.name);
    }
    tags_.push_back(tag);
  }
  values_.resize(tags_.size());
  crypto::Packer named;
  named.fixed("renraku row").fixed(keys_.vault().store().bytes).short_text(table.name);
  associated_ = std::move(named).bytes();
  add_number(associated_, 0);
  named_ = associated_.size();
}

void TableSeal::begin_row() {
  associated_.resize(named_);
  identified_ = 0;
  owner_ = 0;
}

void TableSeal::identify(std::string_view value) {
  const std::size_t at = associated_.size();
  associated_.resize(at + number_size + value.size());
  put_number(associated_, at, static_cast<std::uint32_t>(value.size()));
  std::ranges::copy(value, associated_.begin() + static_cast<std::ptrdiff_t>(at + number_size));
  if (identified_++ != owner_at_) return;
  const auto owner = owner_is_code_ ? key_owner(value) : key_owner(integer_from(value));
  if (!owner) throw Error(ErrorCode::damaged, "a row names no municipality that could be");
  owner_ = *owner;
}

crypto::Bytes TableSeal::seal(std::span<const Value> values) {
  const std::shared_ptr<const RowKey>& key = keys_.newest(owner_);
  crypto::Bytes plain;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    plain.push_back(static_cast<std::uint8_t>(tags_[i] >> 8));
    plain.push_back(static_cast<std::uint8_t>(tags_[i]));
    add_size(plain, values[i]->size());
    plain.insert(plain.end(), values[i]->begin(), values[i]->end());
  }
  plain.push_back(end_of_values);
  plain.resize((plain.size() + fill - 1) / fill * fill);
  crypto::Bytes out;
  out.reserve(number_size + crypto::row_seal_overhead + plain.size());
  add_number(out, key->number);
  key->sealer.seal(out, associated(key->number), plain);
  return out;
}

void TableSeal::open(std::string_view sealed) {
  if (sealed.size() < number_size) {
    throw Error(ErrorCode::damaged, "a sealed row ends too early");
  }
  keys_.need_reached(owner_);
  const auto number = static_cast<std::uint32_t>(integer_from(sealed.substr(0, number_size)));
  key(number).sealer.open(plain_, associated(number), crypto::view_of(sealed.substr(number_size)));
  read_values();
}

void TableSeal::have_none() {
  std::ranges::fill(values_, std::nullopt);
}

void TableSeal::read_values() {
  have_none();
  std::size_t end = plain_.size();
  while (end > 0 && plain_[end - 1] == 0) --end;
  if (end == 0 || plain_[end - 1] != end_of_values) {
    throw Error(ErrorCode::damaged, "a sealed row does not end as the library ends them");
  }
  crypto::ByteView rest(plain_.data(), end - 1);
  crypto::Unpacker from(rest, "a sealed row");
  // They come in the order of their columns, of which some may be missing.
  for (std::size_t column = 0; !from.is_at_end();) {
    const Tag tag = from.number<Tag>();
    const crypto::ByteView value = from.fixed(take_size(from));
    const auto found =
        std::find(tags_.begin() + static_cast<std::ptrdiff_t>(column), tags_.end(), tag);
    // A column that there is no more.
    if (found == tags_.end()) continue;
    column = static_cast<std::size_t>(found - tags_.begin());
    values_[column++] = text_of(value);
  }
}

crypto::ByteView TableSeal::associated(std::uint32_t key) {
  put_number(associated_, named_ - number_size, key);
  return associated_;
}

const RowKey& TableSeal::key(std::uint32_t number) {
  if (!key_ || key_owner_ != owner_ || key_->number != number) {
    key_ = keys_.vault().find(owner_, number);
    key_owner_ = owner_;
  }
  return *key_;
}

}  // namespace renraku::storage::postgresql
