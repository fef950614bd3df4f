// Emptying the write-ahead log beside the work.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "storage/engines/sqlcipher/connection.hpp"

namespace renraku::storage::sqlcipher {

/// Moves what was committed from the log into the database file, on a thread and a connection of
/// its own. SQLite would let the writer do so whose commit fills the log: an import of 100,000 rows
/// would be a seventh slower, and now and then a single change would wait for it.
///
/// Both begin with the first log that is long enough. A run that fails says nothing: what is
/// committed stays in the log, and the next commit asks again.
class Checkpointing {
 public:
  using Connect = std::function<std::unique_ptr<SqlcipherConnection>()>;

  explicit Checkpointing(Connect connect) : connect_(std::move(connect)) {}
  Checkpointing(const Checkpointing&) = delete;
  Checkpointing& operator=(const Checkpointing&) = delete;
  /// Ends with the run that is going on.
  ~Checkpointing();

  /// Has the connection tell of its commits. It must not outlast this.
  void watch(SqlcipherConnection& connection);

 private:
  /// A log of fewer pages is left as it is, as SQLite does.
  static constexpr int from_pages = 1'000;
  /// A log can begin anew only at a moment when all of it is in the database file. Writers who
  /// never pause leave none; from so many pages on (64 MB) one of them empties it itself.
  static constexpr int behind_max = 16'000;

  /// After a commit, with the log's length; never throws.
  void committed(sqlite3* connection, int pages) noexcept;
  /// False when the caller shall empty the log itself.
  [[nodiscard]] bool ask(int pages);
  void run();

  Connect connect_;
  std::mutex mutex_;
  std::condition_variable asked_or_ended_;
  bool asked_ = false;
  bool ended_ = false;
  /// How long the log is, and was at the first commit since it began anew that asked.
  int pages_ = 0;
  int first_asked_at_ = 0;
  std::thread thread_;
};

}  // namespace renraku::storage::sqlcipher
