#include "storage/engines/sqlcipher/copying.hpp"

#include <fcntl.h>

#include <algorithm>

#include "base/file.hpp"

namespace renraku::storage::sqlcipher {
namespace {

constexpr std::size_t read_at_once = std::size_t{1} << 20;
constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

// Through SQLite's own descriptors: closing another one of the same file would drop the locks that
// this process holds on it (POSIX).
sqlite3_file* file_of(sqlite3* connection, int which) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection, "main", which, &file);
  return file && file->pMethods ? file : nullptr;
}

std::uint64_t size_of(sqlite3_file* file) {
  sqlite3_int64 size = 0;
  if (file) check(nullptr, file->pMethods->xFileSize(file, &size), "examining the database");
  return static_cast<std::uint64_t>(size);
}

void read(sqlite3_file* file, std::uint64_t size, const Snapshot::Sink& sink) {
  std::vector<std::uint8_t> bytes(read_at_once);
  for (std::uint64_t at = 0; at < size;) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size - at, bytes.size()));
    const int result = file->pMethods->xRead(file, bytes.data(), static_cast<int>(count),
                                             static_cast<sqlite3_int64>(at));
    // A checkpoint may cut pages off the end that are not part of this state; zeros stand for them.
    if (result != SQLITE_IOERR_SHORT_READ) check(nullptr, result, "reading the database");
    sink(ByteView(bytes).first(count));
    at += count;
  }
}

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

}  // namespace

Snapshot::Snapshot(const std::filesystem::path& file, PageKey key) : connection_(file, key, flags) {
  connection_.begin_read();
  connection_.run("SELECT count(*) FROM sqlite_master");  // only now the state is held
  file_ = file_of(connection_.handle(), SQLITE_FCNTL_FILE_POINTER);
  log_ = file_of(connection_.handle(), SQLITE_FCNTL_JOURNAL_POINTER);
  file_size_ = size_of(file_);
  log_size_ = size_of(log_);
}

void Snapshot::read_log(const Sink& sink) const {
  read(log_, log_size_, sink);
}

void Snapshot::read_file(const Sink& sink) const {
  read(file_, file_size_, sink);
}

void copy_under_another_key(const std::filesystem::path& file, PageKey key,
                            const std::filesystem::path& copy, PageKey copy_key) {
  {
    SqlcipherConnection from(file, key, flags);
    SqlcipherConnection to(copy, copy_key, flags | SQLITE_OPEN_CREATE);
    // Nobody reads it before it is whole, and a torn one is thrown away.
    to.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    const std::unique_ptr<sqlite3_backup, FinishBackup> backup(
        sqlite3_backup_init(to.handle(), "main", from.handle(), "main"));
    if (!backup) fail(to.handle(), sqlite3_errcode(to.handle()), "copying the database");
    const int result = sqlite3_backup_step(backup.get(), -1);
    if (result != SQLITE_DONE) fail(to.handle(), result, "copying the database");
  }
  base::File(copy, O_RDWR, "the new database").flush();
}

}  // namespace renraku::storage::sqlcipher
