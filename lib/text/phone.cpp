#include "text/phone.hpp"

#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::text {

namespace {

/// More digits in a row than "+81 (0)" and any number have; a longer run is something else.
constexpr std::size_t digits_max = 16;

/// The longest a number may be in bytes, spaces and brackets included; bounds the work on a huge
/// cell of digits and spaces.
constexpr std::size_t run_max = 128;

constexpr bool stands_within(char32_t c) noexcept {
  return is_zero_width(c) || c == '(' || c == ')' || c == '.' || c == ' ' || c == '[' || c == ']' ||
         is_hyphen(c) || c == U'〜' || c == '~';
}

/// 11 digits for mobile, IP telephone, machine and 0800 numbers, 10 for all others.
bool has_right_length(std::string_view digits) noexcept {
  if (digits.size() < 3 || digits[0] != '0' || digits[1] == '0') return false;
  const bool long_kind =
      digits[2] == '0' && std::string_view("256789").find(digits[1]) != std::string_view::npos;
  return digits.size() == (long_kind ? 11U : 10U);
}

/// The number that the digits of one run are, if they are one.
std::optional<ReadPhone> as_phone(std::string_view digits, bool international) {
  ReadPhone phone;
  if (international) {
    if (!digits.starts_with("81")) return {};
    digits.remove_prefix(2);
    if (digits.starts_with('0')) digits.remove_prefix(1);
    phone.digits = "0";
  } else if (!digits.starts_with('0')) {
    const bool mobile =
        digits.starts_with("70") || digits.starts_with("80") || digits.starts_with("90");
    if (digits.size() != 9 && !(digits.size() == 10 && mobile)) return {};
    phone.digits = "0";
    phone.zero_restored = true;
  }
  phone.digits.append(digits);
  if (!has_right_length(phone.digits)) return {};
  return phone;
}

/// Reads on from the first digit or '+' of a run. `end` comes to stand where the search for a
/// number goes on if there is none here: behind the run, or its first space or bracket.
std::optional<ReadPhone> read_run(std::string_view text, std::size_t begin, std::size_t& end) {
  std::string digits;
  bool international = false;
  std::optional<ReadPhone> first;  // of two numbers with only a space or bracket between
  bool after_digit = false;
  bool divided = false;
  std::size_t last = begin;
  for (std::size_t at = begin; at < text.size() && at - begin < run_max;) {
    const std::size_t from = at;
    const char32_t c = narrowed(next_code_point(text, at));
    if (after_digit && (c == ' ' || c == '(' || c == '[')) {
      if (!first) first = as_phone(digits, international);
      if (first && first->rest.empty()) first->rest = text.substr(from);
      if (!divided) end = at;
      divided = true;
    }
    after_digit = is_digit(c);
    if (after_digit) {
      if (digits.size() < digits_max) digits.push_back(static_cast<char>(c));
      last = at;
    } else if (c == '+' && digits.empty()) {
      international = true;
    } else if (!stands_within(c)) {
      break;
    }
    if (!divided) end = at;
  }
  std::optional<ReadPhone> phone = as_phone(digits, international);
  if (!phone) return first;
  phone->rest = text.substr(last);
  return phone;
}

}  // namespace

std::optional<ReadPhone> read_phone(std::string_view text) {
  const std::string_view number = without_fraction(trim(text));
  for (std::size_t at = 0; at < number.size();) {
    const std::size_t from = at;
    const char32_t c = narrowed(next_code_point(number, at));
    if (!is_digit(c) && c != '+') continue;
    std::size_t end = at;
    if (auto phone = read_run(number, from, end)) return phone;
    at = end;
  }
  return {};
}

}  // namespace renraku::text
