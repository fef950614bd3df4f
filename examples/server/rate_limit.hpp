// How often an address may ask.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace renraku::server {

/// A token bucket an address, used from any thread. A bucket starts full with half a minute's
/// requests, so that opening a page is never slowed.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimit(double per_minute)
      : per_second_(per_minute / 60), burst_(per_minute < 2 ? 1 : per_minute / 2) {}

  /// Takes one; false when there is none left.
  [[nodiscard]] bool take(const std::string& address, Clock::time_point now = Clock::now());

 private:
  struct Bucket {
    double tokens = 0;
    Clock::time_point seen;
  };
  // Some megabytes; whoever has more addresses than that is not stopped by counting them.
  static constexpr std::size_t addresses_max = 50'000;

  [[nodiscard]] double filled(const Bucket& bucket, Clock::time_point now) const;

  double per_second_;
  double burst_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace renraku::server
