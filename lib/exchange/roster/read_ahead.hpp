// Making the next items while the last ones are used: two cores for one file.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace renraku::exchange::roster {

/// Items made by `make` on a thread of its own, some hundred at most ahead of who takes them: an
/// item of an import holds all that is written of a row, some 8 KB.
///
/// `make` fills the next item and returns false at the end; what it throws is thrown by `next` in
/// its place. It runs on the other thread alone, until the end or until this object goes.
template <class Item>
class ReadAhead {
 public:
  explicit ReadAhead(std::function<bool(Item&)> make)
      : make_(std::move(make)), thread_([this] { run(); }) {}
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;
  ~ReadAhead() {
    {
      const std::lock_guard lock(mutex_);
      unwanted_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  /// The next item; false at the end. Used by one thread.
  bool next(Item& item) {
    if (at_ == block_.size() && !take_block()) return false;
    item = std::move(block_[at_++]);
    return true;
  }

 private:
  /// Handing over costs a lock, so it is done by the block.
  static constexpr std::size_t block_size = 64;
  static constexpr std::size_t blocks_max = 8;

  bool take_block() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !blocks_.empty() || ended_; });
    if (blocks_.empty()) {
      if (failed_) std::rethrow_exception(failed_);
      return false;
    }
    block_ = std::move(blocks_.front());
    blocks_.pop_front();
    at_ = 0;
    lock.unlock();
    changed_.notify_all();
    return true;
  }

  /// False when nobody wants more.
  bool hand_over(std::vector<Item>& block) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return blocks_.size() < blocks_max || unwanted_; });
    if (unwanted_) return false;
    blocks_.push_back(std::exchange(block, {}));
    lock.unlock();
    changed_.notify_all();
    return true;
  }

  void run() {
    std::exception_ptr failed;
    try {
      std::vector<Item> block;
      Item item{};
      while (make_(item)) {
        block.push_back(std::exchange(item, {}));
        if (block.size() == block_size && !hand_over(block)) return;
      }
      if (!block.empty() && !hand_over(block)) return;
    } catch (...) {
      failed = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      failed_ = failed;
    }
    changed_.notify_all();
  }

  std::function<bool(Item&)> make_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<Item>> blocks_;
  bool ended_ = false;
  bool unwanted_ = false;
  std::exception_ptr failed_;
  std::vector<Item> block_;
  std::size_t at_ = 0;
  /// Last, so that all it uses is there when it starts.
  std::thread thread_;
};

}  // namespace renraku::exchange::roster
