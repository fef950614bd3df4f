// Proving the journal.
#pragma once

#include <renraku/records/journal.hpp>

#include "access/journal/witness.hpp"
#include "access/journal/writer.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// Walks every chain of the store from its first entry, through archives where their files can be
/// read, and says where the first bad entry is. `witnessed`, which must have been asked for before
/// the transaction began, is what a witness remembers; null: nobody does.
[[nodiscard]] JournalReport verify_journal(storage::Transaction& transaction,
                                           const JournalKeys& keys,
                                           const WitnessedHeads* witnessed = nullptr);

}  // namespace renraku::access
