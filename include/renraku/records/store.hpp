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
  /// "keys", "database", "journal", "records" or "witness".
  std::string part;
  /// What and where, without contents.
  std::string detail;
};

/// A backup that was made and read back.
struct BackupReport {
  /// Its name inside the folder: "renraku-<store>-<time>.backup".
  std::string file;
  Instant at;
  std::int64_t bytes = 0;
  /// Names of older backups that were removed.
  std::vector<std::string> removed;
};

/// What a restored store is, and what was applied again of what happened after its backup was made.
struct RestoreReport {
  /// The store that writes the journal from now on.
  Uuid node;
  /// The store that made the backup, and when.
  Uuid from;
  Instant at;
  /// The last entry of that store's own chain.
  std::int64_t sequence = 0;
  /// Whether the old store could be read. Where neither it nor a witness was, the numbers below are
  /// 0, and what was revoked or erased since must be done again by hand.
  bool old_store_read = false;
  std::int64_t members_suspended = 0;
  std::int64_t certificates_revoked = 0;
  std::int64_t applications_revoked = 0;
  std::int64_t slots_revoked = 0;
  std::int64_t people_erased = 0;
  /// The old store was encrypted anew since: whoever knows the key of before can open what was
  /// restored. Encrypt it anew.
  bool reencrypt = false;
  /// Whether a witness told what was taken away in the store that made the backup. False for one
  /// that remembers heads alone, or other stores.
  bool witness_read = false;
};

struct CheckReport {
  /// True when there are no findings.
  bool sound = true;
  std::vector<Finding> findings;
  JournalReport journal;
};

}  // namespace renraku
