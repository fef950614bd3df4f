#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/evacuee.hpp>
#include <renraku/records/roster.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(SuspectDecision, open, same, different)
RENRAKU_DESCRIBE_ENUM(MissingDecision, open, moved_out, died, mistake, keep)
RENRAKU_DESCRIBE_ENUM(ConflictDecision, open, keep, take)
RENRAKU_DESCRIBE(ImportOptions, dry_run, encoding, profile, accept_large, district)
RENRAKU_DESCRIBE(RowRejection, line, column, reason)
RENRAKU_DESCRIBE(RowDuplicate, line, first_line)
RENRAKU_DESCRIBE(RowWarning, line, column, reason)
RENRAKU_DESCRIBE(RowSuspect, line, other_line, reasons)
RENRAKU_DESCRIBE(RowConflict, line, column)
RENRAKU_DESCRIBE(CodeMeaning, column, text, meaning, count)
RENRAKU_DESCRIBE(ImportReport, encoding, rows, added, updated, unchanged, missing, rejected,
                 duplicates, suspects, conflicts, warnings, codes, profile)
RENRAKU_DESCRIBE(OpenRow, id, revision, municipality, imported_at, line, column, reason, cells,
                 withheld)
RENRAKU_DESCRIBE(Suspect, id, revision, municipality, first, second, reasons, decision)
RENRAKU_DESCRIBE(MissingEvacuee, id, revision, municipality, evacuee, person, noticed_at, decision)
RENRAKU_DESCRIBE(ImportConflict, id, revision, municipality, evacuee, person, column, stored, file,
                 noticed_at, decision, withheld)
RENRAKU_DESCRIBE(RosterSummary, people, open_rows, suspects, missing, conflicts)
RENRAKU_DESCRIBE(ExportOptions, encoding)
RENRAKU_DESCRIBE(UnencodableCell, line, column)
RENRAKU_DESCRIBE(ExportReport, rows, open_rows, withheld, unencodable)

}  // namespace renraku
