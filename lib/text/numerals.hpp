// Numbers written in kanji.
#pragma once

#include <optional>
#include <string_view>

namespace renraku::text {

/// True for the kanji that numbers are written with: 〇零 一-九 十百千 廿卅 and 壱弐参拾.
[[nodiscard]] bool is_kanji_numeral(char32_t c) noexcept;

/// The number that kanji numerals spell, from 0 to 9999: by place (一九四〇) or by units
/// (千九百四十, 十五, 廿三). Nothing if they spell none, as 十三一 or 五二十 do.
[[nodiscard]] std::optional<int> kanji_number(std::u32string_view numerals) noexcept;

/// As kanji_number, but only numbers by units or of one digit: 三, 十二, but not 三一, which may
/// be the end of a name and a number.
[[nodiscard]] std::optional<int> kanji_number_by_units(std::u32string_view numerals) noexcept;

}  // namespace renraku::text
