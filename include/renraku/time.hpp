// Points in time and calendar days. The library keeps UTC; showing local time is the host's.
#pragma once

#include <compare>
#include <cstdint>
#include <renraku/export.hpp>
#include <string>
#include <string_view>

namespace renraku {

/// Microseconds since 1970-01-01T00:00:00Z.
struct RENRAKU_API Instant {
  std::int64_t micros = 0;

  auto operator<=>(const Instant&) const = default;

  static Instant now();
  /// RFC 3339 in UTC with microseconds, e.g. "2026-11-21T03:04:05.000006Z".
  [[nodiscard]] std::string text() const;
  /// Accepts exactly what text() writes; else Error{invalid}, naming the field it stood in.
  static Instant parse(std::string_view text, std::string_view field = "time");
};

/// A day of the proleptic Gregorian calendar, known to the day, the month or the year.
///
/// `month` 0 means only the year is known; `day` 0 means only the month is. A date that is not
/// known at all is an absent optional.
struct RENRAKU_API Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  auto operator<=>(const Date&) const = default;

  /// "1940-03-05", "1940-03" or "1940".
  [[nodiscard]] std::string text() const;
  /// Accepts exactly what text() writes and checks that the day exists; else Error{invalid},
  /// naming the field it stood in.
  static Date parse(std::string_view text, std::string_view field = "date");
  /// The day it is in Japan (UTC+9, no daylight saving) at `now`.
  static Date in_japan(Instant now);
  /// True for a day, month or year that exists (year 1 to 9999).
  [[nodiscard]] bool exists() const noexcept;
};

}  // namespace renraku
