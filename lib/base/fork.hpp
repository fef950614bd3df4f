// What a fork means for this process: noticing it, and letting it wait for a good moment.
#pragma once

#include <cstdint>
#include <mutex>

namespace renraku::base {

/// Another number in a child than in its parent. Costs a load, where asking for the process id
/// would cost a system call. The first call in a process must come before the fork that it shall
/// notice.
[[nodiscard]] std::uint64_t fork_generation() noexcept;

/// While another thread holds any, a fork of this process waits, for three seconds at most: a child
/// that is made from the middle of a transaction would take its locks for locks of its own.
/// Taking the first of a thread waits while a fork is under way. May end on another thread than the
/// one it began on.
class ForkHold {
 public:
  ForkHold();
  ForkHold(ForkHold&& other) noexcept;
  ForkHold& operator=(ForkHold&&) = delete;
  ~ForkHold();

  /// Whether it was taken in a parent of this process.
  [[nodiscard]] bool is_inherited() const noexcept;

 private:
  std::uint64_t generation_;  ///< 0: moved from
};

/// Whether this process or one it comes from was forked while another thread held one all the same.
[[nodiscard]] bool was_forked_amid() noexcept;

/// The mutex is taken before every fork, after its wait for ForkHolds, and free again in the parent
/// and in the child. It must stay for as long as the process.
void free_after_forks(std::mutex& mutex);

}  // namespace renraku::base
