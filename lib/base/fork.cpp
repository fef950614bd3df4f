#include "base/fork.hpp"

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

namespace renraku::base {
namespace {

constexpr std::chrono::seconds patience{3};
constexpr std::chrono::microseconds looked_again_after{50};

std::atomic<std::uint64_t> generation{1};
std::atomic<bool> forking{false};
std::atomic<int> holds{0};
std::atomic<bool> forked_amid{false};
/// Of the fork that is under way.
bool waited_in_vain = false;
/// Of this thread. Whoever holds one is waited for, and must not wait for the fork in turn.
thread_local int own_holds = 0;

// Held over a fork, and for as long as it waits. No condition variable: a child could not use one
// that its parent's threads wait for.
std::mutex& fork_mutex() {
  static std::mutex& mutex = *new std::mutex();
  return mutex;
}

std::vector<std::mutex*>& freed_after() {
  static std::vector<std::mutex*>& mutexes = *new std::vector<std::mutex*>();
  return mutexes;
}

void before_fork() {
  fork_mutex().lock();
  forking = true;
  const auto until = std::chrono::steady_clock::now() + patience;
  // Once nobody holds any, nobody takes any: what is counted after that only looks and goes to
  // wait.
  while (true) {
    waited_in_vain = holds > own_holds;
    if (!waited_in_vain || std::chrono::steady_clock::now() >= until) break;
    std::this_thread::sleep_for(looked_again_after);
  }
  for (std::mutex* mutex : freed_after()) mutex->lock();
}

void after_fork() {
  for (std::mutex* mutex : freed_after()) mutex->unlock();
  forking = false;
  fork_mutex().unlock();
}

void in_child() {
  generation.fetch_add(1, std::memory_order_relaxed);
  if (waited_in_vain) forked_amid = true;
  holds = 0;
  own_holds = 0;
  after_fork();
}

}  // namespace

std::uint64_t fork_generation() noexcept {
  static const int watching = pthread_atfork(before_fork, after_fork, in_child);
  static_cast<void>(watching);
  return generation.load(std::memory_order_relaxed);
}

ForkHold::ForkHold() : generation_(fork_generation()) {
  while (true) {
    holds.fetch_add(1);
    if (own_holds > 0 || !forking) break;
    holds.fetch_sub(1);
    const std::lock_guard until_it_is_over(fork_mutex());
  }
  ++own_holds;
}

ForkHold::ForkHold(ForkHold&& other) noexcept : generation_(std::exchange(other.generation_, 0)) {}

ForkHold::~ForkHold() {
  if (generation_ != fork_generation()) return;
  holds.fetch_sub(1);
  if (own_holds > 0) --own_holds;
}

bool ForkHold::is_inherited() const noexcept {
  return generation_ != 0 && generation_ != fork_generation();
}

bool was_forked_amid() noexcept {
  return forked_amid;
}

void free_after_forks(std::mutex& mutex) {
  static_cast<void>(fork_generation());
  const std::lock_guard lock(fork_mutex());
  freed_after().push_back(&mutex);
}

}  // namespace renraku::base
