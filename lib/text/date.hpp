// Dates as Japanese offices write them.
#pragma once

#include <array>
#include <cstdint>
#include <renraku/time.hpp>
#include <string_view>

namespace renraku::text {

enum class Era : std::uint8_t { none, meiji, taisho, showa, heisei, reiwa };

/// Which digit stands for which era where eras are written as codes (3-150305, 3150305). The
/// default is the commonest of some eighteen tables; a system with another gives its own.
struct EraCodes {
  std::array<Era, 10> by_digit{Era::none,  Era::meiji,  Era::taisho,
                               Era::showa, Era::heisei, Era::reiwa};
};

enum class DateKind : std::uint8_t {
  known,    ///< a date, of the precision that was written
  unknown,  ///< an empty cell, 不詳, 不明 or 未詳: nobody knows
  invalid,  ///< not a date, not a day that exists, or something left over
  future,   ///< a date after today
};

struct ReadDate {
  DateKind kind = DateKind::invalid;
  /// Set for known and future.
  Date date;
  /// The date lies outside the years its era lasted (昭和65年, 平成31年5月) and was converted all
  /// the same, by year and offset. Also set for Meiji dates before 1873-01-01, which the calendar
  /// of their time counted otherwise.
  bool overshoot = false;

  bool operator==(const ReadDate&) const = default;
};

/// Reads a date of whichever notation.
///
/// - Eras by name, first character, letter of either case or ligature: 昭和15年3月5日, 昭15.3.5,
///   S15/03/05, S150305, ㍼15.3.5; by code: 3-150305, 3-15-3-5, 3150305. 元年 is the first year.
/// - The Gregorian calendar, from 1868 on: 1940-03-05, 1940/3/5, 1940年3月5日, 西暦1940年3月5日,
///   19400305.
/// - Less than a day: 1940年3月, 1940/3, S15.3, 昭和15年, 1940.
/// - Excel's day number of the 1900 system: four digits outside 1868 to 2100, or five, without
///   leading zeros (14675 is 1940-03-05).
/// - Digits full-width or in kanji (昭和十五年三月五日, 一九四〇年三月五日); spaces anywhere;
/// numbers that
///   became fractions (14675.0); a time of day behind it if that is midnight, as spreadsheets
///   and data frames write (1940-03-05 00:00:00).
///
/// An era's year counts from its first; a day at which eras changed belongs to both where the law
/// says so (1912-07-30, 1926-12-25). Everything else is invalid: other groups of digits, days that
/// do not exist, month or day 0, two-digit years without an era. `today` is a whole day.
[[nodiscard]] ReadDate read_date(std::string_view text, const Date& today,
                                 const EraCodes& codes = {});

}  // namespace renraku::text
