#include "exchange/roster/row_keys.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <tuple>

#include "text/address.hpp"
#include "text/fold.hpp"
#include "text/name.hpp"

namespace renraku::exchange::roster {
namespace {

std::uint64_t certain_hash(std::string_view key) {
  return text::is_certain(key) ? hash_of(key) : 0;
}

}  // namespace

std::uint32_t narrow(std::uint64_t hash) {
  if (hash == 0) return 0;
  const auto low = static_cast<std::uint32_t>(hash ^ (hash >> 32));
  return low == 0 ? 1 : low;
}

std::uint64_t hash_of(std::string_view text) {
  const std::uint64_t hash = std::hash<std::string_view>{}(text);
  return hash == 0 ? 1 : hash;
}

RowKeys keys_of(std::string_view name, std::string_view kana, std::string_view municipal_number,
                std::string_view reference, const std::optional<Date>& birth,
                const std::optional<Sex>& sex, const std::vector<Phone>& phones,
                const std::vector<Address>& addresses) {
  RowKeys keys;
  keys.name = certain_hash(text::name_key(name, kana));
  keys.kana = narrow(certain_hash(text::name_key({}, kana)));
  keys.municipal_number =
      municipal_number.empty() ? 0 : certain_hash(text::search_text(municipal_number));
  keys.reference = reference.empty() ? 0 : narrow(certain_hash(text::search_text(reference)));
  if (birth) {
    keys.birth = static_cast<std::uint32_t>(birth->year) * 512 + birth->month * 32U + birth->day;
  }
  if (sex) keys.sex = *sex == Sex::male ? 1 : 2;
  for (const Phone& phone : phones) {
    std::uint32_t& key = phone.kind == PhoneKind::home ? keys.home : keys.mobile;
    if (key == 0 && !phone.digits.empty()) key = narrow(hash_of(phone.digits));
  }
  for (const Address& address : addresses) {
    if (keys.address != 0 || address.kind != AddressKind::residence) continue;
    if (!address.text.empty()) keys.address = narrow(certain_hash(text::address_key(address.text)));
  }
  return keys;
}

std::uint8_t likeness(const RowKeys& one, const RowKeys& other) {
  unsigned bits = 0;
  if (same(one.name, other.name)) bits |= like_name;
  if (same(one.kana, other.kana)) bits |= like_kana;
  if (same(one.birth, other.birth)) bits |= like_birth_date;
  if (same(one.sex, other.sex)) bits |= like_sex;
  if (same_phone(one, other)) bits |= like_phone;
  if (same(one.address, other.address)) bits |= like_address;
  if (same(one.municipal_number, other.municipal_number)) bits |= like_municipal_number;
  return static_cast<std::uint8_t>(bits);
}

std::vector<std::string> likeness_names(std::uint8_t likeness) {
  static constexpr std::array<const char*, 7> names{"name",  "kana",    "birth_date",      "sex",
                                                    "phone", "address", "municipal_number"};
  std::vector<std::string> list;
  for (std::size_t bit = 0; bit < names.size(); ++bit) {
    if ((likeness >> bit & 1) != 0) list.emplace_back(names[bit]);
  }
  return list;
}

bool same_keys(const RowKeys& one, const RowKeys& other) {
  const auto all = [](const RowKeys& keys) {
    return std::tie(keys.name, keys.kana, keys.municipal_number, keys.reference, keys.birth,
                    keys.sex, keys.home, keys.mobile, keys.address);
  };
  return all(one) == all(other);
}

bool certainly_same(const RowKeys& one, const RowKeys& other) {
  if (!same(one.name, other.name) || !same(one.birth, other.birth)) return false;
  return same(one.municipal_number, other.municipal_number) ||
         (same(one.sex, other.sex) && same_phone(one, other));
}

bool perhaps_same(std::uint8_t likeness, const RowKeys& one, const RowKeys& other) {
  const auto all = [&](unsigned bits) { return (likeness & bits) == bits; };
  const bool lives_alike = (likeness & (like_phone | like_address)) != 0;
  if (all(like_name | like_birth_date)) return true;
  if (all(like_municipal_number)) return (likeness & (like_name | like_birth_date)) != 0;
  // A name misspelt in one of two places, but not two who differ in sex.
  if (all(like_kana | like_birth_date) && lives_alike) {
    return one.sex == 0 || other.sex == 0 || one.sex == other.sex;
  }
  return all(like_name) && lives_alike && (one.birth == 0 || other.birth == 0);
}

bool rests_on_home(std::uint8_t likeness) {
  const auto all = [&](unsigned bits) { return (likeness & bits) == bits; };
  return !all(like_name | like_birth_date) && !all(like_municipal_number);
}

KeyIndex::KeyIndex(std::size_t numbers)
    : heads_(std::bit_ceil(std::max<std::size_t>(numbers, 16)), none), next_(numbers) {}

std::size_t KeyIndex::place(std::uint64_t hash) const {
  return static_cast<std::size_t>(hash ^ (hash >> 32)) & (heads_.size() - 1);
}

void KeyIndex::add(std::uint64_t hash, std::uint32_t number) {
  std::uint32_t& head = heads_[place(hash)];
  next_[number] = head;
  head = number;
}

}  // namespace renraku::exchange::roster
