// Whose row is it? Every row of a file against the others and against the store.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <renraku/records/evacuee.hpp>
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
  /// Of a stored one: the row says word for word what the last import said of the entry.
  bool again = false;
  std::uint32_t target = 0;
};

/// An entry of the store as far as matching needs it, in 24 bytes: most files name most people as
/// they are stored, so the keys of an entry are nearly always those of its row.
struct StoredKeys {
  Id<Evacuee> id;
  /// The row that has the entry's keys, or their place in Matching::own_keys.
  std::uint32_t keys = 0;
  bool keys_of_row = false;
  bool listed : 1 = false;
  bool is_protected : 1 = false;
  bool hidden : 1 = false;
  /// Kept on the roster by an officer though files do not name it.
  bool kept : 1 = false;
  /// Of the district that the file speaks of, or the file speaks of all.
  bool expected : 1 = false;
  /// A row, though perhaps a rejected one, is this entry's.
  bool named : 1 = false;
};
static_assert(sizeof(StoredKeys) == 24);

struct SuspectPair {
  std::uint32_t row = 0;
  /// An earlier row, or a place in Matching::stored.
  std::uint32_t other = 0;
  bool other_stored = false;
  std::uint8_t likeness = 0;
};

/// A rejected row, and an entry that it may be of.
struct NamedEntry {
  std::uint32_t row = 0;
  std::uint32_t entry = 0;
};

struct Matching {
  /// One a row.
  std::vector<Decision> decisions;
  std::deque<StoredKeys> stored;
  /// Of entries that no row has the keys of.
  std::deque<RowKeys> own_keys;
  /// In the order of their rows.
  std::vector<SuspectPair> suspects;
  /// Rows whose 管理番号 was somebody else's.
  std::vector<std::uint32_t> moved_references;
  /// Rejected rows that tell of protection, or name too many to say whom.
  std::vector<std::uint32_t> guarded;
  /// Whom rejected rows may name, in the order of the rows.
  std::vector<NamedEntry> named;
  std::int64_t newest_person = 0;
  std::int64_t listed = 0;
  std::int64_t missing = 0;

  /// What an entry is told apart by, in the matching of these rows.
  [[nodiscard]] const RowKeys& keys(std::uint32_t entry, const std::deque<RowKeys>& rows) const {
    const StoredKeys& at = stored[entry];
    return at.keys_of_row ? rows[at.keys] : own_keys[at.keys];
  }
  [[nodiscard]] bool is_missing(const StoredKeys& entry) const {
    return entry.listed && entry.expected && !entry.named && !entry.kept;
  }
};

/// Finds entries of the store.
class EntryIndex {
 public:
  /// `entries` outlast it.
  explicit EntryIndex(const std::deque<StoredKeys>& entries);
  /// Its place among them.
  [[nodiscard]] std::optional<std::uint32_t> find(const Id<Evacuee>& id) const;

 private:
  const std::deque<StoredKeys>& entries_;
  KeyIndex index_;
};

/// A row is held against this many like it at most: in a file of one name and one birth date all
/// the way down, more would tell nobody anything.
inline constexpr std::size_t suspects_a_row_max = 5;

/// A rejected row is linked with this many entries at most; one of a whole page of namesakes is
/// guarded instead.
inline constexpr std::size_t named_a_row_max = 100;

/// Where somebody under protection is decides nothing here that a report would show to who may not
/// know it: entries that are hidden from the permit's reader are matched without phone and address.
///
/// `district` empty: the file speaks of all.
[[nodiscard]] Matching match(access::Permit& permit, const std::deque<RowKeys>& rows,
                             const std::string& district);

}  // namespace renraku::exchange::roster
