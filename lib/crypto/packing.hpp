// Bytes with one meaning: fixed widths, big-endian, lengths in front. For formats that are hashed
// or authenticated, where the same content must always be the same bytes.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <renraku/error.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/bytes.hpp"

namespace renraku::crypto {

class Packer {
 public:
  template <std::unsigned_integral Number>
  Packer& number(Number value) {
    for (std::size_t shift = sizeof(Number) * 8; shift > 0; shift -= 8) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
    }
    return *this;
  }
  /// Two's complement, eight bytes.
  Packer& instant(std::int64_t micros) { return number(static_cast<std::uint64_t>(micros)); }
  /// Of a width both sides know.
  Packer& fixed(ByteView bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  Packer& fixed(std::string_view text) { return fixed(view_of(text)); }
  /// One length byte and the text; Error{too_large} above 255 bytes.
  Packer& short_text(std::string_view text) {
    if (text.size() > 255) throw Error(ErrorCode::too_large, "a short text is over 255 bytes");
    return number(static_cast<std::uint8_t>(text.size())).fixed(text);
  }

  /// Starts anew and keeps the memory.
  void clear() noexcept { bytes_.clear(); }
  [[nodiscard]] const Bytes& bytes() const& noexcept { return bytes_; }
  [[nodiscard]] Bytes bytes() && noexcept { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

/// Reads what Packer wrote. Every member throws Error{damaged} where the bytes end too early.
class Unpacker {
 public:
  /// `what` names the thing read, for the error's text. The bytes must outlive the reader.
  Unpacker(ByteView bytes, std::string_view what) : rest_(bytes), what_(what) {}

  template <std::unsigned_integral Number>
  Number number() {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : fixed(sizeof(Number))) value = value << 8 | byte;
    return static_cast<Number>(value);
  }
  std::int64_t instant() { return static_cast<std::int64_t>(number<std::uint64_t>()); }
  ByteView fixed(std::size_t count) {
    if (count > rest_.size()) fail("ends too early");
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  template <std::size_t count>
  void fixed(std::array<std::uint8_t, count>& out) {
    const ByteView taken = fixed(count);
    std::copy(taken.begin(), taken.end(), out.begin());
  }
  std::string short_text() {
    const ByteView taken = fixed(number<std::uint8_t>());
    return {taken.begin(), taken.end()};
  }
  [[nodiscard]] bool is_at_end() const noexcept { return rest_.empty(); }
  /// Throws Error{damaged} unless everything was read.
  void end() const {
    if (!rest_.empty()) fail("has bytes left over");
  }
  /// Throws Error{damaged} saying what is wrong.
  [[noreturn]] void fail(std::string_view why) const {
    throw Error(ErrorCode::damaged, std::string(what_) + " " + std::string(why));
  }

 private:
  ByteView rest_;
  std::string_view what_;
};

}  // namespace renraku::crypto
