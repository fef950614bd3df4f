#include "storage/engines/postgresql/messages.hpp"

#include <fmt/format.h>

#include <array>

#include "base/log.hpp"

namespace renraku::storage::postgresql {
namespace {

struct Kind {
  /// The states that begin so.
  std::string_view state;
  ErrorCode code;
  std::string_view field;
  std::string_view next;
};

constexpr std::string_view reachable = "look whether the server runs and can be reached; try again";

/// The first that fits counts.
constexpr std::array kinds{
    Kind{"08", ErrorCode::io, "server", reachable},
    Kind{"57P", ErrorCode::io, "server", reachable},
    Kind{"28", ErrorCode::io, "password",
         "the server does not take this role, password or way in; check the address, the password "
         "file (its owner's alone, mode 0600) and the server's rules"},
    Kind{"3D000", ErrorCode::not_a_store, "database",
         "the server has no database of this name; make it or check the address"},
    Kind{"25006", ErrorCode::io, "standby", "the server only reads; write to the primary"},
    Kind{"42501", ErrorCode::io, "rights", "the role lacks a right; ask who runs the server"},
    Kind{"42P01", ErrorCode::damaged, "schema", "somebody took a table away on the server"},
    Kind{"40001", ErrorCode::busy, "retry", "another transaction came first; begin anew"},
    Kind{"40P01", ErrorCode::busy, "retry", "two transactions waited for each other; begin anew"},
    Kind{"55P03", ErrorCode::busy, "", "another process keeps writing; try again"},
    Kind{"57014", ErrorCode::busy, "", "the server stopped the statement; try again"},
    Kind{"53100", ErrorCode::disk_full, "", "free some space on the server; nothing was changed"},
    Kind{"53300", ErrorCode::busy, "connections",
         "the server has no place for another connection; try again, or allow it more"},
    Kind{"53", ErrorCode::io, "server", "the server ran short of memory or the like; try again"},
    Kind{"58", ErrorCode::io, "server",
         "the server could not use a file; look at its disk and log"},
    Kind{"23505", ErrorCode::exists, "", "a record with this value is there already"},
    Kind{"23", ErrorCode::internal, "", "a rule of the schema was broken"},
    Kind{"22021", ErrorCode::invalid, "", "a text holds a character that the server can't keep"},
    Kind{"54", ErrorCode::too_large, "", "the value is larger than a row or an index can hold"},
    Kind{"XX001", ErrorCode::damaged, "", "run a check and look for a backup"},
    Kind{"XX002", ErrorCode::damaged, "", "an index is damaged; rebuild it, and run a check"},
    Kind{"", ErrorCode::internal, "", "please report this"},
};

const Kind& kind_of(std::string_view state) {
  for (const Kind& kind : kinds) {
    if (state.starts_with(kind.state)) return kind;
  }
  return kinds.back();
}

std::string_view field(const PGresult* result, int which) {
  const char* text = PQresultErrorField(result, which);
  return text ? text : "";
}

void take_message(void*, const PGresult* result) {
  if (field(result, PG_DIAG_SEVERITY_NONLOCALIZED) != "WARNING") return;
  base::log_line(LogLevel::warning, LogEvent::engine_trouble, "PostgreSQL warns: {}",
                 field(result, PG_DIAG_SQLSTATE));
}

}  // namespace

Error error_of(std::string_view state, std::string_view doing, std::string_view where) {
  const Kind& kind = kind_of(state);
  return {kind.code, fmt::format("{} failed (SQLSTATE {}{}): {}", doing, state, where, kind.next),
          std::string(kind.field)};
}

Error error_of(const PGresult* result, std::string_view doing) {
  std::string where;
  const auto add = [&](std::string_view what, int which) {
    const std::string_view name = field(result, which);
    if (!name.empty()) where += fmt::format(", {} {}", what, name);
  };
  add("table", PG_DIAG_TABLE_NAME);
  add("rule", PG_DIAG_CONSTRAINT_NAME);
  return error_of(state_of(result), doing, where);
}

Error only_reads(std::string_view doing) {
  return error_of("25006", doing);
}

Error unknown_outcome() {
  return {ErrorCode::io,
          "the server went away while a change was being committed, and nobody knows whether it "
          "was; look before doing it again",
          "commit"};
}

std::string_view state_of(const PGresult* result) {
  // What libpq itself found wrong has none; nearly always the connection broke.
  constexpr std::string_view connection_failure = "08006";
  const std::string_view state = field(result, PG_DIAG_SQLSTATE);
  return state.empty() ? connection_failure : state;
}

void hear_messages(PGconn* connection) {
  PQsetNoticeReceiver(connection, &take_message, nullptr);
}

}  // namespace renraku::storage::postgresql
