// Making the next items while the last ones are used: two cores for one file.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace renraku::exchange::roster {

/// Items made by `make` on a thread of its own, some hundred at most ahead of who takes them, by
/// the block: an item of an import holds all that is written of a row, some 8 KB.
///
/// `make` fills the next item and returns false at the end; what it throws is thrown by `next` in
/// its place. It runs on the other thread alone, until the end or until this object goes. The item
/// it is given may be one that was used: what an item holds is freed by the thread that made it,
/// for two threads that allocate and free each other's memory wait for each other.
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

  /// The next items, there until the next call; none at the end. Used by one thread.
  std::span<const Item> next() {
    std::unique_lock lock(mutex_);
    if (!block_.empty()) used_.push_back(std::exchange(block_, {}));
    changed_.wait(lock, [this] { return !blocks_.empty() || ended_; });
    if (blocks_.empty()) {
      if (failed_) std::rethrow_exception(failed_);
      return {};
    }
    block_ = std::move(blocks_.front());
    blocks_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return block_;
  }

 private:
  /// Handing over costs a lock, so it is done by the block.
  static constexpr std::size_t block_size = 64;
  static constexpr std::size_t blocks_max = 8;

  using Block = std::vector<Item>;

  /// Hands `block` over for a used one or a new one; false when nobody wants more.
  bool hand_over(Block& block) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return blocks_.size() < blocks_max || unwanted_; });
    if (unwanted_) return false;
    blocks_.push_back(std::exchange(block, {}));
    if (!used_.empty()) {
      block = std::move(used_.front());
      used_.pop_front();
    }
    lock.unlock();
    changed_.notify_all();
    return true;
  }

  void run() {
    std::exception_ptr failed;
    try {
      Block block;
      for (bool more = true; more;) {
        block.resize(block_size);
        std::size_t made = 0;
        while (made < block_size && (more = make_(block[made]))) ++made;
        block.resize(made);
        if (made > 0 && !hand_over(block)) return;
      }
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
  std::deque<Block> blocks_;
  std::deque<Block> used_;
  bool ended_ = false;
  bool unwanted_ = false;
  std::exception_ptr failed_;
  Block block_;
  /// Last, so that all it uses is there when it starts.
  std::thread thread_;
};

}  // namespace renraku::exchange::roster
