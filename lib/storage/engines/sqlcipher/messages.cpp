#include "storage/engines/sqlcipher/messages.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/log.hpp"

namespace renraku::storage::sqlcipher {
namespace {

/// Only what the machine or the file did to us. The rest is told to the caller, as an Error, or is
/// everyday life: a statement prepared anew after a migration, a value that is there already.
bool is_trouble(int code) {
  switch (code & 0xff) {
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_MISUSE:
    case SQLITE_NOTADB:
      return true;
    default:
      return false;
  }
}

// SQLite's words may quote a statement or a path; only its number is passed on.
void take_message(void*, int code, const char* text) {
  if (code == SQLITE_NOTICE_RECOVER_WAL) {
    // "recovered 12 frames from WAL file …"
    const std::string_view words(text);
    const std::size_t number = std::min(words.find_first_of("0123456789"), words.size());
    int frames = 0;
    std::from_chars(words.data() + number, words.data() + words.size(), frames);
    base::log_line(LogLevel::info, LogEvent::wal_recovered,
                   "{} pages that an earlier process had committed were taken from the log file",
                   frames);
  } else if (is_trouble(code)) {
    base::log_line(LogLevel::warning, LogEvent::engine_trouble, "SQLite says {}: {}", code,
                   sqlite3_errstr(code));
  }
}

}  // namespace

void hear_messages() {
#ifndef RENRAKU_SYSTEM_SQLCIPHER  // a system's library serves others too; its messages are theirs
  static const int configured = sqlite3_config(SQLITE_CONFIG_LOG, &take_message, nullptr);
  static_cast<void>(configured);
#endif
}

}  // namespace renraku::storage::sqlcipher
