// The history of a record: earlier values stay readable (真正性).
#pragma once

#include <renraku/page.hpp>
#include <renraku/records/journal.hpp>

#include "access/permit.hpp"

namespace renraku::domain {

/// Changes about one subject, oldest first; those of a patient are the person's. Records of a kind
/// that the reader may not see are left out, e.g. the care team's from what an officer of the
/// roster reads; and where the subject is a protected person whose place the reader may not see,
/// the fields that lead to it.
[[nodiscard]] Page<JournalEntry> view_history(access::Permit& permit, const Uuid& about,
                                              const PageRequest& page);

/// Who looked at, or changed, one subject, newest first. What is done for a patient is journalled
/// under the person: the care team sees both.
[[nodiscard]] Page<JournalEntry> view_lookers(access::Permit& permit, const Uuid& about,
                                              const PageRequest& page);

}  // namespace renraku::domain
