#include "text/date.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "text/era.hpp"
#include "text/numerals.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::text {

namespace {

/// Longer than any notation with spaces and a time of day; what is longer is no date.
constexpr std::size_t length_max = 48;

/// Years that a date may lie in: those since the first era with numbered years.
constexpr int year_min = 1868;
constexpr int year_max = 2100;

/// The text in narrow forms, on the stack.
class Plain {
 public:
  /// False if it is too long.
  bool take(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
      if (size_ == length_max) return false;
      const char32_t c = narrowed(next_code_point(text, at));
      characters_[size_++] = is_hyphen(c) ? U'-' : c;
    }
    return true;
  }
  void drop_spaces() noexcept {
    const auto end = std::remove(characters_.begin(), characters_.begin() + size_, U' ');
    size_ = static_cast<std::uint8_t>(end - characters_.begin());
  }
  void cut(std::size_t size) noexcept { size_ = static_cast<std::uint8_t>(size); }
  [[nodiscard]] std::u32string_view view() const noexcept { return {characters_.data(), size_}; }

 private:
  std::array<char32_t, length_max> characters_{};
  std::uint8_t size_ = 0;
};

bool all_digits(std::u32string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int value(std::u32string_view digits) noexcept {
  int number = 0;
  for (const char32_t c : digits) number = number * 10 + static_cast<int>(c - '0');
  return number;
}

bool is_unknown(std::u32string_view text) noexcept {
  return text.empty() || text == U"不詳" || text == U"不明" || text == U"未詳" ||
         text == U"生年月日不詳" || text == U"生年月日不明";
}

/// Cuts a time of day that is midnight. False if there is another time, or none where ':' is.
bool cut_midnight(Plain& plain) noexcept {
  const std::u32string_view text = plain.view();
  const std::size_t colon = text.find(U':');
  if (colon == std::u32string_view::npos) return true;
  const std::size_t before = text.find_last_not_of(U'0', colon - 1);
  if (colon == 0 || before == std::u32string_view::npos || colon - before < 2 ||
      colon - before > 3) {
    return false;
  }
  const char32_t divider = text[before];
  const bool zero = text.find_first_not_of(U"0:.", before + 1) == std::u32string_view::npos;
  if (!zero || (divider != ' ' && divider != 'T')) return false;
  const std::u32string_view rest = text.substr(colon);  // ":00" or ":00:00" and a fraction
  const std::size_t point = rest.find(U'.');
  const std::u32string_view clock = rest.substr(0, point);
  const bool whole = clock == U":00" || clock == U":00:00";
  if (!whole || (point != std::u32string_view::npos && rest.size() == point + 1)) return false;
  plain.cut(before);
  return true;
}

/// Cuts ".0" behind a number that is all there is.
void cut_fraction(Plain& plain) noexcept {
  const std::u32string_view text = plain.view();
  const std::size_t point = text.find(U'.');
  if (point == std::u32string_view::npos || point + 1 == text.size()) return;
  const bool zeros = text.find_first_not_of(U'0', point + 1) == std::u32string_view::npos;
  if (zeros && all_digits(text.substr(0, point))) plain.cut(point);
}

/// A date with a year as it was written, before it is checked.
struct Written {
  Era era = Era::none;
  int year = 0;
  int month = -1;  // -1: not written
  int day = -1;
};

ReadDate checked(const Written& written, const Date& today) noexcept {
  const bool by_era = written.era != Era::none;
  if (by_era && (written.year < 1 || written.year > 999)) return {};
  const int year = by_era ? gregorian_year(written.era, written.year) : written.year;
  if (year < year_min || year > 9999 || written.month == 0 || written.day == 0) return {};
  if (written.month > 12 || written.day > 31) return {};
  ReadDate read;
  read.date = {static_cast<std::int16_t>(year),
               static_cast<std::uint8_t>(std::max(written.month, 0)),
               static_cast<std::uint8_t>(std::max(written.day, 0))};
  if (!read.date.exists()) return {};
  read.kind = is_after(read.date, today) ? DateKind::future : DateKind::known;
  read.overshoot = by_era && outside(written.era, read.date);
  return read;
}

ReadDate of_excel_serial(int serial, const Date& today) noexcept {
  using std::chrono::days;
  // Excel believes in 1900-02-29 (day 60); from day 61 on this is its day 0. Four digits and more
  // never come below that.
  constexpr std::chrono::sys_days day_zero{std::chrono::year{1899} / 12 / 30};
  const std::chrono::year_month_day day{day_zero + days{serial}};
  return checked({Era::none, static_cast<int>(day.year()),
                  static_cast<int>(static_cast<unsigned>(day.month())),
                  static_cast<int>(static_cast<unsigned>(day.day()))},
                 today);
}

/// Six digits as an era's year, month and day.
Written of_six(Era era, std::u32string_view digits) noexcept {
  return {era, value(digits.substr(0, 2)), value(digits.substr(2, 2)), value(digits.substr(4, 2))};
}

ReadDate of_digits(std::u32string_view digits, const Date& today, const EraCodes& codes) noexcept {
  if (digits.size() == 8) {
    return checked({Era::none, value(digits.substr(0, 4)), value(digits.substr(4, 2)),
                    value(digits.substr(6, 2))},
                   today);
  }
  if (digits.size() == 7) {
    const Era era = codes.by_digit[digits[0] - U'0'];
    return era == Era::none ? ReadDate{} : checked(of_six(era, digits.substr(1)), today);
  }
  if ((digits.size() != 4 && digits.size() != 5) || digits[0] == '0') return {};
  const int number = value(digits);
  if (number >= year_min && number <= year_max) return checked({Era::none, number}, today);
  return of_excel_serial(number, today);
}

/// Walks a date that consists of numbers and what stands between them.
class Scanner {
 public:
  explicit Scanner(std::u32string_view text) noexcept : rest_(text) {}

  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] std::u32string_view rest() const noexcept { return rest_; }
  void pass(std::size_t count) noexcept { rest_.remove_prefix(count); }

  bool skip(char32_t c) noexcept {
    if (rest_.empty() || rest_[0] != c) return false;
    pass(1);
    return true;
  }
  bool skip_separator() noexcept {
    constexpr std::u32string_view separators = U"./-,・･、";
    if (rest_.empty() || separators.find(rest_[0]) == std::u32string_view::npos) return false;
    pass(1);
    return true;
  }
  /// A number of at most `digits_max` ASCII digits, or in kanji.
  std::optional<int> number(std::size_t digits_max) noexcept {
    const auto run = [this](auto member) {
      return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), member) -
                                      rest_.begin());
    };
    if (const std::size_t digits = run(is_digit); digits != 0) {
      if (digits > digits_max) return {};
      const int number = value(rest_.substr(0, digits));
      pass(digits);
      return number;
    }
    const std::size_t numerals = run(is_kanji_numeral);
    const std::optional<int> number = kanji_number(rest_.substr(0, numerals));
    if (number) pass(numerals);
    return number;
  }

 private:
  std::u32string_view rest_;
};

/// Month and day behind a year. False if anything else is there.
bool scan_month_and_day(Scanner& scanner, Written& written) noexcept {
  if (scanner.at_end()) return true;
  const bool by_name = scanner.skip(U'年');
  if (by_name && scanner.at_end()) return true;
  if (!by_name && !scanner.skip_separator()) return false;
  const std::optional<int> month = scanner.number(2);
  if (!month) return false;
  written.month = *month;
  if (scanner.at_end()) return true;
  const bool by_unit = scanner.skip(U'月');
  if (by_unit && scanner.at_end()) return true;
  if (!by_unit && !scanner.skip_separator()) return false;
  const std::optional<int> day = scanner.number(2);
  if (!day) return false;
  written.day = *day;
  scanner.skip(U'日');
  return scanner.at_end();
}

/// What stands behind an era's name or code.
std::optional<Written> scan_era_date(Era era, Scanner scanner) noexcept {
  if (scanner.rest().size() == 6 && all_digits(scanner.rest())) return of_six(era, scanner.rest());
  Written written{era};
  if (scanner.skip(U'元')) {
    written.year = 1;
  } else if (const std::optional<int> year = scanner.number(3)) {
    written.year = *year;
  } else {
    return {};
  }
  return scan_month_and_day(scanner, written) ? std::optional(written) : std::nullopt;
}

/// "3-150305" and "3-15-3-5": an era's code and, behind it, a whole day.
std::optional<Written> scan_era_code(std::u32string_view text, const EraCodes& codes) noexcept {
  if (text.size() < 2 || !is_digit(text[0]) || is_digit(text[1])) return {};
  const Era era = codes.by_digit[text[0] - U'0'];
  Scanner scanner(text.substr(1));
  if (era == Era::none || !scanner.skip_separator()) return {};
  const std::optional<Written> written = scan_era_date(era, scanner);
  return written && written->day >= 0 ? written : std::nullopt;
}

std::optional<Written> scan(std::u32string_view text, const EraCodes& codes) noexcept {
  const EraName name = era_name_at_start(text);
  if (name.era != Era::none) {
    Scanner scanner(text.substr(name.length));
    scanner.skip_separator();
    return scan_era_date(name.era, scanner);
  }
  if (const auto written = scan_era_code(text, codes)) return written;
  Scanner scanner(text);
  if (text.starts_with(U"西暦")) scanner.pass(2);
  Written written;
  const std::optional<int> year = scanner.number(4);
  if (!year) return {};
  written.year = *year;
  return scan_month_and_day(scanner, written) ? std::optional(written) : std::nullopt;
}

}  // namespace

ReadDate read_date(std::string_view text, const Date& today, const EraCodes& codes) {
  Plain plain;
  if (!plain.take(trim(text)) || !cut_midnight(plain)) return {};
  plain.drop_spaces();
  if (is_unknown(plain.view())) return {DateKind::unknown, {}, false};
  cut_fraction(plain);
  if (all_digits(plain.view())) return of_digits(plain.view(), today, codes);
  const std::optional<Written> written = scan(plain.view(), codes);
  return written ? checked(*written, today) : ReadDate{};
}

}  // namespace renraku::text
