// Japanese postal codes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace renraku::text {

/// The seven digits of a postal code, or nothing if the text is none.
///
/// 303-0001, 〒3030001, full-width digits, any hyphen and spaces. Zeros that a spreadsheet dropped
/// come back where the text is digits alone: 600001 is 060-0001, 10010 is 001-0010. Anything left
/// over, and 000-0000, is no code.
[[nodiscard]] std::optional<std::string> read_postal(std::string_view text);

}  // namespace renraku::text
