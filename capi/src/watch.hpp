// How long work is watched and ended from outside.
#pragma once

#include <renraku/c/base.h>

#include <atomic>
#include <renraku/roster.hpp>

#include "read.hpp"

struct renraku_cancel {
  std::atomic<bool> pulled{false};
  static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may pull it");
};

namespace renraku::capi {

/// Asks the token, then the host. A token that was pulled before the work began ends it at once.
inline Progress read_watch(const renraku_watch* given) {
  if (!given) return {};
  const renraku_watch watch = known_struct(given, "watch");
  const auto pulled = [watch] {
    return watch.cancel && watch.cancel->pulled.load(std::memory_order_relaxed);
  };
  if (pulled()) throw Error(ErrorCode::cancelled, "the cancel token was pulled before the call");
  return [watch, pulled](std::int64_t rows, std::int64_t bytes, std::int64_t bytes_in_all) {
    if (pulled()) return false;
    return !watch.progress || watch.progress(watch.user, rows, bytes, bytes_in_all) == 0;
  };
}

}  // namespace renraku::capi
