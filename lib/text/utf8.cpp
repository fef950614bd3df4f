#include "text/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace renraku::text {

namespace {

/// One character read from bytes: its length, or 0 if there is none at this place.
struct Step {
  char32_t c = 0;
  std::size_t length = 0;
  bool incomplete = false;
};

/// Table 3-7 of the Unicode standard: the first byte sets the length and the second byte's range.
Step step(const unsigned char* bytes, std::size_t available) noexcept {
  const unsigned char lead = bytes[0];
  if (lead < 0x80) return {lead, 1, false};
  if (lead < 0xC2 || lead > 0xF4) return {};
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  char32_t c = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (i == available) return {0, 0, true};
    const unsigned char byte = bytes[i];
    if (i == 1 ? (byte < low || byte > high) : (byte & 0xC0) != 0x80) return {};
    c = (c << 6) | (byte & 0x3FU);
  }
  return {c, length, false};
}

const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::size_t ascii_prefix(std::string_view text) noexcept {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    if ((eight & high_bits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

Utf8Check check_utf8(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      at += ascii_prefix(text.substr(at));
      continue;
    }
    const Step one = step(bytes_of(text) + at, text.size() - at);
    if (one.length == 0) return {at, one.incomplete};
    at += one.length;
  }
  return {at, false};
}

bool is_utf8(std::string_view text) noexcept {
  return check_utf8(text).valid == text.size();
}

char32_t next_code_point_of_any_length(std::string_view text, std::size_t& at) noexcept {
  const Step one = step(bytes_of(text) + at, text.size() - at);
  if (one.length == 0) {
    ++at;
    return 0xFFFD;
  }
  at += one.length;
  return one.c;
}

bool has_private_use(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    // Every private-use character begins with a byte from EE on, which little else does.
    if (static_cast<unsigned char>(text[at]) < 0xEE) {
      ++at;
    } else if (is_private_use(next_code_point(text, at))) {
      return true;
    }
  }
  return false;
}

bool has_nul(std::string_view text) noexcept {
  return text.find('\0') != std::string_view::npos;
}

bool has_control(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return true;
    if (byte == 0x7F) return true;
    if (byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) {
      return true;
    }
  }
  return false;
}

}  // namespace renraku::text
