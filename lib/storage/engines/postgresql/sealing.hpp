// What a statement seals on its way to the server, and opens on its way back.
#pragma once

#include <algorithm>
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
/// its row's identity and carrier (TableSeal), a keyed one that is read.
class Sealing {
 public:
  Sealing(Link& link, std::string_view sql, const std::vector<std::string>& names,
          const PGresult* description);

  /// The parameters' types, ours being bytes, or numbers' array.
  [[nodiscard]] const std::vector<Oid>& types() const { return types_; }

  /// What the server gets for a parameter that something is found by: a sum, or those of its
  /// lines. Error{internal} where the column is not keyed.
  [[nodiscard]] crypto::Bytes keyed(std::size_t parameter, const Keyed& value);
  /// Error{internal} for a parameter that takes nothing but what is keyed.
  void need_unkeyed(std::size_t parameter) const;
  /// Seals and places, when all parameters are bound.
  void seal(Parameters& parameters);

  /// Whether a column can be read as it came.
  [[nodiscard]] bool is_open(int column) const { return read_as_[at(column)] == plain; }
  /// Whether what the column says, and that it is NULL, is under a seal.
  [[nodiscard]] bool is_sealed(int column) const { return read_as_[at(column)] >= 0; }
  /// Another row is read from here on.
  void begin_row();
  /// What a column that is not open says, none for NULL; `cell` gives the Cell of each column.
  /// Stays until another row is begun.
  template <class CellOf>
  [[nodiscard]] TableSeal::Value open(int column, CellOf&& cell) {
    if (read_as_[at(column)] == ordered) {
      return ranks_[at(column)] = Ordering::behind(cell(column).view());
    }
    const SealedColumn& found = columns_[static_cast<std::size_t>(read_as_[at(column)])];
    ReadTable& table = tables_[found.table];
    if (!table.is_open) open_row(table, cell);
    return table.seal.value(found.column);
  }

 private:
  /// The table that the statement writes.
  struct WrittenTable {
    TableSeal seal;
    /// The parameters of its identity.
    std::vector<std::size_t> identity;
    /// Of each sealed column, the carrier first; none for what an INSERT leaves NULL.
    std::vector<std::optional<std::size_t>> columns;
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
    int carrier = 0;
    bool is_open = false;
  };
  struct SealedColumn {
    std::size_t table;
    /// Among Table::sealed.
    std::size_t column;
  };

  static std::size_t at(int column) { return static_cast<std::size_t>(column); }
  void learn_parameter(std::size_t at, ColumnKind kind, std::string_view sql,
                       const std::vector<std::string>& names);
  void learn_written(const Table& table, std::string_view sql,
                     const std::vector<std::string>& names);
  void learn_column(const PGresult* description, int column);
  /// The column learned last is what the schema calls it.
  void need_declared(std::string_view sql, const char* label) const;
  [[nodiscard]] std::size_t read_table(const PGresult* description, Oid id, const Table& table,
                                       std::string_view column);
  void seal_row(Parameters& parameters);
  template <class CellOf>
  void open_row(ReadTable& table, CellOf& cell) {
    const auto is_there = [&](int column) { return cell(column).data != nullptr; };
    table.seal.begin_row();
    for (const int each : table.identity) table.seal.identify(cell(each).view());
    if (is_there(table.carrier) || std::ranges::any_of(table.identity, is_there)) {
      table.seal.open(cell(table.carrier).view());
    } else {
      table.seal.have_none();  // a LEFT JOIN found no row
    }
    table.is_open = true;
  }

  Link& link_;
  std::vector<Oid> types_;
  std::vector<ColumnKind> kinds_;
  std::optional<WrittenTable> written_;
  std::vector<OrderedParameter> ordered_;
  std::vector<ReadTable> tables_;
  std::vector<SealedColumn> columns_;
  static constexpr int plain = -1;
  static constexpr int ordered = -2;
  /// For each result column its place among `columns_`, or what else it is.
  std::vector<int> read_as_;
  /// What ordered columns of the row were read as.
  std::vector<std::string> ranks_;
};

}  // namespace renraku::storage::postgresql
