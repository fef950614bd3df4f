#include "rate_limit.hpp"

#include <algorithm>

namespace renraku::server {

double RateLimit::filled(const Bucket& bucket, Clock::time_point now) const {
  const std::chrono::duration<double> since = now - bucket.seen;
  return std::min(burst_, bucket.tokens + since.count() * per_second_);
}

bool RateLimit::take(const std::string& address, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= addresses_max && !buckets_.contains(address)) {
    // A full bucket is as good as none.
    std::erase_if(buckets_, [&](const auto& entry) { return filled(entry.second, now) >= burst_; });
    if (buckets_.size() >= addresses_max) return false;
  }
  Bucket& bucket = buckets_.try_emplace(address, Bucket{burst_, now}).first->second;
  bucket.tokens = filled(bucket, now);
  bucket.seen = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

}  // namespace renraku::server
