#include "crypto/hash.hpp"

#include <sodium.h>

namespace renraku::crypto {
namespace {

using State = crypto_hash_sha256_state;

// The header keeps libsodium out of other rooms by holding the state as plain bytes.
State* state_in(std::array<std::byte, 104>& bytes) noexcept {
  static_assert(sizeof(State) == sizeof(bytes) && alignof(State) <= 8);
  return reinterpret_cast<State*>(bytes.data());
}

}  // namespace

Digest sha256(ByteView bytes) noexcept {
  Digest out;
  crypto_hash_sha256(out.data(), bytes.data(), bytes.size());
  return out;
}

Sha256::Sha256() noexcept {
  crypto_hash_sha256_init(state_in(state_));
}

Sha256& Sha256::update(ByteView bytes) noexcept {
  crypto_hash_sha256_update(state_in(state_), bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::digest() const noexcept {
  auto copy = state_;
  Digest out;
  crypto_hash_sha256_final(state_in(copy), out.data());
  return out;
}

std::string hex(ByteView bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

}  // namespace renraku::crypto
