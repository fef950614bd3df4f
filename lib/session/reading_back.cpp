#include "session/reading_back.hpp"

namespace renraku::session {

ReadingBack::ReadingBack(const std::filesystem::path& path, const crypto::Key& key) : in_(path) {
  in_.unlock(key);
  following_ = std::async(std::launch::async, [this] { follow(); });
}

ReadingBack::~ReadingBack() {
  if (!following_.valid()) return;
  {
    const std::lock_guard lock(mutex_);
    unwanted_ = true;
  }
  changed_.notify_one();
  following_.wait();
}

void ReadingBack::written(std::uint64_t size) {
  tell(size, false);
}

void ReadingBack::finish(std::uint64_t size) {
  tell(size, true);
  following_.get();
}

void ReadingBack::tell(std::uint64_t size, bool ended) {
  {
    const std::lock_guard lock(mutex_);
    size_ = size;
    ended_ = ended;
  }
  changed_.notify_one();
}

void ReadingBack::follow() {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return size_ > seen || ended_ || unwanted_; });
    if (unwanted_) return;
    seen = size_;
    const bool whole = ended_;
    lock.unlock();
    in_.grow_to(seen);
    if (whole) return in_.check_rest();
    in_.check_all_but_last();
    lock.lock();
  }
}

}  // namespace renraku::session
