#include "crypto/chunks.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <renraku/error.hpp>

namespace renraku::crypto {
namespace {

constexpr std::size_t nonce_size = 12;
using Nonce = std::array<std::uint8_t, nonce_size>;

Nonce nonce_of(std::uint64_t number, bool last) {
  Nonce nonce{};
  for (std::size_t i = 0; i < sizeof number; ++i) {
    nonce[nonce.size() - 2 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  nonce.back() = last ? 1 : 0;
  return nonce;
}

int size_of(ByteView bytes) {
  return static_cast<int>(bytes.size());
}

}  // namespace

void Chunks::FreeCipher::operator()(evp_cipher_ctx_st* cipher) const noexcept {
  EVP_CIPHER_CTX_free(cipher);  // wipes the key
}

Chunks::Chunks(const Key& key, const Digest& context)
    : cipher_(EVP_CIPHER_CTX_new()), context_(context) {
  if (!cipher_ || EVP_CipherInit_ex(cipher_.get(), EVP_chacha20_poly1305(), nullptr,
                                    key.bytes().data(), nullptr, 1) != 1) {
    throw Error(ErrorCode::internal, "libcrypto can't start ChaCha20-Poly1305");
  }
}

bool Chunks::begin(bool seals, bool last) {
  const Nonce nonce = nonce_of(number_++, last);
  int taken = 0;
  return EVP_CipherInit_ex(cipher_.get(), nullptr, nullptr, nullptr, nonce.data(), seals ? 1 : 0) ==
             1 &&
         EVP_CipherUpdate(cipher_.get(), nullptr, &taken, context_.data(), size_of(context_)) == 1;
}

void Chunks::seal(std::span<std::uint8_t> out, ByteView plain, bool last) {
  int written = 0;
  int ended = 0;
  const bool sealed =
      begin(true, last) &&
      EVP_CipherUpdate(cipher_.get(), out.data(), &written, plain.data(), size_of(plain)) == 1 &&
      EVP_CipherFinal_ex(cipher_.get(), out.data() + written, &ended) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher_.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(chunk_overhead),
                          out.data() + plain.size()) == 1;
  if (!sealed) throw Error(ErrorCode::internal, "libcrypto can't seal a chunk");
}

bool Chunks::open(std::span<std::uint8_t> out, ByteView sealed, bool last) {
  if (sealed.size() < chunk_overhead) return false;
  const ByteView text = sealed.first(sealed.size() - chunk_overhead);
  std::array<std::uint8_t, chunk_overhead> tag{};
  std::copy(sealed.end() - chunk_overhead, sealed.end(), tag.begin());
  int written = 0;
  int ended = 0;
  return begin(false, last) &&
         EVP_CIPHER_CTX_ctrl(cipher_.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag.size()),
                             tag.data()) == 1 &&
         EVP_CipherUpdate(cipher_.get(), out.data(), &written, text.data(), size_of(text)) == 1 &&
         EVP_CipherFinal_ex(cipher_.get(), out.data() + written, &ended) == 1;
}

}  // namespace renraku::crypto
