// A store that Python can close at a moment of its choosing.
#pragma once

#include <memory>
#include <mutex>
#include <renraku/store.hpp>

namespace renraku::python {

/// Copies are the same handle. Used from any thread: a call under way keeps the store until it is
/// done.
class StoreHandle {
 public:
  explicit StoreHandle(Store&& store) : shared_(std::make_shared<Shared>()) {
    shared_->store = std::make_shared<Store>(std::move(store));
  }

  /// Error{invalid_argument} after close().
  [[nodiscard]] std::shared_ptr<Store> store() const {
    const std::scoped_lock lock(shared_->mutex);
    if (!shared_->store) {
      throw Error(ErrorCode::invalid_argument, "the store is closed: open it again");
    }
    return shared_->store;
  }

  /// Writes what is waiting and lets go of the store; once is as good as twice.
  void close() const {
    std::shared_ptr<Store> store;
    {
      const std::scoped_lock lock(shared_->mutex);
      store = std::exchange(shared_->store, nullptr);
    }
    if (store) store->flush();
  }

 private:
  struct Shared {
    std::mutex mutex;
    std::shared_ptr<Store> store;
  };
  std::shared_ptr<Shared> shared_;
};

}  // namespace renraku::python
