#include "base/fork.hpp"

#include <pthread.h>

#include <atomic>

namespace renraku::base {
namespace {

std::atomic<std::uint64_t> generation{1};

}  // namespace

std::uint64_t fork_generation() noexcept {
  static const int watching =
      pthread_atfork(nullptr, nullptr, [] { generation.fetch_add(1, std::memory_order_relaxed); });
  static_cast<void>(watching);
  return generation.load(std::memory_order_relaxed);
}

}  // namespace renraku::base
