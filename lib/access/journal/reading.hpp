// Reading the journal: who did what.
#pragma once

#include <renraku/page.hpp>
#include <renraku/records/journal.hpp>
#include <vector>

#include "access/permit.hpp"

namespace renraku::access {

/// Which way a page goes through time.
enum class Order { newest_first, oldest_first };

/// Entries of the permit's municipality. Where few fit the filter a page may be short, or empty,
/// though more follow: `next` tells. Changed fields are left sealed.
[[nodiscard]] Page<JournalEntry> list_entries(Permit& permit, const JournalFilter& filter,
                                              const PageRequest& page, Order order);

/// The changed fields of an entry, opened; empty where the key was destroyed.
[[nodiscard]] std::vector<FieldChange> open_changes(Permit& permit, const Entry& entry);

/// As list_entries, of one subject's entries that changed something, with the fields opened.
[[nodiscard]] Page<JournalEntry> list_changes(Permit& permit, const Uuid& subject,
                                              const PageRequest& page);

}  // namespace renraku::access
