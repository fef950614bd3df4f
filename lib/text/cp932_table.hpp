// The pairs of CP932 and Unicode as two flat tables, asked of ICU once. Private to this room.
#pragma once

#include <array>
#include <cstdint>

namespace renraku::text {

/// Holds what is not ASCII; bytes below 80 stand for themselves. (Not asked of ICU on purpose:
/// IBM's table swaps three control characters.)
struct Cp932Table {
  /// Unicode of a code (one byte, or lead << 8 | trail); 0 where there is none.
  std::array<std::uint16_t, 65536> to_unicode{};
  /// The code that Windows writes for a character; 0 where there is none.
  std::array<std::uint16_t, 65536> from_unicode{};

  [[nodiscard]] static constexpr bool is_lead(unsigned char byte) noexcept {
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
  }
};

/// Made at the first call, by whichever thread comes first. Throws Error{internal} if ICU has no
/// such converter.
[[nodiscard]] const Cp932Table& cp932_table();

}  // namespace renraku::text
