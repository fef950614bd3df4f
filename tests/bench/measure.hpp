// Timing two things in turn, so that both meet the same machine.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace renraku::bench {

/// Microseconds of each run.
class Samples {
 public:
  void add(double micros) { values_.push_back(micros); }
  [[nodiscard]] double percentile(double part) {
    std::sort(values_.begin(), values_.end());
    return values_[static_cast<std::size_t>(part * static_cast<double>(values_.size() - 1))];
  }
  [[nodiscard]] double median() { return percentile(0.5); }

 private:
  std::vector<double> values_;
};

template <class Work>
double timed(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
      .count();
}

}  // namespace renraku::bench
