// What a store says of itself.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <renraku/records/journal.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

enum class SlotKind {
  passphrase,  ///< a passphrase that people know
  host_key,    ///< 32 bytes that the host program keeps
  recovery,    ///< a key printed on paper
};

/// A way to open the store. Whoever holds its secret can read everything, whatever the policy says.
struct KeySlot {
  Uuid id;
  SlotKind kind = SlotKind::passphrase;
  std::string name;
  Instant created;
};

/// One thing that is wrong with a store.
struct Finding {
  /// "keys", "database" or "journal".
  std::string part;
  /// What and where, without contents.
  std::string detail;
};

struct CheckReport {
  /// True when there are no findings.
  bool sound = true;
  std::vector<Finding> findings;
  JournalReport journal;
};

}  // namespace renraku
