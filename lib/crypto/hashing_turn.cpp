#include "crypto/hashing_turn.hpp"

#include <renraku/error.hpp>
#include <semaphore>

namespace renraku::crypto {
namespace {

std::counting_semaphore<HashingTurn::limit>& turns() {
  static std::counting_semaphore<HashingTurn::limit> semaphore(HashingTurn::limit);
  return semaphore;
}

}  // namespace

HashingTurn::HashingTurn(std::chrono::milliseconds wait) {
  if (turns().try_acquire_for(wait)) return;
  throw Error(ErrorCode::busy, "too many passwords are being checked at once; try again");
}

HashingTurn::~HashingTurn() {
  turns().release();
}

}  // namespace renraku::crypto
