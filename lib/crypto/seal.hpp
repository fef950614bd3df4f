// Authenticated encryption of values that fit in memory.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

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
  friend class GroupSealer;
  friend class GroupOpener;

  void open_into(std::span<std::uint8_t> out, ByteView associated, ByteView sealed) const;

  HmacKey hmac_;
};

/// Tells the values of a group apart: each has its own. A digest of its name will do.
using GroupPlace = std::array<std::uint8_t, 12>;
[[nodiscard]] GroupPlace group_place(std::string_view name);

/// Values that are written and read together, such as the columns of a row, sealed under one
/// message key, which is made once for all of them. Each is sealed as Sealer does it, but with its
/// place as the nonce and under a key of another label, so that neither opens the other's. Of one
/// thread.
class GroupSealer {
 public:
  /// A new group with a salt of its own; `sealer` outlives it.
  explicit GroupSealer(const Sealer& sealer);

  /// Adds the sealed form to `out`. No place twice in a group.
  void seal(Bytes& out, const GroupPlace& place, ByteView associated, ByteView plaintext) const;

 private:
  std::array<std::uint8_t, 16> salt_{};
  SecretBytes key_;
};

/// Opens values of groups one after the other, and keeps the message key for as long as they are of
/// the same one. Of one thread.
class GroupOpener {
 public:
  /// Throws like Sealer::open.
  void open(Bytes& out, const Sealer& sealer, const GroupPlace& place, ByteView associated,
            ByteView sealed);

 private:
  const Sealer* sealer_ = nullptr;
  std::array<std::uint8_t, 16> salt_{};
  SecretBytes key_;
};

/// The same for a key used once.
[[nodiscard]] Bytes seal(const Key& key, ByteView associated, ByteView plaintext);
[[nodiscard]] Bytes open(const Key& key, ByteView associated, ByteView sealed);

}  // namespace renraku::crypto
