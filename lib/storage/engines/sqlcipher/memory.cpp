#include "storage/engines/sqlcipher/memory.hpp"

#include <string>

#include "storage/engines/sqlcipher/statement.hpp"
#include "storage/engines/sqlcipher/words.hpp"

namespace renraku::storage::sqlcipher {
namespace {

constexpr EngineWords with_rowids = [] {
  EngineWords changed = words;
  changed.clustered = "";
  changed.embedded = "--";
  return changed;
}();

void hear(void* heard, int /*operation*/, const char* /*schema*/, const char* table,
          sqlite3_int64 rowid) {
  (*static_cast<MemoryDatabase::Heard*>(heard))(table, rowid);
}

}  // namespace

MemoryDatabase::MemoryDatabase() {
  sqlite3* raw = nullptr;
  const int opened =
      sqlite3_open_v2(":memory:", &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  handle_.reset(raw);
  check(raw, opened, "opening a database in memory");
  sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  run("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = OFF");
}

std::unique_ptr<Statement> MemoryDatabase::prepare(std::string_view sql) {
  return std::make_unique<SqlcipherStatement>(handle_.get(), sql);
}

void MemoryDatabase::run(std::string_view script) {
  const std::string text(script);
  check(handle_.get(), sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr),
        "running a statement");
}

void MemoryDatabase::define(std::string_view script) {
  run(in_words_of(with_rowids, script));
}

bool MemoryDatabase::in_transaction() const noexcept {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

void MemoryDatabase::on_change(Heard heard) {
  heard_ = std::move(heard);
  sqlite3_update_hook(handle_.get(), hear, &heard_);
}

}  // namespace renraku::storage::sqlcipher
