// What the library has to say to whoever runs the host program.
#pragma once

#include <cstdint>
#include <functional>
#include <renraku/time.hpp>
#include <string>

namespace renraku {

enum class LogLevel {
  info,     ///< as it should be
  warning,  ///< the library helped itself; somebody should look
  error,    ///< something is lost or damaged
};

/// What happened. The names stay; more may come.
enum class LogEvent {
  store_created,         ///< info
  key_slot_used,         ///< info: which way to open the store was used, by its kind and id
  store_opened,          ///< info
  opening_failed,        ///< warning: with the name of the error that the call throws
  store_closed,          ///< info: the handle and the last session are gone
  schema_migrated,       ///< info: an older store was brought up to date, step by step
  wal_recovered,         ///< info: an earlier process ended without closing; nothing is lost
  key_header_damaged,    ///< warning: one copy is not whole, and the other one was used
  key_header_mended,     ///< info: the copy is whole again
  writer_waited,         ///< warning: a change waited longer than users bear for another one
  sign_in_back_off,      ///< warning: too many failures; one sign-in name is held off for a while
  access_recovered,      ///< warning: the recovery key opened an administrator's account again
  journal_delayed,       ///< warning: entries of reads can't be written; they wait
  journal_resumed,       ///< info: they are written now
  journal_entries_lost,  ///< error: they could not be written when the store was closed
  journal_strict,        ///< warning: no place for tails: reads are in the database at once
  witness_failed,        ///< error: the witness did not take what it was handed
  damage_found,          ///< error: a finding of a check, or a journal that is not intact
  engine_trouble,        ///< warning: the database engine's word, by its number
  region_changed,        ///< info: a region's directory was read anew
  region_refused,        ///< warning: it can't be read or breaks a rule; what it said goes on
  lines_dropped,         ///< warning: nobody called for so long that older lines made room
};

/// One thing that happened. It never holds personal data, a sign-in name, a password or a key.
struct LogLine {
  /// When it happened, by the system's clock; it may be told later.
  Instant time;
  LogLevel level = LogLevel::info;
  LogEvent event = LogEvent::store_opened;
  /// One English sentence for operators; its wording may change.
  std::string text;
};

/// Takes the lines of one store, one at a time and in order.
///
/// It runs on the thread of whoever calls the store or one of its sessions, at the end of the call,
/// when nothing is locked and the call's work is done; never on a thread of the library's own. What
/// the background has to say waits for the next call, the oldest making room for the newest. It
/// must not call into the store. What it throws is ignored.
using LogSink = std::function<void(const LogLine&)>;

}  // namespace renraku
