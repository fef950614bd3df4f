// XChaCha20-Poly1305 of short messages, in half the time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "crypto/bytes.hpp"

namespace renraku::crypto {

/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), to the byte what libsodium's one call makes.
/// That runs the cipher for the tag's key, for each 256 bytes and for each 64 of what is left, one
/// after another, which is most of a short message's time; here it runs once over all of it, and
/// the processor works on four or eight blocks side by side.
class ShortAead {
 public:
  static constexpr std::size_t nonce_size = 24;
  static constexpr std::size_t tag_size = 16;
  static constexpr std::size_t key_size = 32;

  /// What is longer is no faster so.
  [[nodiscard]] static bool fits(std::size_t message, std::size_t associated) noexcept {
    return message <= message_max && associated <= associated_max;
  }

  /// Of what fits. The key must stay until this is gone.
  ShortAead(std::span<const std::uint8_t, nonce_size> nonce,
            std::span<const std::uint8_t, key_size> key) noexcept
      : nonce_(nonce), key_(key) {}

  /// `out` has room for the message and its tag.
  void seal(std::uint8_t* out, ByteView associated, ByteView plaintext) const noexcept;
  /// `sealed` ends with its tag; false, with nothing in `out`, when that is not its own.
  [[nodiscard]] bool open(std::uint8_t* out, ByteView associated, ByteView sealed) const noexcept;

 private:
  static constexpr std::size_t block = 64;
  static constexpr std::size_t side_by_side = 256;
  static constexpr std::size_t message_max = 3 * side_by_side - block;
  static constexpr std::size_t associated_max = 256;

  class Run;

  std::span<const std::uint8_t, nonce_size> nonce_;
  std::span<const std::uint8_t, key_size> key_;
};

}  // namespace renraku::crypto
