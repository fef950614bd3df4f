// Entries of reads that have no tail to wait in.
#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <vector>

#include "access/journal/writer.hpp"

namespace renraku::access {

/// Brings entries into the journal before their answers leave. Who comes while another thread is at
/// it is taken along by the next commit, so that many readers wait for few of them. Used from any
/// thread; none may hold the writer's place.
class StraightJournal {
 public:
  StraightJournal(storage::Database& database, const JournalKeys& keys)
      : database_(database), keys_(keys) {}

  /// Returns when the entry, of something done `now`, is committed. Throws what the transaction
  /// threw; then it is not there, but for Error{io} (field "commit"), when nobody knows.
  void write(Entry entry, Instant now);

 private:
  struct Waiting {
    Entry entry;
    Instant now;
  };
  /// What goes in one commit.
  struct Batch {
    std::vector<Waiting> entries;
    bool done = false;
    std::exception_ptr failed;
  };

  void commit(const std::vector<Waiting>& entries);

  storage::Database& database_;
  const JournalKeys& keys_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<Batch> next_ = std::make_shared<Batch>();
  bool writing_ = false;
};

}  // namespace renraku::access
