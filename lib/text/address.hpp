// Japanese addresses, for matching.
#pragma once

#include <string>
#include <string_view>

namespace renraku::text {

/// The key under which addresses are compared and searched. Never for showing.
///
/// Alike become: widths, variants of kanji, ヶ and ケ, spaces between words; a leading postal code
/// or prefecture is left out; 三丁目, 3丁目 and 3-; 番地, 番, 号 between or behind numbers and any
/// hyphen or の, ノ, 之 between them: 二丁目3番地の4, 2丁目3番4号 and ２－３－４.
///
/// Kept apart, because they may differ: 673番地2 and 6732; 大字上里, 字上里 and 上里; が and ケ;
/// numbers in kanji other than of 丁目 (三和 and 十日市場 are names); a number divided from the one
/// before by a space only; 号室, 号棟 and what else follows the numbers (方書) — whether 5-6-101 is
/// a room is not guessed.
[[nodiscard]] std::string address_key(std::string_view text);

}  // namespace renraku::text
