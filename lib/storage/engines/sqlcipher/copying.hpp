// Copies of a database that is in use.
#pragma once

#include <functional>

#include "storage/engines/sqlcipher/connection.hpp"

namespace renraku::storage::sqlcipher {

/// A database as it stands now, byte by byte as it lies on the disk, encrypted: the file, and the
/// write-ahead log whose pages come over it. Both together are one state, however much is written
/// while they are read. One thread at a time.
///
/// Made while the maker holds the database's one write transaction, and the log is read before that
/// ends; the file may be read after it. Readers never wait.
class Snapshot {
 public:
  using Sink = std::function<void(ByteView)>;

  Snapshot(const std::filesystem::path& file, PageKey key);

  [[nodiscard]] std::uint64_t log_size() const { return log_size_; }
  void read_log(const Sink& sink) const;
  [[nodiscard]] std::uint64_t file_size() const { return file_size_; }
  void read_file(const Sink& sink) const;

 private:
  SqlcipherConnection connection_;
  sqlite3_file* file_ = nullptr;
  sqlite3_file* log_ = nullptr;
  std::uint64_t file_size_ = 0;
  std::uint64_t log_size_ = 0;
};

/// Writes the database, as it stands when this begins, into a new file under another key, and
/// flushes it. What is written meanwhile may be missing: hold the write transaction.
void copy_under_another_key(const std::filesystem::path& file, PageKey key,
                            const std::filesystem::path& copy, PageKey copy_key);

}  // namespace renraku::storage::sqlcipher
