// SQLite handles that close themselves, and its errors as ours.
#pragma once

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <renraku/error.hpp>
#include <string>

namespace renraku::storage::sqlcipher {

struct CloseConnection {
  void operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using ConnectionHandle = std::unique_ptr<sqlite3, CloseConnection>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, Finalize>;

/// SQLite's own text names tables and columns, never values.
[[noreturn]] inline void fail(sqlite3* connection, int result, const char* doing) {
  const int extended = connection ? sqlite3_extended_errcode(connection) : result;
  const auto text = [&](std::string_view next) {
    return fmt::format("{} failed ({}, code {}): {}", doing,
                       connection ? sqlite3_errmsg(connection) : sqlite3_errstr(result), extended,
                       next);
  };
  switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorCode::busy, text("another process keeps writing; try again"));
    case SQLITE_FULL:
      throw Error(ErrorCode::disk_full, text("free some space; nothing was changed"));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(ErrorCode::damaged, text("run a check and look for a backup"));
    case SQLITE_NOMEM:
      // What SQLCipher answers for every page once it met one that it could not decrypt.
      throw Error(ErrorCode::damaged,
                  text("a page can't be decrypted, unless the memory ran out; run a check and look "
                       "for a backup"));
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      throw Error(ErrorCode::io, text("check the folder, its rights and the disk"));
    case SQLITE_TOOBIG:
      throw Error(ErrorCode::too_large, text("the value is larger than a row can hold"));
    case SQLITE_CONSTRAINT:
      if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY) {
        throw Error(ErrorCode::exists, text("a record with this value is there already"));
      }
      throw Error(ErrorCode::internal, text("a rule of the schema was broken"));
    default:
      throw Error(ErrorCode::internal, text("please report this"));
  }
}

inline void check(sqlite3* connection, int result, const char* doing) {
  if (result != SQLITE_OK) fail(connection, result, doing);
}

}  // namespace renraku::storage::sqlcipher
