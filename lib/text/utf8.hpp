// UTF-8 (RFC 3629): checking it, walking its code points, and what must be noticed in it.
//
// Everything else in this room takes UTF-8 that was checked once, where it came in. Given bytes
// that are not, the walkers stay within the text and see U+FFFD for each stray byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace renraku::text {

/// How far a text is UTF-8.
struct Utf8Check {
  /// Length in bytes of the longest prefix that is whole, valid characters.
  std::size_t valid = 0;
  /// What follows that prefix is the start of a character that the text ends in, and no error yet.
  bool incomplete = false;
};

/// Refuses overlong forms, surrogates and anything above U+10FFFF. NUL counts as valid.
[[nodiscard]] Utf8Check check_utf8(std::string_view text) noexcept;

/// True for valid UTF-8 from the first byte to the last; the empty text is.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// As next_code_point(), for characters of any length and for stray bytes.
[[nodiscard]] char32_t next_code_point_of_any_length(std::string_view text,
                                                     std::size_t& at) noexcept;

/// The code point beginning at byte `at` (at < text.size()); moves `at` behind it.
[[nodiscard]] inline char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) < 0x80) return static_cast<unsigned char>(text[at++]);
  // Kana and kanji: three bytes, none of the ranges that need a closer look.
  const bool three = byte(0) > 0xE0 && byte(0) < 0xF0 && byte(0) != 0xED;
  if (three && text.size() - at >= 3 && (byte(1) & 0xC0) == 0x80 && (byte(2) & 0xC0) == 0x80) {
    const char32_t c = ((byte(0) & 0x0FU) << 12) | ((byte(1) & 0x3FU) << 6) | (byte(2) & 0x3FU);
    at += 3;
    return c;
  }
  return next_code_point_of_any_length(text, at);
}

/// Appends one code point, which must be a Unicode scalar value.
inline void append_utf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    const char bytes[2] = {static_cast<char>(0xC0 | (c >> 6)),
                           static_cast<char>(0x80 | (c & 0x3F))};
    out.append(bytes, 2);
  } else if (c < 0x10000) {
    const char bytes[3] = {static_cast<char>(0xE0 | (c >> 12)),
                           static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
                           static_cast<char>(0x80 | (c & 0x3F))};
    out.append(bytes, 3);
  } else {
    const char bytes[4] = {
        static_cast<char>(0xF0 | (c >> 18)), static_cast<char>(0x80 | ((c >> 12) & 0x3F)),
        static_cast<char>(0x80 | ((c >> 6) & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    out.append(bytes, 4);
  }
}

/// The length in bytes of the leading part that is ASCII.
[[nodiscard]] std::size_t ascii_prefix(std::string_view text) noexcept;

[[nodiscard]] constexpr bool is_private_use(char32_t c) noexcept {
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

/// True if the text holds a private-use character (外字), whose meaning differs from city to city.
[[nodiscard]] bool has_private_use(std::string_view text) noexcept;

/// True if the text holds NUL.
[[nodiscard]] bool has_nul(std::string_view text) noexcept;

/// True if the text holds a control character other than TAB, LF and CR: C0, DEL or C1.
[[nodiscard]] bool has_control(std::string_view text) noexcept;

}  // namespace renraku::text
