#include "storage/engines/sqlcipher/checkpointing.hpp"

#include <exception>
#include <system_error>
#include <utility>

#include "base/fork.hpp"

namespace renraku::storage::sqlcipher {

Checkpointing::~Checkpointing() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  asked_or_ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Checkpointing::watch(SqlcipherConnection& connection) {
  const auto hook = [](void* self, sqlite3* committing, const char*, int pages) {
    static_cast<Checkpointing*>(self)->committed(committing, pages);
    return SQLITE_OK;
  };
  sqlite3_wal_hook(connection.handle(), hook, this);
}

void Checkpointing::committed(sqlite3* connection, int pages) noexcept {
  try {
    if (ask(pages)) return;
  } catch (const std::system_error&) {
    // No thread to be had: as below.
  }
  sqlite3_wal_checkpoint_v2(connection, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

bool Checkpointing::ask(int pages) {
  {
    const std::lock_guard lock(mutex_);
    const bool began_anew = pages <= std::exchange(pages_, pages);
    if (began_anew) first_asked_at_ = 0;
    if (pages < from_pages) return true;
    if (first_asked_at_ == 0) first_asked_at_ = pages;
    if (pages - first_asked_at_ >= behind_max) return false;
    asked_ = true;
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  asked_or_ended_.notify_all();
  return true;
}

void Checkpointing::run() {
  std::unique_ptr<SqlcipherConnection> connection;
  std::unique_lock lock(mutex_);
  while (true) {
    asked_or_ended_.wait(lock, [this] { return asked_ || ended_; });
    if (ended_) return;
    asked_ = false;
    lock.unlock();
    try {
      const base::ForkHold hold;
      if (!connection) connection = connect_();
      sqlite3_wal_checkpoint_v2(connection->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                nullptr);
    } catch (const std::exception&) {
      // Nothing may leave a thread of the library's own. The file was moved, say: whoever reads or
      // writes will be told.
    }
    lock.lock();
  }
}

}  // namespace renraku::storage::sqlcipher
