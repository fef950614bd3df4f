// What an officer decides that needs a row's checks: mending an open row, taking a file's value.
#pragma once

#include <renraku/records/roster.hpp>

#include "access/permit.hpp"

namespace renraku::exchange::roster {

/// Takes the row with these cells, as an import would, and closes the open row. Throws what an
/// import would report: Error{missing}, Error{invalid}, Error{encoding}, with the column as field.
Id<Evacuee> mend_open_row(access::Permit& permit, const OpenRow& mended);

/// keep leaves what is stored, take puts the file's value in.
ImportConflict decide_conflict(access::Permit& permit, const Id<ImportConflict>& id,
                               std::int64_t revision, ConflictDecision decision);

}  // namespace renraku::exchange::roster
