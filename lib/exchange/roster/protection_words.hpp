// Words that tell of people who must not be found (支援措置).
#pragma once

#include <string_view>

namespace renraku::exchange::roster {

/// The first such word in a text of any width: 支援措置, 閲覧制限, 秘匿, 提供不可, or DV as a word
/// of its own (DVD and DVT are none). Empty when there is none.
[[nodiscard]] std::string_view protection_word(std::string_view text);

/// True for a cell that says no: empty, 無, なし, ×, 0, 非該当 and the like. In a column whose
/// header is a telling word, every other cell says yes.
[[nodiscard]] bool says_no(std::string_view text);

}  // namespace renraku::exchange::roster
