// Spaces, hyphens and full-width forms, one character at a time and for whole texts.
#pragma once

#include <string>
#include <string_view>

namespace renraku::text {

/// White space as people and systems leave it: ASCII, no-break, ideographic and the others of
/// Unicode that have a width.
[[nodiscard]] constexpr bool is_space(char32_t c) noexcept {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x3000 || c == 0xA0 || c == 0x85 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F;
}

/// Characters without a width that copying from web pages and documents leaves behind: zero-width
/// spaces and joiners, soft hyphen, byte order mark. They mean nothing in Japanese text.
[[nodiscard]] constexpr bool is_zero_width(char32_t c) noexcept {
  return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF || c == 0xAD;
}

/// The signs written where a hyphen or a long vowel mark is meant, of either width: hyphens,
/// dashes, minus, horizontal bar, ー and the box-drawing line.
[[nodiscard]] constexpr bool is_hyphen(char32_t c) noexcept {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x2212 || c == 0x2500 ||
         c == 0x2501 || c == 0x30FC || c == 0xFF0D || c == 0xFF70 || c == 0xFE58 || c == 0xFE63;
}

/// A full-width letter, digit or sign (U+FF01 to U+FF5E) as ASCII; any space as ' '; the rest
/// unchanged.
[[nodiscard]] constexpr char32_t narrowed(char32_t c) noexcept {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  return is_space(c) ? U' ' : c;
}

[[nodiscard]] constexpr bool is_digit(char32_t c) noexcept {
  return c >= '0' && c <= '9';
}

/// The text without spaces and zero-width characters at its two ends; a view into it.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

/// Unicode normalisation form NFKC. Throws Error{internal} only if memory runs out in ICU.
[[nodiscard]] std::string nfkc(std::string_view text);

/// The digits of a text, of either width, as ASCII, and nothing else of it.
[[nodiscard]] std::string digits_of(std::string_view text);

/// A number that a spreadsheet or data frame turned into a fraction, without its ".0": "3030001.0"
/// gives "3030001". Texts that are not digits, a point and zeros come back whole.
[[nodiscard]] std::string_view without_fraction(std::string_view text) noexcept;

}  // namespace renraku::text
