#include "crypto/sign.hpp"

#include <sodium.h>

#include <tuple>

namespace renraku::crypto {

static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);
static_assert(Key::size == crypto_sign_SEEDBYTES);

SigningKey::SigningKey(const Key& seed) : secret_(crypto_sign_SECRETKEYBYTES) {
  crypto_sign_seed_keypair(public_key_.data(), secret_.writable().data(), seed.bytes().data());
}

Signature SigningKey::sign(ByteView message) const noexcept {
  Signature out;
  crypto_sign_detached(out.data(), nullptr, message.data(), message.size(), secret_.bytes().data());
  return out;
}

bool verify_signature(const PublicKey& key, ByteView message, const Signature& signature) noexcept {
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     key.data()) == 0;
}

}  // namespace renraku::crypto
