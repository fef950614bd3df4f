#include "crypto/init.hpp"

#include <sodium.h>

#include <renraku/error.hpp>

namespace renraku::crypto {

void ready() {
  static const bool done = [] {
    if (sodium_init() < 0) {
      throw Error(ErrorCode::internal,
                  "libsodium could not start: the system gives no random bytes (getrandom)");
    }
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace renraku::crypto
