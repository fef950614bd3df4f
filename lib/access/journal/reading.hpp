// Reading the journal: who did what.
#pragma once

#include <functional>
#include <optional>
#include <renraku/page.hpp>
#include <renraku/records/journal.hpp>
#include <string_view>
#include <vector>

#include "access/permit.hpp"

namespace renraku::access {

/// Which way a page goes through time.
enum class Order { newest_first, oldest_first };

/// Entries of the permit's municipality. Where few fit the filter a page may be short, or empty,
/// though more follow: `next` tells. Changed fields are left sealed.
/// Where entries lie in archives, one entry of action journal_archive, at the old end, says so and
/// how many; it has neither node nor hash.
[[nodiscard]] Page<JournalEntry> list_entries(Permit& permit, const JournalFilter& filter,
                                              const PageRequest& page, Order order);

/// The entries that name a subject, or another one that stands for it, newest first, as entries of
/// that subject alone: what else they name and say is left out.
[[nodiscard]] Page<JournalEntry> list_about(Permit& permit, const Uuid& subject,
                                            const std::optional<Uuid>& other,
                                            const PageRequest& page);

/// The changed fields of an entry, opened; empty where the key was destroyed.
[[nodiscard]] std::vector<FieldChange> open_changes(Permit& permit, const Entry& entry);

/// As list_entries, of one subject's entries that changed a record of a kind that `shows` lets
/// pass, with the fields of such records opened.
[[nodiscard]] Page<JournalEntry> list_changes(Permit& permit, const Uuid& subject,
                                              const PageRequest& page,
                                              const std::function<bool(std::string_view)>& shows);

}  // namespace renraku::access
