// What a person is told apart by, in 64 bytes, so that a million fit in memory; and indexes of it.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <renraku/records/person.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace renraku::exchange::roster {

/// Hashes of folded texts; 0 is "unknown" and equals nothing. Numbers and names have 64 bits: alone
/// they decide, and among a million people not even two may fall together by chance.
struct RowKeys {
  std::uint64_t name = 0;
  std::uint64_t municipal_number = 0;
  /// Of everything the row says, as it is kept with the entry.
  std::uint64_t said = 0;
  std::uint32_t reference = 0;
  std::uint32_t kana = 0;
  std::uint32_t home = 0;
  std::uint32_t mobile = 0;
  std::uint32_t address = 0;
  /// Year, month and day as one number.
  std::uint32_t birth = 0;
  /// Of the 26 columns, and of those of them that do not tell the place; see fingerprint.hpp.
  std::uint32_t columns = 0;
  std::uint32_t unplaced = 0;
  std::uint32_t line = 0;
  std::uint8_t sex = 0;
  bool rejected = false;
  /// The row says nothing of where the person is.
  bool placeless = false;
  /// The row tells of protection.
  bool telling = false;
};

/// Fills what is known of the person; `said` and what follows from it are the caller's.
[[nodiscard]] RowKeys keys_of(std::string_view name, std::string_view kana,
                              std::string_view municipal_number, std::string_view reference,
                              const std::optional<Date>& birth, const std::optional<Sex>& sex,
                              const std::vector<Phone>& phones,
                              const std::vector<Address>& addresses);
[[nodiscard]] std::uint64_t hash_of(std::string_view text);
/// The hash in 32 bits, 0 for 0 alone.
[[nodiscard]] std::uint32_t narrow(std::uint64_t hash);

/// Equal and known.
template <class Key>
[[nodiscard]] constexpr bool same(Key one, Key other) {
  return one != 0 && one == other;
}
[[nodiscard]] constexpr bool same_phone(const RowKeys& one, const RowKeys& other) {
  return same(one.home, other.home) || same(one.home, other.mobile) ||
         same(one.mobile, other.home) || same(one.mobile, other.mobile);
}

/// What is alike in two people, as bits.
enum Likeness : std::uint8_t {
  like_name = 1,
  like_kana = 2,
  like_birth_date = 4,
  like_sex = 8,
  like_phone = 16,
  like_address = 32,
  like_municipal_number = 64,
};
[[nodiscard]] std::uint8_t likeness(const RowKeys& one, const RowKeys& other);
/// The bits' names, as reports list them.
[[nodiscard]] std::vector<std::string> likeness_names(std::uint8_t likeness);

/// Alike in all that keys_of() fills, the unknown included.
[[nodiscard]] bool same_keys(const RowKeys& one, const RowKeys& other);
/// Certainly one person, as far as a file alone can tell: same 宛名番号, name and birth date; or
/// same name, birth date, sex and phone.
[[nodiscard]] bool certainly_same(const RowKeys& one, const RowKeys& other);
/// Perhaps one person: for an officer to decide. Twins at one address are not.
[[nodiscard]] bool perhaps_same(std::uint8_t likeness, const RowKeys& one, const RowKeys& other);
/// Of such a pair: without a phone or an address that both have it would be none.
[[nodiscard]] bool rests_on_home(std::uint8_t likeness);

/// From a hash to the numbers added under it, in 8 to 12 bytes a number. Different hashes may share
/// a chain: whoever looks compares what he finds.
class KeyIndex {
 public:
  /// Takes the numbers below `numbers`, each once at most.
  explicit KeyIndex(std::size_t numbers);
  void add(std::uint64_t hash, std::uint32_t number);
  /// Visits what was added under the hash, the last first, until `visit` returns true.
  template <class Visit>
  void each(std::uint64_t hash, Visit&& visit) const {
    for (std::uint32_t at = heads_[place(hash)]; at != none; at = next_[at]) {
      if (visit(at)) return;
    }
  }
  /// Takes out the last number added under the hash of those that fit.
  template <class Fits>
  [[nodiscard]] std::optional<std::uint32_t> take(std::uint64_t hash, Fits&& fits) {
    for (std::uint32_t* at = &heads_[place(hash)]; *at != none; at = &next_[*at]) {
      if (!fits(*at)) continue;
      const std::uint32_t number = *at;
      *at = next_[number];
      return number;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  [[nodiscard]] std::size_t place(std::uint64_t hash) const;

  std::vector<std::uint32_t> heads_;
  std::vector<std::uint32_t> next_;
};

/// One hash of several keys.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t one, std::uint64_t other) {
  return (one ^ (other + 0x9E3779B97F4A7C15ULL + (one << 6) + (one >> 2))) * 0xBF58476D1CE4E5B9ULL;
}

}  // namespace renraku::exchange::roster
