#include "text/postal.hpp"

#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::text {

std::optional<std::string> read_postal(std::string_view text) {
  constexpr std::size_t length = 7;
  constexpr std::size_t shortest = 5;  // 001-0010 as a number
  const std::string_view code = without_fraction(trim(text));
  std::string digits;
  bool divided = false;
  for (std::size_t at = 0; at < code.size();) {
    const char32_t c = narrowed(next_code_point(code, at));
    if (is_digit(c)) {
      if (digits.size() == length) return {};
      digits.push_back(static_cast<char>(c));
    } else if (is_hyphen(c) && digits.size() == 3 && !divided) {
      divided = true;
    } else if (c != ' ' && !((c == U'〒' || c == U'〶') && digits.empty())) {
      return {};
    }
  }
  if (digits.size() < (divided ? length : shortest)) return {};
  digits.insert(0, length - digits.size(), '0');
  if (digits == "0000000") return {};
  return digits;
}

}  // namespace renraku::text
