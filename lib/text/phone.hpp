// Telephone numbers in Japan, as digits that can be compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace renraku::text {

struct ReadPhone {
  /// The number as it is dialled within Japan: "0" and 9 or 10 more digits, nothing else.
  std::string digits;
  /// A leading 0 was missing, as spreadsheets drop it, and was put back.
  bool zero_restored = false;
  /// What follows the number in the same text, untouched; a view into it. Read it again for a
  /// second number: "0297-00-0001／090-…".
  std::string_view rest;
};

/// Finds the first telephone number in a text, or nothing.
///
/// Brackets, spaces, points and hyphens of all kinds and widths within it are passed over, as are
/// words around it (自宅, TEL). +81 stands for the leading 0, with or without "(0)". Without its
/// leading 0, a number is taken of 9 digits, or of 10 that begin 70, 80 or 90. Numbers of
/// 070/080/090, 050, 060 and 020 have 11 digits, all others 10. Area codes vary in length, so where
/// to put hyphens is not guessed. Local numbers without an area code are not read.
[[nodiscard]] std::optional<ReadPhone> read_phone(std::string_view text);

}  // namespace renraku::text
