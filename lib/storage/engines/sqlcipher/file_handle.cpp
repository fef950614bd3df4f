#include "storage/engines/sqlcipher/file_handle.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include "base/fork.hpp"
#include "storage/engines/sqlcipher/handle.hpp"

namespace renraku::storage::sqlcipher {
namespace {

/// Ends what is left of a parent's connection. It holds no lock of this process, and leaves the
/// log alone.
void close_inherited(sqlite3* connection) {
  while (sqlite3_stmt* const statement = sqlite3_next_stmt(connection, nullptr)) {
    sqlite3_finalize(statement);
  }
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_close_v2(connection);
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

  /// False for one that is inherited, or was and is closed.
  bool take_out(sqlite3* connection) noexcept {
    const std::lock_guard lock(mutex_);
    const auto at = std::ranges::find(handles_, connection, &Handle::connection);
    if (at == handles_.end() || at->is_inherited()) return false;
    handles_.erase(at);
    return true;
  }

  void close_inherited_ones() {
    const std::lock_guard lock(mutex_);
    std::erase_if(handles_, [](const Handle& handle) {
      if (!handle.is_inherited()) return false;
      close_inherited(handle.connection);
      return true;
    });
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
  const base::ForkHold hold;
  if (OpenHandles::instance().take_out(connection)) sqlite3_close_v2(connection);
}

FileHandle open_file(const std::filesystem::path& file, int flags) {
  const base::ForkHold hold;
  OpenHandles::instance().close_inherited_ones();
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  if (raw != nullptr) OpenHandles::instance().add(raw);
  FileHandle handle(raw);
  check(raw, opened, "opening the database file");
  return handle;
}

}  // namespace renraku::storage::sqlcipher
