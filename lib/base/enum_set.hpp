// A set of enumerators, as small as an integer.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace renraku::base {

/// Of an enumeration of at most 32 enumerators that count from 0.
template <class Enum>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> values) {
    for (const Enum value : values) insert(value);
  }

  constexpr void insert(Enum value) { bits_ |= bit(value); }
  [[nodiscard]] constexpr bool contains(Enum value) const { return (bits_ & bit(value)) != 0; }
  /// They have an enumerator in common.
  [[nodiscard]] constexpr bool meets(EnumSet other) const { return (bits_ & other.bits_) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }

  friend constexpr bool operator==(const EnumSet&, const EnumSet&) = default;

 private:
  static constexpr std::uint32_t bit(Enum value) {
    return std::uint32_t{1} << static_cast<unsigned>(value);
  }

  std::uint32_t bits_ = 0;
};

}  // namespace renraku::base
