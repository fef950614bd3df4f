// A store, or a region of them, that Python can close at a moment of its choosing.
#pragma once

#include <memory>
#include <mutex>
#include <renraku/region.hpp>
#include <renraku/store.hpp>
#include <string>

namespace renraku::python {

/// Copies are the same handle. Used from any thread: a call under way keeps what is open until it
/// is done.
template <class Opened>
class ClosableHandle {
 protected:
  explicit ClosableHandle(Opened&& opened) : shared_(std::make_shared<Shared>()) {
    shared_->opened = std::make_shared<Opened>(std::move(opened));
  }

  /// Error{invalid_argument} after take().
  [[nodiscard]] std::shared_ptr<Opened> get(const char* what) const {
    const std::scoped_lock lock(shared_->mutex);
    if (!shared_->opened) {
      throw Error(ErrorCode::invalid_argument,
                  "the " + std::string(what) + " is closed: open it again");
    }
    return shared_->opened;
  }
  /// Leaves nothing behind.
  [[nodiscard]] std::shared_ptr<Opened> take() const {
    const std::scoped_lock lock(shared_->mutex);
    return std::exchange(shared_->opened, nullptr);
  }

 private:
  struct Shared {
    std::mutex mutex;
    std::shared_ptr<Opened> opened;
  };
  std::shared_ptr<Shared> shared_;
};

class StoreHandle : private ClosableHandle<Store> {
 public:
  /// `stays_open` says that a region keeps it open.
  explicit StoreHandle(Store&& store, bool stays_open = false)
      : ClosableHandle(std::move(store)), stays_open_(stays_open) {}

  /// Error{invalid_argument} after close().
  [[nodiscard]] std::shared_ptr<Store> store() const { return get("store"); }

  /// Writes what is waiting, unless the store stays open, and lets go of it; once is as good as
  /// twice.
  void close() const {
    const std::shared_ptr<Store> store = take();
    if (store && !stays_open_) store->flush();
  }

 private:
  bool stays_open_;
};

class RegionHandle : private ClosableHandle<Region> {
 public:
  explicit RegionHandle(Region&& region) : ClosableHandle(std::move(region)) {}

  /// Error{invalid_argument} after close().
  [[nodiscard]] std::shared_ptr<Region> region() const { return get("region"); }

  /// Lets go of the stores; once is as good as twice.
  void close() const { take().reset(); }
};

}  // namespace renraku::python
