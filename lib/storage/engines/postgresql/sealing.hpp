// What a statement seals on its way to the server, and opens on its way back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engines/postgresql/link.hpp"
#include "storage/engines/postgresql/parameters.hpp"
#include "storage/engines/postgresql/table_seal.hpp"

namespace renraku::storage::postgresql {

/// Of one statement. It learns from the server's description which columns the statement touches,
/// and refuses (Error{internal}) one that could not be sealed or opened: a sealed column without
/// its row's identity, a keyed one that is read.
class Sealing {
 public:
  Sealing(Link& link, std::string_view sql, const std::vector<std::string>& names,
          const PGresult* description);

  /// The parameters' types, ours being bytes.
  [[nodiscard]] const std::vector<Oid>& types() const { return types_; }

  /// What the server gets for something to be found by. Error{internal} where the column is not
  /// keyed.
  [[nodiscard]] crypto::Bytes keyed(const Keyed& value);
  /// Error{internal} for a parameter that takes nothing but what is keyed.
  void need_unkeyed(std::size_t parameter) const;
  /// Seals and places, when all parameters are bound.
  void seal(Parameters& parameters);

  /// Whether a column can be read as it came.
  [[nodiscard]] bool is_open(int column) const;
  /// Another row is read from here on.
  void begin_row();
  /// What a column that is not open says; `cell` gives the bytes of each column.
  template <class CellOf>
  [[nodiscard]] crypto::Bytes open(int column, std::string_view value, CellOf&& cell) {
    if (sealed_[at(column)] == ordered) return Ordering::behind(value);
    const SealedColumn& found = columns_[static_cast<std::size_t>(sealed_[at(column)])];
    ReadTable& table = tables_[found.table];
    if (!table.has_row) {
      RowIdentity identity;
      for (const int each : table.identity) identity.add(cell(each));
      table.seal.begin_row(std::move(identity));
      table.has_row = true;
    }
    return table.seal.open(found.column, value);
  }

 private:
  /// The table that the statement writes.
  struct WrittenTable {
    TableSeal seal;
    /// The parameters of its identity.
    std::vector<std::size_t> identity;
  };
  struct SealedParameter {
    std::size_t at;
    TableSeal::Column column;
  };
  struct OrderedParameter {
    std::size_t at;
    std::size_t municipality;
    std::string table;
    std::string column;
  };
  struct ReadTable {
    Oid id;
    TableSeal seal;
    /// The result's columns of its identity.
    std::vector<int> identity;
    bool has_row = false;
  };
  struct SealedColumn {
    std::size_t table;
    TableSeal::Column column;
  };

  static std::size_t at(int column) { return static_cast<std::size_t>(column); }
  void learn_parameter(std::size_t at, ColumnKind kind, std::string_view sql,
                       const std::vector<std::string>& names);
  void learn_written(const Table& table, std::string_view column,
                     const std::vector<std::string>& names);
  void learn_column(const PGresult* description, int column);
  [[nodiscard]] std::size_t read_table(const PGresult* description, Oid id, const Table& table,
                                       std::string_view column);

  Link& link_;
  std::vector<Oid> types_;
  std::vector<ColumnKind> kinds_;
  std::optional<WrittenTable> written_;
  std::vector<SealedParameter> parameters_;
  std::vector<OrderedParameter> ordered_;
  std::vector<ReadTable> tables_;
  std::vector<SealedColumn> columns_;
  static constexpr int plain = -1;
  static constexpr int ordered = -2;
  /// For each result column its place among `columns_`, or what else it is.
  std::vector<int> sealed_;
};

}  // namespace renraku::storage::postgresql
