#include "text/era.hpp"

#include <array>

namespace renraku::text {

namespace {

struct EraFacts {
  std::u32string_view name;
  char32_t ligature;
  char32_t letter;
  Date first;
  Date last;
};

// Meiji days are Gregorian from 1873-01-01 only; what lies before counts as outside. The days
// on which Taisho and Showa began belong to both eras.
constexpr std::array<EraFacts, 5> eras{{
    {U"明治", U'㍾', U'm', {1873, 1, 1}, {1912, 7, 30}},
    {U"大正", U'㍽', U't', {1912, 7, 30}, {1926, 12, 25}},
    {U"昭和", U'㍼', U's', {1926, 12, 25}, {1989, 1, 7}},
    {U"平成", U'㍻', U'h', {1989, 1, 8}, {2019, 4, 30}},
    {U"令和", U'㋿', U'r', {2019, 5, 1}, {9999, 12, 31}},
}};

constexpr std::array<int, 5> first_years{1868, 1912, 1926, 1989, 2019};

const EraFacts& facts(Era era) noexcept {
  return eras[static_cast<std::size_t>(era) - 1];
}

}  // namespace

int gregorian_year(Era era, int year) noexcept {
  return first_years[static_cast<std::size_t>(era) - 1] + year - 1;
}

bool outside(Era era, const Date& date) noexcept {
  return is_after(date, facts(era).last) || is_after(facts(era).first, date);
}

EraName era_name_at_start(std::u32string_view text) noexcept {
  if (text.empty()) return {};
  const char32_t c = text[0];
  const char32_t lower = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  for (std::size_t i = 0; i < eras.size(); ++i) {
    const Era era = static_cast<Era>(i + 1);
    if (text.starts_with(eras[i].name)) return {era, eras[i].name.size()};
    if (c == eras[i].name[0] || c == eras[i].ligature || lower == eras[i].letter) return {era, 1};
  }
  return {};
}

bool is_after(const Date& date, const Date& other) noexcept {
  if (date.year != other.year) return date.year > other.year;
  if (date.month == 0 || other.month == 0) return false;
  if (date.month != other.month) return date.month > other.month;
  return date.day != 0 && other.day != 0 && date.day > other.day;
}

}  // namespace renraku::text
