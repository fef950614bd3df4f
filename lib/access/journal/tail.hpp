// Journal entries that must not make a reader wait: reads, refusals and failed sign-ins.
#pragma once

#include <map>

#include "access/journal/draining.hpp"
#include "access/journal/straight_journal.hpp"
#include "access/journal/tail_writer.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// The tail of one open store: takes entries from any thread at once, and drains them into the
/// journal within a minute, when the store is closed, and on demand.
///
/// An entry that was taken survives the end of the process, however that comes, and all but those
/// of the last few milliseconds survive the end of the machine (strict: all). What a process left
/// behind that ended without closing is drained by whoever has the store open next.
///
/// Where no file can be made, because there is no folder for it or none that may be written, there
/// is no tail: an entry is in the journal itself when it was taken.
class Tail {
 public:
  /// Tells, in journal and log, where there is no tail. Error{disk_full} when there is no space for
  /// its file; what a transaction throws.
  Tail(storage::Database& database, const JournalKeys& keys, TailSettings settings);
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;
  ~Tail();

  /// Throws Error{io} or Error{disk_full} when the entry can't be written: then nothing may be
  /// read. Of refusals, more than `refusals_a_second` are only counted. Nobody who calls holds the
  /// writer's place.
  void push(Entry entry, Instant now);
  /// This process committed to a chain up to here: a database that loses its end, with its
  /// write-ahead log for instance, can't hide it.
  void mark(const ChainHead& head) noexcept;
  /// A session was used; told to the store when the tail is drained.
  void touch(const Uuid& session, Instant now);
  /// Returns when everything pushed before, by any process, is in the journal. Throws what the
  /// commit threw.
  void drain() { drain(Reach::everybody); }
  /// Whether an entry that was taken survives the end of the machine too.
  [[nodiscard]] bool is_strict() const { return settings_.strict || !writer_; }
  /// Whether files can be made beside the store's.
  [[nodiscard]] bool has_place() const { return writer_ != nullptr; }

 private:
  /// Whoever guesses at doors shall not fill the disk.
  static constexpr std::int64_t refusals_a_second = 20;
  static constexpr std::chrono::seconds drained_within{60};
  static constexpr std::chrono::seconds tried_again_after{1};

  enum class Reach {
    beginning,     ///< as by the timer, unless there was one
    own_and_dead,  ///< by the timer
    everybody,     ///< what other processes wrote up to now too
    closing,       ///< as by the timer, and nothing follows
  };
  /// What waits in memory for the next drain.
  struct Waiting {
    std::map<Uuid, Instant> touched;
    std::int64_t refusals = 0;
  };

  /// None where no file can be made.
  [[nodiscard]] std::unique_ptr<TailWriter> make_writer();
  void tell_that_there_is_none();
  [[nodiscard]] bool is_taken(const Entry& entry, Instant now);
  void hurry();
  void run();
  [[nodiscard]] bool wait(bool delayed);
  void drain(Reach reach);
  /// Both return the files that ended with this drain; dead processes' are held until they are
  /// removed.
  [[nodiscard]] std::vector<Uuid> take_own(Draining& draining, const std::vector<OwnTail>& own);
  [[nodiscard]] std::vector<TailFile> take_others(Draining& draining,
                                                  const std::vector<OwnTail>& own, Reach reach);
  [[nodiscard]] std::optional<TailFile> find(const Uuid& id) const;
  void take_waiting(storage::Transaction& transaction, Draining& draining, const Waiting& waiting,
                    const Uuid& tail);

  storage::Database& database_;
  const JournalKeys& keys_;
  const TailSettings settings_;

  std::mutex mutex_;  ///< of everything down to `stop_`
  std::condition_variable wanted_;
  Waiting waiting_;
  std::int64_t refusals_second_ = 0;
  std::int64_t refusals_ = 0;
  bool hurry_ = false;
  bool stop_ = false;

  std::mutex drain_mutex_;  ///< one drain at a time, and of `drained_`
  bool drained_ = false;
  StraightJournal straight_;
  const std::unique_ptr<TailWriter> writer_;
  std::thread drainer_;
};

}  // namespace renraku::access
