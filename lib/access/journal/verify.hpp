// Proving the journal, and reading it.
#pragma once

#include <optional>
#include <renraku/page.hpp>
#include <renraku/records/journal.hpp>
#include <string>

#include "access/journal/writer.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// Walks every chain of the store from its first entry and says where the first bad one is.
[[nodiscard]] JournalReport verify_journal(storage::Transaction& transaction,
                                           const JournalKeys& keys);

}  // namespace renraku::access
