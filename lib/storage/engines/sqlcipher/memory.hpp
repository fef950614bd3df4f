// A database that lies in this process's memory alone, and says which rows were changed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "storage/engines/sqlcipher/handle.hpp"
#include "storage/statement.hpp"

namespace renraku::storage::sqlcipher {

/// For an engine that keeps a copy of some tables. Of one thread.
class MemoryDatabase {
 public:
  MemoryDatabase();
  MemoryDatabase(const MemoryDatabase&) = delete;
  MemoryDatabase& operator=(const MemoryDatabase&) = delete;

  [[nodiscard]] std::unique_ptr<Statement> prepare(std::string_view sql);
  void run(std::string_view script);
  /// Creates tables from a script in the words of Connection::define. Every table has rowids; where
  /// there is an integer primary key, it is the rowid.
  void define(std::string_view script);
  [[nodiscard]] bool in_transaction() const noexcept;

  /// Told of every row that a statement inserts, updates or deletes, while the statement runs; it
  /// uses no database then. A DELETE without WHERE would go unheard: use none.
  using Heard = std::function<void(std::string_view table, std::int64_t rowid)>;
  void on_change(Heard heard);

 private:
  Heard heard_;
  ConnectionHandle handle_;
};

}  // namespace renraku::storage::sqlcipher
