// What carrying a store to another place, and holding two against each other, tell.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <renraku/records/journal.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

/// A copy of a store that is complete.
struct CopyReport {
  /// The store that writes the copy's journal from now on. What the copied one goes on to write is
  /// not the copy's.
  Uuid node;
  /// What the copied store held at this moment is in the copy.
  Instant at;
  /// How many rows that is, each read back from the copy and found the same.
  std::int64_t rows = 0;
  /// How many of them this call wrote; fewer than `rows` where an earlier one was ended half-way.
  std::int64_t written = 0;
  /// The proof of the copy's journal.
  JournalReport journal;
  /// Files of months that were moved out of the journal: they stay where they are.
  std::vector<std::string> archives;
};

/// How one table of a store stands to another store's.
struct TableComparison {
  std::string table;
  /// How many rows are the same in both.
  std::int64_t same = 0;
  std::int64_t different = 0;
  std::int64_t only_one = 0;
  std::int64_t only_other = 0;
  /// The first ten that are not the same, by their keys; nothing of what they say.
  std::vector<std::string> first;
};

/// Two stores held against each other, row by row and column by column. What rows are found and
/// sorted by is made of what they say, and counted.
struct StoreComparison {
  bool same = true;
  std::vector<TableComparison> tables;
  /// The proofs of the journals.
  JournalReport journal;
  JournalReport other_journal;
};

}  // namespace renraku
