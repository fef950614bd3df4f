#include "crypto/argon2.hpp"

#include <sodium.h>

#include <renraku/error.hpp>
#include <tuple>

#include "crypto/hashing_turn.hpp"
#include "crypto/init.hpp"

namespace renraku::crypto {
namespace {

static_assert(std::tuple_size_v<Argon2Salt> == crypto_pwhash_SALTBYTES);

constexpr Argon2Cost least{8u << 10, 1};                // what Argon2 needs to run at all
constexpr Argon2Cost most{std::uint64_t{2} << 30, 20};  // some half a minute

}  // namespace

bool Argon2Cost::reaches(const Argon2Cost& floor) const noexcept {
  return *this == for_tests() || (memory_bytes >= floor.memory_bytes && passes >= floor.passes);
}

bool Argon2Cost::bearable() const noexcept {
  return memory_bytes >= least.memory_bytes && passes >= least.passes &&
         memory_bytes <= most.memory_bytes && passes <= most.passes;
}

Key stretch(std::string_view passphrase, const Argon2Salt& salt, const Argon2Cost& cost) {
  if (!cost.bearable()) {
    throw Error(ErrorCode::invalid_argument,
                "Argon2id takes 8 KiB to 2 GiB of memory and 1 to 20 passes", "cost");
  }
  ready();
  Key key = Key::blank();
  const HashingTurn turn;
  if (crypto_pwhash(key.writable().data(), Key::size, passphrase.data(), passphrase.size(),
                    salt.data(), cost.passes, cost.memory_bytes,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw Error(ErrorCode::busy, "not enough memory to check the passphrase (" +
                                     std::to_string(cost.memory_bytes >> 20) +
                                     " MiB); free some and try again");
  }
  return key;
}

}  // namespace renraku::crypto
