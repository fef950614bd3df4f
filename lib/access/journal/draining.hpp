// Bringing what waits in tails into the journal.
#pragma once

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "access/journal/tail_file.hpp"
#include "access/journal/writer.hpp"

namespace renraku::access {

/// How far a tail was drained.
struct DrainedTail {
  std::int64_t number = 0;
  crypto::Bytes hash;
  std::int64_t place = 0;
  std::int64_t ended = 0;
};
RENRAKU_DESCRIBE(DrainedTail, number, hash, place, ended)

/// One go at it, inside one write transaction: what is drained and how far that went are committed
/// together, so that no record comes in twice.
///
/// What becomes of a tail is told in the node's own chain: that it was opened, that it ended after
/// so many records, and that reads were lost where it is not what was written.
class Draining {
 public:
  /// `home` is where the tails lie that this go is about.
  Draining(storage::Transaction& transaction, const JournalKeys& keys,
           const std::optional<Uuid>& home, Instant now);

  /// Makes a tail known. `authentication` says how its process opened the store.
  void open(const Uuid& tail, std::string_view authentication);
  /// The home's tails that were opened and have not ended.
  [[nodiscard]] std::vector<Uuid> open_tails();

  /// How taking the records of a tail ended, and at which number.
  struct Taken {
    TailEnd end = TailEnd::whole;
    std::uint64_t number = 0;
  };
  static constexpr std::uint64_t all_records = std::numeric_limits<std::uint64_t>::max();
  /// Takes the records that were not taken before, up to number `last`; nothing from a tail that
  /// has ended.
  Taken take(const TailFile& tail, std::uint64_t last = all_records);
  /// No more comes from this tail.
  void end(const Uuid& tail);
  /// The file was removed while its owner had it open and could still read it.
  void note_removed(const Uuid& tail);
  /// So many refusals were too many to be journalled one by one.
  void note_refusals(const Uuid& tail, std::int64_t count);
  /// Reads were lost: why, in a few words.
  void lose(const Uuid& tail, std::string_view why);

  /// Whether anything was changed; else there is nothing to commit.
  [[nodiscard]] bool changed() const { return changed_; }
  /// Signs and writes the heads; comes before the commit.
  void finish();

 private:
  [[nodiscard]] std::optional<DrainedTail> find(const Uuid& tail);
  JournalWriter& writer(const std::string& municipality);
  void tell(const Uuid& tail, Outcome outcome, std::string_view authentication, std::string detail);
  void take_entry(const Uuid& tail, std::uint64_t number, crypto::ByteView body);
  void compare_marks(const Uuid& tail, const std::map<std::int64_t, std::int64_t>& marks);

  storage::Transaction& transaction_;
  const JournalKeys& keys_;
  std::optional<Uuid> home_;
  Instant now_;
  std::map<std::string, JournalWriter> writers_;
  bool changed_ = false;
};

/// Of a copy of a store: the tails that were open are another's, and nothing is lost without them.
void leave_tails(storage::Transaction& transaction);

/// The content of a mark: how far the chain with this key had come.
[[nodiscard]] crypto::Bytes write_mark(std::int64_t chain, std::int64_t sequence);

}  // namespace renraku::access
