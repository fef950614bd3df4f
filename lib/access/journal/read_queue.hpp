// Journal entries that must not make a reader wait: reads, refusals and failed sign-ins.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "access/journal/writer.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// Takes entries from any thread at once and commits them in batches behind the readers' backs.
///
/// An entry that was taken is lost only when the process is killed before its batch is committed
/// (`commit_within`); `flush` and the destructor commit what is left.
class ReadQueue {
 public:
  ReadQueue(storage::Database& database, const JournalKeys& keys);
  ReadQueue(const ReadQueue&) = delete;
  ReadQueue& operator=(const ReadQueue&) = delete;
  ~ReadQueue();

  /// Throws Error{io} when an earlier batch could not be committed and the queue is full: a read
  /// that can't be journalled is refused.
  void push(Entry entry, Instant now);
  /// A session was used; told to the store at most once a minute for each session.
  void touch(const Uuid& session, Instant now);
  /// Returns when everything pushed before is committed. Throws what the commit threw.
  void flush();

 private:
  struct Pending {
    Entry entry;
    Instant now;
  };
  struct Batch {
    std::vector<Pending> entries;
    std::map<Uuid, Instant> touched;
    [[nodiscard]] bool empty() const { return entries.empty() && touched.empty(); }
  };

  void run();
  void commit(Batch& batch);

  /// Every commit empties the other connections' page caches, so one every few milliseconds would
  /// make all look-ups cold.
  static constexpr std::chrono::milliseconds commit_within{250};
  /// A page names at most 200 people; this many pages are some 200 MB. Past it the store can't keep
  /// up, and refusing is better than an unjournalled read.
  static constexpr std::size_t entries_max = 50'000;

  storage::Database& database_;
  const JournalKeys& keys_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::condition_variable committed_;
  Batch waiting_;
  std::uint64_t pushed_ = 0;
  std::uint64_t done_ = 0;
  std::exception_ptr failed_;
  bool hurry_ = false;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace renraku::access
