#include "crypto/chunks.hpp"

#include <sodium.h>

#include <array>

namespace renraku::crypto {
namespace {

static_assert(chunk_overhead == crypto_aead_chacha20poly1305_ietf_ABYTES);

using Nonce = std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES>;

Nonce nonce_of(std::uint64_t number, bool last) {
  Nonce nonce{};
  for (std::size_t i = 0; i < sizeof number; ++i) {
    nonce[nonce.size() - 2 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  nonce.back() = last ? 1 : 0;
  return nonce;
}

}  // namespace

void Chunks::seal(std::span<std::uint8_t> out, ByteView plain, bool last) {
  const Nonce nonce = nonce_of(number_++, last);
  crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), nullptr, plain.data(), plain.size(),
                                            context_.data(), context_.size(), nullptr, nonce.data(),
                                            key_.bytes().data());
}

bool Chunks::open(std::span<std::uint8_t> out, ByteView sealed, bool last) {
  const Nonce nonce = nonce_of(number_++, last);
  return sealed.size() >= chunk_overhead &&
         crypto_aead_chacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(),
                                                   sealed.size(), context_.data(), context_.size(),
                                                   nonce.data(), key_.bytes().data()) == 0;
}

}  // namespace renraku::crypto
