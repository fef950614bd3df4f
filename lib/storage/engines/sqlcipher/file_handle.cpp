#include "storage/engines/sqlcipher/file_handle.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include "base/fork.hpp"
#include "storage/engines/sqlcipher/handle.hpp"

namespace renraku::storage::sqlcipher {
namespace {

/// Ends what is left of a parent's connection, which holds no lock of this process, and leaves the
/// log alone. False where something was under way: to undo it would reach into what is shared with
/// the parent.
bool close_inherited(sqlite3* connection) {
  if (base::was_forked_amid() || sqlite3_txn_state(connection, nullptr) == SQLITE_TXN_WRITE) {
    return false;
  }
  while (sqlite3_stmt* const statement = sqlite3_next_stmt(connection, nullptr)) {
    sqlite3_finalize(statement);
  }
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return sqlite3_close(connection) == SQLITE_OK;
}

/// The open handles of this process and those it inherited.
class OpenHandles {
 public:
  static OpenHandles& instance() {
    static OpenHandles& handles = *new OpenHandles();
    return handles;
  }

  void add(sqlite3* connection) {
    const std::lock_guard lock(mutex_);
    handles_.push_back({connection, base::fork_generation()});
  }

  void take_out(sqlite3* connection) noexcept {
    const std::lock_guard lock(mutex_);
    std::erase_if(handles_, [&](const Handle& handle) {
      return handle.connection == connection && !handle.is_inherited();
    });
  }

  /// Error{forked} where one can't be closed.
  void close_inherited_ones() {
    const std::lock_guard lock(mutex_);
    std::erase_if(handles_, [](const Handle& handle) {
      return handle.is_inherited() && close_inherited(handle.connection);
    });
    if (std::ranges::any_of(handles_, &Handle::is_inherited)) {
      throw Error(ErrorCode::forked,
                  "the process was forked in the middle of a change; fork while no call is under "
                  "way, or before the store is opened");
    }
  }

 private:
  struct Handle {
    sqlite3* connection;
    std::uint64_t generation;
    [[nodiscard]] bool is_inherited() const { return generation != base::fork_generation(); }
  };

  OpenHandles() { base::free_after_forks(mutex_); }

  std::mutex mutex_;
  std::vector<Handle> handles_;
};

}  // namespace

void CloseFile::operator()(sqlite3* connection) const noexcept {
  if (generation != base::fork_generation()) return;
  const base::ForkHold hold;
  OpenHandles::instance().take_out(connection);
  sqlite3_close_v2(connection);
}

FileHandle open_file(const std::filesystem::path& file, int flags) {
  // Made before the hold, for its mutex waits for a fork that is under way.
  OpenHandles& handles = OpenHandles::instance();
  const base::ForkHold hold;
  handles.close_inherited_ones();
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  if (raw != nullptr) handles.add(raw);
  FileHandle handle(raw);
  check(raw, opened, "opening the database file");
  return handle;
}

}  // namespace renraku::storage::sqlcipher
