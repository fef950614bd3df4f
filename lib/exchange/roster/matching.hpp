// Whose row is it? Every row of a file against the others and against the store.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "exchange/roster/row_keys.hpp"

namespace renraku::exchange::roster {

enum class Fate : std::uint8_t {
  added,      ///< nobody's yet
  stored,     ///< of an entry of the store; `target` is its place in Matching::stored
  duplicate,  ///< of an earlier row; `target` is that row
  rejected,
};

struct Decision {
  Fate fate = Fate::added;
  std::uint32_t target = 0;
};

/// An entry of the store as far as matching needs it.
struct StoredKeys {
  RowKeys keys;
  std::int64_t pk = 0;
  bool listed = false;
  bool is_protected = false;
  bool hidden = false;
  /// Kept on the roster by an officer though files do not name it.
  bool kept = false;
  /// Of the district that the file speaks of, or the file speaks of all.
  bool expected = false;
  /// A row, though perhaps a rejected one, is this entry's.
  bool named = false;
};

struct SuspectPair {
  std::uint32_t row = 0;
  /// An earlier row, or a place in Matching::stored.
  std::uint32_t other = 0;
  bool other_stored = false;
  std::uint8_t likeness = 0;
};

struct Matching {
  /// One a row.
  std::vector<Decision> decisions;
  std::deque<StoredKeys> stored;
  /// In the order of their rows.
  std::vector<SuspectPair> suspects;
  /// Rows whose 管理番号 was somebody else's.
  std::vector<std::uint32_t> moved_references;
  /// Rejected rows that name somebody under protection.
  std::vector<std::uint32_t> guarded;
  std::int64_t newest_person = 0;
  std::int64_t listed = 0;
  std::int64_t missing = 0;

  [[nodiscard]] bool is_missing(const StoredKeys& entry) const {
    return entry.listed && entry.expected && !entry.named && !entry.kept;
  }
};

/// A row is held against this many like it at most: in a file of one name and one birth date all
/// the way down, more would tell nobody anything.
inline constexpr std::size_t suspects_a_row_max = 5;

/// `district` empty: the file speaks of all.
[[nodiscard]] Matching match(access::Permit& permit, const std::deque<RowKeys>& rows,
                             const std::string& district);

}  // namespace renraku::exchange::roster
