#include "crypto/hmac.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>

namespace renraku::crypto {
namespace {

constexpr std::size_t block_size = 64;

/// After the block that depends on the key alone: of the inner hash and of the outer one.
struct State {
  Sha256 inner;
  Sha256 outer;
};
static_assert(std::is_trivially_copyable_v<State>);

void take_masked(Sha256& hash, std::array<std::uint8_t, block_size> block, std::uint8_t mask) {
  for (std::uint8_t& byte : block) byte ^= mask;
  hash.update(block);
  crypto::wipe(block);
}

void wipe(State& state) noexcept {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
}

}  // namespace

HmacKey::HmacKey(ByteView key) : state_(sizeof(State)) {
  std::array<std::uint8_t, block_size> block{};
  if (key.size() > block.size()) {
    Digest digest = sha256(key);
    std::copy(digest.begin(), digest.end(), block.begin());
    crypto::wipe(digest);
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  State state;
  take_masked(state.inner, block, 0x36);
  take_masked(state.outer, block, 0x5c);
  crypto::wipe(block);
  std::memcpy(state_.writable().data(), &state, sizeof state);
  wipe(state);
}

Digest HmacKey::mac(std::initializer_list<ByteView> pieces) const noexcept {
  State state;
  std::memcpy(&state, state_.bytes().data(), sizeof state);
  for (const ByteView piece : pieces) state.inner.update(piece);
  Digest inside = state.inner.digest();
  const Digest out = state.outer.update(inside).digest();
  crypto::wipe(inside);
  wipe(state);
  return out;
}

bool HmacKey::verify(ByteView message, const Digest& expected) const noexcept {
  const Digest actual = mac(message);
  return same_bytes(actual, expected);
}

}  // namespace renraku::crypto
