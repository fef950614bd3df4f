#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/log.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(LogLevel, info, warning, error)
RENRAKU_DESCRIBE_ENUM(LogEvent, store_created, key_slot_used, store_opened, opening_failed,
                      store_closed, schema_migrated, wal_recovered, key_header_damaged,
                      key_header_mended, writer_waited, sign_in_back_off, access_recovered,
                      journal_delayed, journal_resumed, journal_entries_lost, journal_strict,
                      witness_failed, damage_found, engine_trouble, region_changed, region_refused,
                      lines_dropped)
RENRAKU_DESCRIBE(LogLine, time, level, event, text)

}  // namespace renraku
