#include "text/width.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <renraku/error.hpp>

#include "text/utf8.hpp"

namespace renraku::text {

namespace {

/// Where the character that ends before `end` begins.
std::size_t start_of_last(std::string_view text, std::size_t end) noexcept {
  std::size_t at = end - 1;
  while (at > 0 && end - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

bool is_nothing(std::string_view text, std::size_t at) noexcept {
  const char32_t c = next_code_point(text, at);
  return is_space(c) || is_zero_width(c);
}

}  // namespace

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::size_t last = start_of_last(text, text.size());
    if (!is_nothing(text, last)) break;
    text = text.substr(0, last);
  }
  std::size_t begin = 0;
  while (begin < text.size() && is_nothing(text, begin)) (void)next_code_point(text, begin);
  return text.substr(begin);
}

std::string nfkc(std::string_view text) {
  if (ascii_prefix(text) == text.size()) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status)) {
    normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                              sink, nullptr, status);
  }
  if (U_FAILURE(status)) {
    throw Error(ErrorCode::internal, "ICU could not normalise a text; check its installation");
  }
  return out;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = narrowed(next_code_point(text, at));
    if (is_digit(c)) digits.push_back(static_cast<char>(c));
  }
  return digits;
}

std::string_view without_fraction(std::string_view text) noexcept {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || point == 0 || point + 1 == text.size()) return text;
  const bool whole = text.find_first_not_of("0123456789") == point &&
                     text.find_first_not_of('0', point + 1) == std::string_view::npos;
  return whole ? text.substr(0, point) : text;
}

}  // namespace renraku::text
