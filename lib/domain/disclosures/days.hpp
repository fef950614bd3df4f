// What the days of this noun must be. Private to this noun.
#pragma once

#include <renraku/error.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>

namespace renraku::domain {

/// Throws Error{invalid} for a month, a year or a day that does not exist.
inline void need_whole_day(const Date& date, std::string_view field) {
  if (date.exists() && date.day != 0) return;
  throw Error(ErrorCode::invalid, "a whole day that exists is needed here", std::string(field));
}

/// Throws Error{invalid} for a day after today too.
inline void need_past_day(const Date& date, const Date& today, std::string_view field) {
  need_whole_day(date, field);
  if (date <= today) return;
  throw Error(ErrorCode::invalid, "this day is still to come", std::string(field));
}

}  // namespace renraku::domain
