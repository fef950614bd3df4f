// Kanji that write the same name in another form. Private to this room; see fold.hpp.
#pragma once

#include <string_view>

namespace renraku::text {

/// The variant groups: characters of one group are one in matching and fold to the first. Groups
/// are divided by a space. Old forms (旧字体) of the everyday characters, and the variants that
/// Japanese names use; characters that merely read alike (坂 and 阪, 亮 and 諒) are not one.
/// Compatibility ideographs that Unicode itself decomposes (福, 祥, 神…) need no entry.
[[nodiscard]] std::u32string_view kanji_variants() noexcept;

}  // namespace renraku::text
