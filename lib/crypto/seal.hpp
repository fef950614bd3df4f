// Authenticated encryption of values that fit in memory.
#pragma once

#include <cstddef>

#include "crypto/bytes.hpp"
#include "crypto/hmac.hpp"
#include "crypto/secret.hpp"

namespace renraku::crypto {

/// The suite every header names: ChaCha20-Poly1305, HKDF-SHA-256, SHA-256, HMAC-SHA-256, Ed25519,
/// Argon2id.
inline constexpr std::uint8_t suite_1 = 1;

/// How much longer the sealed form is: suite (1), salt (16), tag (16).
inline constexpr std::size_t seal_overhead = 33;

/// The most one seal takes. Anything larger is a file and is sealed in chunks, because a seal is
/// opened whole before a byte of it may be believed.
inline constexpr std::size_t seal_limit = std::size_t{1} << 30;

/// A key made ready to seal and open many values.
///
/// A sealed value is: one byte naming the suite, a random salt of 16 bytes, and the ciphertext with
/// its tag by ChaCha20-Poly1305 (RFC 8439) under a key of its own, which HKDF-Expand (RFC 5869,
/// 3.3) makes from the key and the salt. As no key is used twice, the nonce is zero. Two values
/// sealed under one key share a salt with odds of one in 2^64 after 2^32 values.
///
/// `associated` is not stored: whoever opens must say the same bytes (where the value lies: store,
/// table, row), so that a sealed value moved elsewhere does not open. All members are safe from
/// several threads.
class Sealer {
 public:
  explicit Sealer(const Key& key) : hmac_(key) {}

  /// Throws Error{too_large} above `seal_limit`. The same plaintext never looks the same twice.
  [[nodiscard]] Bytes seal(ByteView associated, ByteView plaintext) const;

  /// Throws Error{damaged} when `sealed` was altered, cut, made under another key or for other
  /// `associated` bytes (these look alike), and Error{newer_format} for a suite not known here.
  [[nodiscard]] Bytes open(ByteView associated, ByteView sealed) const;

  /// A key sealed under this one; opened straight into secret memory. Throws like `open`, and
  /// Error{damaged} when what was sealed is not 32 bytes.
  [[nodiscard]] Bytes wrap(ByteView associated, const Key& inner) const {
    return seal(associated, inner.bytes());
  }
  [[nodiscard]] Key unwrap(ByteView associated, ByteView sealed) const;

 private:
  void open_into(std::span<std::uint8_t> out, ByteView associated, ByteView sealed) const;

  HmacKey hmac_;
};

/// The same for a key used once.
[[nodiscard]] Bytes seal(const Key& key, ByteView associated, ByteView plaintext);
[[nodiscard]] Bytes open(const Key& key, ByteView associated, ByteView sealed);

}  // namespace renraku::crypto
