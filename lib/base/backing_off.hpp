// Waiting longer each time for something that will pass.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace renraku::base {

/// Of one thread. Waits 10 ms first and then twice as long each time, up to a second, and gives up
/// when its patience is at its end.
class BackingOff {
 public:
  explicit BackingOff(std::chrono::milliseconds patience) : end_(Clock::now() + patience) {}

  /// Waits; false, at once, when it has waited long enough.
  [[nodiscard]] bool wait() {
    if (Clock::now() + next_ > end_) return false;
    std::this_thread::sleep_for(next_);
    next_ = std::min<std::chrono::milliseconds>(next_ * 2, longest);
    return true;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds longest{1000};

  Clock::time_point end_;
  std::chrono::milliseconds next_{10};
};

}  // namespace renraku::base
