// Authenticated encryption of values that fit in memory.
#pragma once

#include <cstddef>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/hkdf.hpp"
#include "crypto/hmac.hpp"
#include "crypto/secret.hpp"

namespace renraku::crypto {

/// The suite every header names, and Sealer's: ChaCha20-Poly1305, HKDF-SHA-256, SHA-256,
/// HMAC-SHA-256, Ed25519, Argon2id.
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

/// The suite of RowSealer: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), HKDF-SHA-256.
inline constexpr std::uint8_t suite_2 = 2;

/// How much longer RowSealer makes it: suite (1), nonce (24), tag (16).
inline constexpr std::size_t row_seal_overhead = 41;

/// A key made ready for very many small messages, such as the rows of a database, where deriving a
/// key for each would cost more than the cipher itself.
///
/// A sealed row is: one byte naming the suite, a random nonce of 24 bytes, and the ciphertext with
/// its tag by XChaCha20-Poly1305 under one key, which is derived from the given one
/// (derive_key, "rows"). Nonces
/// so long may be random for as many messages as there can be. `associated` is as with Sealer. All
/// members are safe from several threads.
class RowSealer {
 public:
  explicit RowSealer(const Key& key) : key_(derive_key(key, "rows")) {}

  /// Adds the sealed form to `out`. Throws Error{too_large} above `seal_limit`.
  void seal(Bytes& out, ByteView associated, ByteView plaintext) const;
  [[nodiscard]] Bytes seal(ByteView associated, ByteView plaintext) const;
  /// Puts the plaintext in the place of `out`, which keeps its memory. Throws like Sealer::open.
  void open(Bytes& out, ByteView associated, ByteView sealed) const;
  [[nodiscard]] Bytes open(ByteView associated, ByteView sealed) const;

 private:
  Key key_;
};

/// The same for a key used once.
[[nodiscard]] Bytes seal(const Key& key, ByteView associated, ByteView plaintext);
[[nodiscard]] Bytes open(const Key& key, ByteView associated, ByteView sealed);

}  // namespace renraku::crypto
