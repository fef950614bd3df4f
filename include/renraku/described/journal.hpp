#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/journal.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(Outcome, done, refused, failed)
RENRAKU_DESCRIBE_ENUM(JournalState, intact, altered, missing, shortened, forged, forked)
RENRAKU_DESCRIBE(FieldChange, record_kind, record, parent_revision, field, before, after)
RENRAKU_DESCRIBE(JournalEntry, node, municipality, sequence, time, member, on_behalf, capacity,
                 authentication, action, outcome, detail, subjects, changes, hash, recorded)
RENRAKU_DESCRIBE(JournalFilter, subject, action)
RENRAKU_DESCRIBE(JournalReport, state, entries, municipality, sequence, witnessed, reads_lost,
                 archived)
RENRAKU_DESCRIBE(JournalSegment, id, node, municipality, first, last, time, file, digest)

}  // namespace renraku
