// Names of people, for telling whether two records speak of the same person.
#pragma once

#include <string>
#include <string_view>

namespace renraku::text {

/// The key under which a name is compared: the folded name without spaces and middle dots; where
/// there is no name, its reading, likewise. Empty if there is neither. Equal keys say that the
/// names may be the same; they prove it only where is_certain() holds for the key.
[[nodiscard]] std::string name_key(std::string_view name, std::string_view kana);

/// False for what equals nothing, not even itself: the empty text, 不詳 and 不明, and a text with a
/// place holder for a character that got lost: 〓, U+FFFD, a private-use character (外字, whose
/// meaning differs from city to city), or ? ■ □ ● ○ ◆ ＊ as they stand for one in names.
[[nodiscard]] bool is_certain(std::string_view text);

}  // namespace renraku::text
