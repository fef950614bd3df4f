#include "text/cp932_table.hpp"
#include "text/encoding.hpp"
#include "text/kana.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::text {

namespace {

constexpr std::uint16_t geta = 0x81AC;  // 〓

/// Characters that look the same as one CP932 has and that it writes without loss of meaning.
constexpr std::uint16_t twin_code(char32_t c) noexcept {
  switch (c) {
    case 0x301C:
      return 0x8160;
    case 0x2212:
      return 0x817C;
    case 0x2016:
      return 0x8161;
    case 0x2014:
      return 0x815C;
    case 0xA2:
      return 0x8191;
    case 0xA3:
      return 0x8192;
    case 0xA5:
      return 0x818F;
    case 0xA6:
      return 0xFA55;
    case 0xAC:
      return 0x81CA;
    default:
      return 0;
  }
}

constexpr bool is_invisible(char32_t c) noexcept {
  return is_zero_width(c) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

void append_code(std::uint16_t code, std::string& out) {
  if (code > 0xFF) out.push_back(static_cast<char>(code >> 8));
  out.push_back(static_cast<char>(code & 0xFF));
}

void note(std::size_t position, EncodingLoss& loss) {
  if (loss.positions.size() < EncodingLoss::positions_max) loss.positions.push_back(position);
}

/// The character at `at` together with a combining voiced mark behind it, if the two are one kana.
char32_t next_composed(std::string_view text, std::size_t& at) {
  const char32_t c = next_code_point(text, at);
  if (at == text.size()) return c;
  std::size_t behind = at;
  const char32_t mark = next_code_point(text, behind);
  if (mark != 0x3099 && mark != 0x309A) return c;
  const char32_t composed = compose_kana(c, mark);
  if (composed == 0) return c;
  at = behind;
  return composed;
}

}  // namespace

void encode_cp932(std::string_view utf8, std::string& out, EncodingLoss& loss) {
  const Cp932Table& table = cp932_table();
  std::size_t at = 0;
  while (at < utf8.size()) {
    if (static_cast<unsigned char>(utf8[at]) < 0x80) {
      out.push_back(utf8[at++]);
      continue;
    }
    const std::size_t position = at;
    const char32_t c = next_composed(utf8, at);
    std::uint16_t code = c < 0x10000 ? table.from_unicode[c] : std::uint16_t{0};
    if (code == 0) code = twin_code(c);
    if (code != 0) {
      append_code(code, out);
    } else if (is_invisible(c)) {
      ++loss.dropped;
      note(position, loss);
    } else {
      append_code(geta, out);
      ++loss.replaced;
      note(position, loss);
    }
  }
}

}  // namespace renraku::text
