// Three-way update of an entry: what the last import said, what is stored, what the file says.
#pragma once

#include <string>
#include <vector>

#include "domain/roster/roster.hpp"
#include "exchange/roster/row.hpp"
#include "exchange/roster/values.hpp"

namespace renraku::exchange::roster {

/// A column (empty: the entry as a whole) in which file and store disagree, both as written.
struct Disagreement {
  std::string column;
  bool placed = false;
  std::string stored;
  std::string file;
};

struct Merged {
  Person person;
  Evacuee evacuee;
  /// Person or evacuee are not as stored.
  bool changed = false;
  /// The same of what does not lead to the person's place.
  bool changed_unplaced = false;
  /// What has now been said, and whether that is more than before.
  Values said;
  bool said_more = false;
  std::vector<Disagreement> conflicts;
  /// A consent in the file gave way to a refusal or a newer one.
  bool consent_held = false;
};

/// What reading and writing a row needs beside it.
struct Reading {
  const Codes& codes;
  Date today;
};

/// Column by column: what the file says as before, or not at all, leaves what is stored; what it
/// says anew is taken where nobody edited the field here since, and is a conflict where somebody
/// did. Of two consents the newer holds; undated or of one day, the refusal. Somebody withdrawn
/// stays so: that the file names them is a conflict of the whole entry.
[[nodiscard]] Merged merge(const domain::StoredEvacuee& entry, const CheckedRow& row,
                           const Reading& reading);

/// What a duplicate row says otherwise than the entry that an earlier row of the file made or met.
[[nodiscard]] std::vector<Disagreement> differences(const domain::StoredEvacuee& entry,
                                                    const CheckedRow& row, const Reading& reading);

/// Texts as duplicates are compared: in any spelling. Empty when the row does not say it.
[[nodiscard]] std::string comparable(Column column, const Values& values);

}  // namespace renraku::exchange::roster
