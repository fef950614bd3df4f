#include <renraku/error.hpp>

#include "text/encoding.hpp"

namespace renraku::text {

namespace {

/// How much of the beginning is looked at for a byte order mark and for UTF-16's zero bytes: many
/// rows of any roster, and little enough to hold.
constexpr std::size_t head_max = 64 * 1024;

std::optional<Encoding> by_mark(std::string_view head) noexcept {
  if (head.starts_with("\xEF\xBB\xBF")) return Encoding::utf8_bom;
  if (head.starts_with("\xFF\xFE")) return Encoding::utf16le;
  if (head.starts_with("\xFE\xFF")) return Encoding::utf16be;
  return {};
}

bool is_plain(char byte) noexcept {
  return (byte >= 0x20 && byte < 0x7F) || byte == '\r' || byte == '\n' || byte == '\t';
}

/// UTF-16 writes each ASCII character with a zero byte beside it. A CSV has at least one such
/// character in twenty; a stray NUL in another encoding is far from that.
std::optional<Encoding> by_zero_bytes(std::string_view head) noexcept {
  if (head.find('\0') == std::string_view::npos) return {};
  std::size_t little = 0;
  std::size_t big = 0;
  const std::size_t units = head.size() / 2;
  for (std::size_t i = 0; i < units; ++i) {
    const char first = head[2 * i];
    const char second = head[2 * i + 1];
    if (is_plain(first) && second == 0) ++little;
    if (first == 0 && is_plain(second)) ++big;
  }
  constexpr std::size_t one_in = 20;
  if (little * one_in >= units && little > 2 * big) return Encoding::utf16le;
  if (big * one_in >= units && big > 2 * little) return Encoding::utf16be;
  return {};
}

}  // namespace

EncodingDetector::EncodingDetector() = default;

void EncodingDetector::Candidate::feed(std::string_view chunk, std::string& scratch) {
  if (failed_at) return;
  scratch.clear();
  failed_at = decoder.try_decode(chunk, scratch);
}

void EncodingDetector::look_at_head() {
  looked_ = true;
  decided_ = by_mark(head_);
  if (!decided_) decided_ = by_zero_bytes(head_);
  head_ = {};
}

bool EncodingDetector::feed(std::string_view chunk) {
  if (decided_) return false;
  if (!looked_) {
    head_.append(chunk.substr(0, head_max - head_.size()));
    if (head_.size() == head_max) look_at_head();
    if (decided_) return false;
  }
  // In pieces, so that what is thrown away stays small.
  constexpr std::size_t piece = 64 * 1024;
  for (std::size_t at = 0; at < chunk.size(); at += piece) {
    utf8_.feed(chunk.substr(at, piece), scratch_);
    cp932_.feed(chunk.substr(at, piece), scratch_);
  }
  return !looked_ || !utf8_.failed_at || !cp932_.failed_at;
}

Encoding EncodingDetector::finish() {
  if (!looked_) look_at_head();
  if (decided_) return *decided_;
  if (!utf8_.failed_at) utf8_.failed_at = utf8_.decoder.try_finish();
  if (!utf8_.failed_at) return Encoding::utf8;
  if (!cp932_.failed_at) cp932_.failed_at = cp932_.decoder.try_finish();
  if (!cp932_.failed_at) return Encoding::cp932;
  throw Error(ErrorCode::encoding, "the file is neither UTF-8 (byte " +
                                       std::to_string(*utf8_.failed_at) + ") nor CP932 (byte " +
                                       std::to_string(*cp932_.failed_at) +
                                       ") nor UTF-16; save it again as \"CSV UTF-8\"");
}

Encoding detect_encoding(std::string_view bytes) {
  EncodingDetector detector;
  detector.feed(bytes);
  return detector.finish();
}

}  // namespace renraku::text
