#include "crypto/hmac.hpp"

#include <sodium.h>

#include <cstring>

namespace renraku::crypto {
namespace {

using State = crypto_auth_hmacsha256_state;

}  // namespace

HmacKey::HmacKey(ByteView key) : state_(sizeof(State)) {
  constexpr std::uint8_t no_key = 0;  // libsodium wants an address even for no bytes
  State state;
  crypto_auth_hmacsha256_init(&state, key.empty() ? &no_key : key.data(), key.size());
  std::memcpy(state_.writable().data(), &state, sizeof state);
  sodium_memzero(&state, sizeof state);
}

Digest HmacKey::mac(std::initializer_list<ByteView> pieces) const noexcept {
  State state;
  std::memcpy(&state, state_.bytes().data(), sizeof state);
  for (const ByteView piece : pieces) {
    crypto_auth_hmacsha256_update(&state, piece.data(), piece.size());
  }
  Digest out;
  crypto_auth_hmacsha256_final(&state, out.data());
  sodium_memzero(&state, sizeof state);
  return out;
}

bool HmacKey::verify(ByteView message, const Digest& expected) const noexcept {
  const Digest actual = mac(message);
  return same_bytes(actual, expected);
}

}  // namespace renraku::crypto
