#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <renraku/error.hpp>
#include <renraku/time.hpp>

namespace renraku {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;
constexpr std::int64_t japan_offset = 9 * 3'600 * micros_per_second;

year_month_day day_of(std::int64_t micros) {
  return sys_days{std::chrono::floor<std::chrono::days>(std::chrono::microseconds(micros))};
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Instant Instant::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::string Instant::text() const {
  const year_month_day day = day_of(micros);
  const std::int64_t in_day = micros - sys_days{day}.time_since_epoch().count() * micros_per_day;
  const std::int64_t seconds = in_day / micros_per_second;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     seconds / 3'600, seconds / 60 % 60, seconds % 60, in_day % micros_per_second);
}

std::string Date::text() const {
  if (month == 0) return fmt::format("{:04}", year);
  if (day == 0) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

bool Date::exists() const noexcept {
  if (year < 1 || year > 9999 || month > 12) return false;
  if (month == 0) return day == 0;
  return day == 0 ||
         year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}
             .ok();
}

Instant Instant::parse(std::string_view text, std::string_view field) {
  constexpr std::string_view shape = "0000-00-00T00:00:00.000000Z";
  const auto refuse = [field] {
    return Error(ErrorCode::invalid, "a time is YYYY-MM-DDThh:mm:ss.ffffffZ and must exist",
                 std::string(field));
  };
  if (text.size() != shape.size()) throw refuse();
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != shape[i]) throw refuse();
  }
  const auto part = [text](std::size_t from, std::size_t size) {
    return number(text.substr(from, size)).value_or(0);
  };
  const year_month_day day{std::chrono::year{part(0, 4)},
                           std::chrono::month{static_cast<unsigned>(part(5, 2))},
                           std::chrono::day{static_cast<unsigned>(part(8, 2))}};
  if (!day.ok() || part(11, 2) > 23 || part(14, 2) > 59 || part(17, 2) > 59) throw refuse();
  const std::int64_t seconds = (part(11, 2) * 60 + part(14, 2)) * 60 + part(17, 2);
  return {sys_days{day}.time_since_epoch().count() * micros_per_day + seconds * micros_per_second +
          part(20, 6)};
}

Date Date::parse(std::string_view text, std::string_view field) {
  const auto part = [text](std::size_t from, std::size_t size) {
    return number(text.substr(from, size)).value_or(-1);
  };
  const bool shaped = (text.size() == 4 || text.size() == 7 || text.size() == 10) &&
                      (text.size() < 7 || text[4] == '-') && (text.size() < 10 || text[7] == '-');
  Date date;
  if (shaped) {
    const int year = part(0, 4);
    const int month = text.size() >= 7 ? part(5, 2) : 0;
    const int day = text.size() == 10 ? part(8, 2) : 0;
    const bool complete =
        year > 0 && (text.size() < 7 || month > 0) && (text.size() < 10 || day > 0);
    date = {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
            static_cast<std::uint8_t>(day)};
    if (complete && date.exists()) return date;
  }
  throw Error(ErrorCode::invalid, "a date is YYYY-MM-DD, YYYY-MM or YYYY and must exist",
              std::string(field));
}

Date Date::in_japan(Instant now) {
  const year_month_day day = day_of(now.micros + japan_offset);
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

}  // namespace renraku
