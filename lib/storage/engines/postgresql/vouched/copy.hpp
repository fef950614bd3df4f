// The copy of the vouched tables in this process: what SQL decides access on.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "storage/engines/postgresql/vouched/tables.hpp"
#include "storage/engines/sqlcipher/memory.hpp"

namespace renraku::storage::postgresql {

/// Rows come in and go out as images: their values in the order of the columns. A table that gets
/// another column takes its default for rows whose image is from before. Of one thread.
class VouchedCopy {
 public:
  /// The rows that statements changed, by table.
  using Changed = std::map<std::string, std::set<std::int64_t>, std::less<>>;

  /// Empty.
  explicit VouchedCopy(const VouchedTables& tables);

  [[nodiscard]] std::unique_ptr<Statement> prepare(std::string_view sql) {
    return database_.prepare(sql);
  }
  void begin() { database_.run("BEGIN"); }
  void commit() { database_.run("COMMIT"); }
  void rollback() noexcept;
  [[nodiscard]] bool in_transaction() const noexcept { return database_.in_transaction(); }

  /// What was changed since this was asked last, but for what came by `put` and `remove`.
  [[nodiscard]] Changed take_changed() { return std::exchange(changed_, {}); }
  /// Counts a row as changed.
  void touch(const std::string& table, std::int64_t rowid) { changed_[table].insert(rowid); }
  /// None for a row that is not there.
  [[nodiscard]] std::optional<crypto::Bytes> image(std::string_view table, std::int64_t rowid);

  /// Error{damaged} for what is no image of a row of this table.
  void put(std::string_view table, std::int64_t rowid, crypto::ByteView image);
  void remove(std::string_view table, std::int64_t rowid);
  void clear(std::string_view table);

 private:
  enum class Holds { number, text, bytes };
  struct Column {
    std::string name;
    Holds holds;
  };
  struct Table {
    std::vector<Column> columns;
    /// A column is the rowid.
    bool has_key = false;
    std::unique_ptr<Statement> read;
    std::unique_ptr<Statement> remove;
    /// One for each number of columns that images have.
    std::map<std::size_t, std::unique_ptr<Statement>> put;
  };

  Table& table(std::string_view name);
  Statement& putting(Table& table, std::string_view name, std::size_t columns);

  sqlcipher::MemoryDatabase database_;
  std::map<std::string, Table, std::less<>> tables_;
  Changed changed_;
  bool hears_ = true;
};

}  // namespace renraku::storage::postgresql
