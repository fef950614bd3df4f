// The eras since 1868 and what dates in them mean. Private to this room.
#pragma once

#include <cstddef>
#include <renraku/time.hpp>
#include <string_view>

#include "text/date.hpp"

namespace renraku::text {

/// The Gregorian year of an era's year (元年 is 1).
[[nodiscard]] int gregorian_year(Era era, int year) noexcept;

/// True if no part of the date lies in the era, or it lies before the Gregorian calendar came into
/// use in Japan on 1873-01-01.
[[nodiscard]] bool outside(Era era, const Date& date) noexcept;

/// The era whose name begins at the start of `text`, and how many characters the name has:
/// 昭和, 昭, ㍼, S or s.
struct EraName {
  Era era = Era::none;
  std::size_t length = 0;
};
[[nodiscard]] EraName era_name_at_start(std::u32string_view text) noexcept;

/// True if the first date is after the second, as far as both are known.
[[nodiscard]] bool is_after(const Date& date, const Date& other) noexcept;

}  // namespace renraku::text
