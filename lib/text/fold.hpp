// One form for all spellings of the same thing: for finding and matching, never for showing.
#pragma once

#include <string>
#include <string_view>

namespace renraku::text {

/// What becomes of spaces.
enum class Spaces { single, none };

/// The folded text. Two texts that people take for the same fold to the same:
///
/// - NFKC_Casefold of Unicode: full-width and half-width forms, ligatures (㈱, ㍼), compatibility
///   ideographs, letter case; variation selectors and other invisible characters go;
/// - hiragana is katakana; small kana are large (ｯ/ﾂ, ヶ/ケ; が stays が), ヂヅヰヱヲ are
/// ジズイエオ,
///   voiced marks join their kana, as combining, half-width or standing marks;
/// - every hyphen, dash, minus and the long vowel mark ー is "-"; 〜 is "~"; 〳 and such are kept;
/// - variants of the kanji of names are one (髙高, 﨑嵜崎, 邉邊辺, 齋齊斎斉, 𠮷吉, 廣広, 澤沢, …);
/// - runs of spaces are one ' ' (or nothing), and none is left at the ends.
///
/// Folding a folded text changes nothing. Private-use characters and 〓 are kept; see is_certain.
[[nodiscard]] std::string fold(std::string_view text, Spaces spaces = Spaces::single);

/// As fold(), into `out`, which is cleared first; spares an allocation where texts are many.
void fold_into(std::string_view text, std::string& out, Spaces spaces = Spaces::single);

/// The form in which texts are searched: a text holds a needle if search_text(text) contains
/// search_text(needle). Folded, without any spaces, so that 高橋三郎 is found in 髙橋　三郎.
/// Addresses are searched by address_key and phones by digits_of instead.
[[nodiscard]] std::string search_text(std::string_view text);

/// Changes whenever fold() may give another result than before (ours or Unicode's tables), so that
/// stored keys can be made anew.
[[nodiscard]] std::string fold_version();

}  // namespace renraku::text
