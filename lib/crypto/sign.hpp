// Ed25519 signatures (RFC 8032).
#pragma once

#include <array>
#include <cstdint>

#include "crypto/bytes.hpp"
#include "crypto/secret.hpp"

namespace renraku::crypto {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// A key that signs. Move only; members are safe from several threads.
class SigningKey {
 public:
  /// The same seed always gives the same key pair; store the seed (sealed), not the pair.
  explicit SigningKey(const Key& seed);

  [[nodiscard]] const PublicKey& public_key() const noexcept { return public_key_; }
  /// Signs bytes that begin with something saying what they are: a signature over one kind of
  /// message must not count for another.
  [[nodiscard]] Signature sign(ByteView message) const noexcept;

 private:
  SecretBytes secret_;
  PublicKey public_key_{};
};

/// True when `signature` over `message` was made with the key pair of `key`.
[[nodiscard]] bool verify_signature(const PublicKey& key, ByteView message,
                                    const Signature& signature) noexcept;

}  // namespace renraku::crypto
