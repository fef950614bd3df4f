// The history of a record: earlier values stay readable (真正性).
#pragma once

#include <renraku/page.hpp>
#include <renraku/records/journal.hpp>

#include "access/permit.hpp"

namespace renraku::domain {

/// Changes about one subject, oldest first. Where the subject is a protected person whose place the
/// reader may not see, the fields that lead to it are left out.
[[nodiscard]] Page<JournalEntry> view_history(access::Permit& permit, const Uuid& subject,
                                              const PageRequest& page);

}  // namespace renraku::domain
