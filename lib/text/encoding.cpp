#include "text/encoding.hpp"

#include <algorithm>
#include <array>
#include <renraku/error.hpp>
#include <utility>

#include "text/cp932_table.hpp"
#include "text/utf8.hpp"

namespace renraku::text {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

/// How far a piece could be decoded: bytes used, and whether the next byte is an error (else it
/// begins a character that the piece ends in).
struct Progress {
  std::size_t used = 0;
  bool bad = false;
};

unsigned char byte_at(std::string_view bytes, std::size_t at) noexcept {
  return static_cast<unsigned char>(bytes[at]);
}

Progress utf8_to_utf8(std::string_view bytes, bool at_start, std::string& out) {
  const Utf8Check check = check_utf8(bytes);
  std::string_view text = bytes.substr(0, check.valid);
  if (at_start && text.starts_with(utf8_mark)) text.remove_prefix(utf8_mark.size());
  out.append(text);
  return {check.valid, check.valid < bytes.size() && !check.incomplete};
}

/// One character of CP932 at `at`, as UTF-8 into `room` (3 bytes). `used` 0 means none.
struct Cp932Step {
  std::size_t used = 0;
  std::size_t written = 0;
  bool incomplete = false;
};

Cp932Step cp932_step(const Cp932Table& table, std::string_view bytes, std::size_t at,
                     char* room) noexcept {
  unsigned code = byte_at(bytes, at);
  std::size_t used = 1;
  if (Cp932Table::is_lead(static_cast<unsigned char>(code))) {
    if (at + 1 == bytes.size()) return {0, 0, true};
    code = (code << 8) | byte_at(bytes, at + 1);
    used = 2;
  }
  const unsigned c = table.to_unicode[code];
  if (c == 0) return {};
  if (c < 0x800) {
    room[0] = static_cast<char>(0xC0 | (c >> 6));
    room[1] = static_cast<char>(0x80 | (c & 0x3F));
    return {used, 2, false};
  }
  room[0] = static_cast<char>(0xE0 | (c >> 12));
  room[1] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  room[2] = static_cast<char>(0x80 | (c & 0x3F));
  return {used, 3, false};
}

Progress cp932_to_utf8(std::string_view bytes, std::string& out) {
  const Cp932Table& table = cp932_table();
  std::array<char, 4096> room{};
  std::size_t written = 0;
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (written + 3 > room.size()) {
      out.append(room.data(), written);
      written = 0;
    }
    if (byte_at(bytes, at) < 0x80) {
      room[written++] = bytes[at++];
      continue;
    }
    const Cp932Step one = cp932_step(table, bytes, at, room.data() + written);
    if (one.used == 0) {
      out.append(room.data(), written);
      return {at, !one.incomplete};
    }
    at += one.used;
    written += one.written;
  }
  out.append(room.data(), written);
  return {at, false};
}

Progress utf16_to_utf8(std::string_view bytes, bool little, bool at_start, std::string& out) {
  const auto unit_at = [&](std::size_t at) -> char32_t {
    const unsigned first = byte_at(bytes, at);
    const unsigned second = byte_at(bytes, at + 1);
    return little ? first | (second << 8) : second | (first << 8);
  };
  std::size_t at = 0;
  if (at_start && bytes.size() >= 2 && unit_at(0) == 0xFEFF) at = 2;
  while (at + 2 <= bytes.size()) {
    char32_t c = unit_at(at);
    std::size_t length = 2;
    if (c >= 0xDC00 && c <= 0xDFFF) return {at, true};
    if (c >= 0xD800 && c <= 0xDBFF) {
      if (at + 4 > bytes.size()) return {at, false};
      const char32_t low = unit_at(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return {at, true};
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      length = 4;
    }
    append_utf8(c, out);
    at += length;
  }
  return {at, false};
}

[[noreturn]] void refuse(Encoding encoding, std::uint64_t offset) {
  throw Error(ErrorCode::encoding, "the text is not " + std::string(encoding_name(encoding)) +
                                       ": no character at byte " + std::to_string(offset) +
                                       "; name its real encoding or save it again as UTF-8");
}

}  // namespace

std::string_view encoding_name(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::utf8:
      return "utf-8";
    case Encoding::utf8_bom:
      return "utf-8-bom";
    case Encoding::cp932:
      return "cp932";
    case Encoding::utf16le:
      return "utf-16le";
    case Encoding::utf16be:
      return "utf-16be";
  }
  return "unknown";
}

Encoding parse_encoding(std::string_view name) {
  static constexpr std::pair<std::string_view, Encoding> known[] = {
      {"utf8", Encoding::utf8},        {"utf8bom", Encoding::utf8_bom},
      {"utf8sig", Encoding::utf8_bom}, {"cp932", Encoding::cp932},
      {"windows31j", Encoding::cp932}, {"windows932", Encoding::cp932},
      {"ms932", Encoding::cp932},      {"sjis", Encoding::cp932},
      {"shiftjis", Encoding::cp932},   {"utf16le", Encoding::utf16le},
      {"utf16be", Encoding::utf16be},
  };
  std::string plain;
  for (const char c : name) {
    if (c == '-' || c == '_') continue;
    plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  for (const auto& [text, encoding] : known) {
    if (plain == text) return encoding;
  }
  throw Error(ErrorCode::invalid_argument,
              "unknown encoding name; known are utf-8, utf-8-bom, cp932, utf-16le, utf-16be",
              "encoding");
}

std::optional<std::uint64_t> Decoder::try_decode(std::string_view chunk, std::string& out) {
  std::string joined;
  std::string_view bytes = chunk;
  if (!pending_.empty()) {
    joined = pending_;
    joined.append(chunk);
    bytes = joined;
  }
  const bool at_start = offset_ == 0;
  Progress progress;
  switch (encoding_) {
    case Encoding::utf8:
    case Encoding::utf8_bom:
      progress = utf8_to_utf8(bytes, at_start, out);
      break;
    case Encoding::cp932:
      progress = cp932_to_utf8(bytes, out);
      break;
    case Encoding::utf16le:
    case Encoding::utf16be:
      progress = utf16_to_utf8(bytes, encoding_ == Encoding::utf16le, at_start, out);
      break;
  }
  if (progress.bad) return offset_ + progress.used;
  offset_ += progress.used;
  pending_.assign(bytes.substr(progress.used));
  return {};
}

std::optional<std::uint64_t> Decoder::try_finish() const noexcept {
  if (pending_.empty()) return {};
  return offset_;
}

void Decoder::decode(std::string_view chunk, std::string& out) {
  if (const auto bad = try_decode(chunk, out)) refuse(encoding_, *bad);
}

void Decoder::finish() const {
  if (const auto bad = try_finish()) refuse(encoding_, *bad);
}

std::string decode(std::string_view bytes, Encoding encoding) {
  std::string out;
  Decoder decoder(encoding);
  decoder.decode(bytes, out);
  decoder.finish();
  return out;
}

}  // namespace renraku::text
