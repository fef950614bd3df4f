// Kana readings: one spelling for showing, storing and sorting.
#pragma once

#include <string>
#include <string_view>

namespace renraku::text {

/// A reading in full-width katakana, as the library stores and shows it.
///
/// Half-width kana become full-width and voiced marks join their kana (ｶﾞ, か゛ and decomposed
/// が all give ガ); hiragana become katakana by their fixed distance in Unicode, so ー, ヶ and
/// small kana stay what they are. A hyphen or dash right after a kana is the long vowel mark ー
/// that was meant. Spaces of any kind between the parts become one U+3000, and none is left at
/// the ends; zero-width characters go. All else (Latin letters, kanji, private-use characters) is
/// kept.
[[nodiscard]] std::string to_katakana(std::string_view text);

/// Hiragana as katakana, every other character unchanged.
[[nodiscard]] constexpr char32_t katakana_of(char32_t c) noexcept {
  const bool hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
  return hiragana ? c + 0x60 : c;
}

[[nodiscard]] constexpr bool is_katakana(char32_t c) noexcept {
  return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x30FE);
}

/// Half-width katakana and their punctuation (U+FF61 to U+FF9D) as full-width; every other
/// character unchanged, the half-width voiced marks U+FF9E and U+FF9F as combining ones.
[[nodiscard]] char32_t widened_kana(char32_t c) noexcept;

/// The kana that a kana and a combining mark (U+3099 voiced, U+309A semi-voiced) make together,
/// for hiragana and katakana; 0 if they make none.
[[nodiscard]] char32_t compose_kana(char32_t kana, char32_t mark) noexcept;

}  // namespace renraku::text
