#include "text/numerals.hpp"

namespace renraku::text {

namespace {

/// 0 to 9, or 10, 100, 1000 for the units, 20 and 30 for 廿 and 卅; -1 for anything else.
int value_of(char32_t c) noexcept {
  constexpr std::u32string_view digits = U"〇一二三四五六七八九";
  constexpr std::u32string_view formal = U"零壱弐参";
  if (const auto at = digits.find(c); at != std::u32string_view::npos) return static_cast<int>(at);
  if (const auto at = formal.find(c); at != std::u32string_view::npos) return static_cast<int>(at);
  switch (c) {
    case U'十':
    case U'拾':
      return 10;
    case U'廿':
      return 20;
    case U'卅':
      return 30;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    default:
      return -1;
  }
}

std::optional<int> by_place(std::u32string_view numerals) noexcept {
  if (numerals.empty() || numerals.size() > 4) return {};
  int number = 0;
  for (const char32_t c : numerals) {
    const int value = value_of(c);
    if (value < 0 || value > 9) return {};
    number = number * 10 + value;
  }
  return number;
}

}  // namespace

bool is_kanji_numeral(char32_t c) noexcept {
  return value_of(c) >= 0;
}

std::optional<int> kanji_number_by_units(std::u32string_view numerals) noexcept {
  if (numerals.size() == 1 && value_of(numerals[0]) >= 0 && value_of(numerals[0]) < 10) {
    return value_of(numerals[0]);
  }
  int number = 0;
  int digit = 0;         // waits for its unit; 0 if there is none
  int smallest = 10000;  // units must fall: 千, 百, 十, ones
  bool has_unit = false;
  for (const char32_t c : numerals) {
    const int value = value_of(c);
    if (value < 0 || (value == 0)) return {};
    if (value < 10) {
      if (digit != 0 || smallest <= 1) return {};
      digit = value;
      continue;
    }
    const int unit = value == 20 || value == 30 ? 10 : value;
    if (unit >= smallest || (unit != value && digit != 0)) return {};
    number += digit == 0 ? value : digit * unit;
    smallest = unit;
    digit = 0;
    has_unit = true;
  }
  if (!has_unit) return {};
  return number + digit;
}

std::optional<int> kanji_number(std::u32string_view numerals) noexcept {
  if (const auto number = by_place(numerals)) return number;
  return kanji_number_by_units(numerals);
}

}  // namespace renraku::text
