#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/records/copying.hpp>

namespace renraku {

RENRAKU_DESCRIBE(CopyReport, node, at, rows, written, journal, archives)
RENRAKU_DESCRIBE(TableComparison, table, same, different, only_one, only_other, first)
RENRAKU_DESCRIBE(StoreComparison, same, tables, journal, other_journal)

}  // namespace renraku
