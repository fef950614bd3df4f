#include "storage/engines/postgresql/connection.hpp"

#include <fmt/format.h>

#include "storage/engines/postgresql/messages.hpp"
#include "storage/engines/postgresql/statement.hpp"
#include "storage/engines/words.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr EngineWords words{"BIGINT PRIMARY KEY", "BYTEA", ""};

/// The rules of the domain count on one writer at a time, so the lock is the whole database's, held
/// until the transaction ends; its number is this library's ("renraku"). Later each municipality
/// may have a lock of its own. READ COMMITTED is enough under it, and needed: a snapshot from
/// before the lock would not know what the writer before had done.
constexpr const char* begin_writing =
    "BEGIN ISOLATION LEVEL READ COMMITTED;"
    "SELECT current_setting('transaction_read_only') FROM pg_advisory_xact_lock(32199672384809845)";

constexpr const char* begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

}  // namespace

std::unique_ptr<Statement> PostgresqlConnection::prepare(std::string_view sql) {
  return std::make_unique<PostgresqlStatement>(wire_, sql);
}

void PostgresqlConnection::run(std::string_view script) {
  const Result ignored = wire_->run(std::string(script).c_str(), "running a statement");
}

void PostgresqlConnection::begin_read() {
  wire_->begin_with_first(begin_reading);
}

void PostgresqlConnection::begin_write() {
  constexpr std::string_view doing = "taking the writer's place";
  try {
    const Result begun = wire_->run(begin_writing, doing);
    if (cell_of(begun.get(), 0).view() == "on") throw only_reads(doing);
  } catch (const Error&) {
    rollback();
    throw;
  }
}

int PostgresqlConnection::schema_version() {
  if (!prepare("SELECT 1 WHERE to_regclass('renraku_schema') IS NOT NULL")->step()) return 0;
  const auto version = prepare("SELECT version FROM renraku_schema");
  return version->step() ? static_cast<int>(version->integer(0)) : 0;
}

void PostgresqlConnection::set_schema_version(int version) {
  run(
      fmt::format("CREATE TABLE IF NOT EXISTS renraku_schema (only_row BIGINT PRIMARY KEY CHECK "
                  "(only_row = 1), version BIGINT NOT NULL);"
                  "INSERT INTO renraku_schema (only_row, version) VALUES (1, {0}) "
                  "ON CONFLICT (only_row) DO UPDATE SET version = {0}",
                  version));
}

void PostgresqlConnection::define(std::string_view script) {
  run(in_words_of(words, script));
}

}  // namespace renraku::storage::postgresql
