#include "crypto/hash.hpp"

// libcrypto, which SQLCipher brings anyway, uses the processor's SHA instructions: four times as
// fast as libsodium's portable code, and the journal hashes a kilobyte a row. The functions of the
// old interface keep their state where they are told; those of the new one allocate it.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <sodium.h>

namespace renraku::crypto {
namespace {

using State = SHA256_CTX;

// The header keeps libcrypto out of other rooms by holding the state as plain bytes.
State* state_in(std::array<std::byte, 112>& bytes) noexcept {
  static_assert(sizeof(State) == sizeof(bytes) && alignof(State) <= 8);
  return reinterpret_cast<State*>(bytes.data());
}

}  // namespace

Digest sha256(ByteView bytes) noexcept {
  Digest out;
  SHA256(bytes.data(), bytes.size(), out.data());
  return out;
}

Sha256::Sha256() noexcept {
  SHA256_Init(state_in(state_));
}

Sha256& Sha256::update(ByteView bytes) noexcept {
  SHA256_Update(state_in(state_), bytes.data(), bytes.size());
  return *this;
}

Digest Sha256::digest() const noexcept {
  auto copy = state_;
  Digest out;
  SHA256_Final(out.data(), state_in(copy));
  return out;
}

std::string hex(ByteView bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

}  // namespace renraku::crypto
