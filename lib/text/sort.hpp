// The order of Japanese names.
#pragma once

#include <string>
#include <string_view>

namespace renraku::text {

/// Bytes whose order (memcmp) is the Japanese order of the readings they were made of: Unicode
/// collation for "ja" (gojūon; voiced after plain, small after large where all else is equal).
/// Give it readings as to_katakana() makes them. May be called from any thread.
[[nodiscard]] std::string sort_key(std::string_view kana);

/// Changes whenever sort_key() may give other bytes (another ICU or CLDR): keys of different
/// versions must not be compared, and stored ones be made anew.
[[nodiscard]] std::string sort_key_version();

}  // namespace renraku::text
