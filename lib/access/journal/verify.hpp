// Proving the journal.
#pragma once

#include <renraku/records/journal.hpp>

#include "access/journal/last_words.hpp"
#include "access/journal/taken.hpp"
#include "access/journal/witness.hpp"
#include "access/journal/writer.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// Walks every chain of the store from its first entry, through archives where their files can be
/// read, and says where the first bad entry is. `witnessed`, which must have been asked for before
/// the transaction began, is what a witness remembers; null: nobody does.
///
/// Chains of municipalities that are on their way into this store are left out. `said`, where it is
/// asked for, takes in every entry that was read: of a journal that is not intact, some.
[[nodiscard]] JournalReport verify_journal(storage::Transaction& transaction,
                                           const JournalKeys& keys,
                                           const WitnessedHeads* witnessed = nullptr,
                                           LastWords* said = nullptr);

/// The chains that came with a municipality and are about to be signed for here, proved alone.
[[nodiscard]] JournalReport verify_taken(storage::Transaction& transaction, const JournalKeys& keys,
                                         const std::vector<TakenChain>& taken);

}  // namespace renraku::access
