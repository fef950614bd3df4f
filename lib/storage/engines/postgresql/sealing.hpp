// What a statement seals on its way to the server, and opens on its way back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engines/postgresql/link.hpp"
#include "storage/engines/postgresql/parameters.hpp"
#include "storage/engines/postgresql/row_seal.hpp"

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
  /// What a column that is not open says; `cell` gives the bytes of each column.
  template <class CellOf>
  [[nodiscard]] crypto::Bytes open(int column, std::string_view value, CellOf&& cell) const {
    if (sealed_[at(column)] == ordered) return Ordering::behind(value);
    const SealedColumn& found = columns_[static_cast<std::size_t>(sealed_[at(column)])];
    std::vector<std::string_view> identity;
    for (const int each : found.identity) identity.push_back(cell(each));
    return found.seal.open(identity, value);
  }

 private:
  struct SealedParameter {
    std::size_t at;
    std::vector<std::size_t> identity;
    RowSeal seal;
  };
  struct OrderedParameter {
    std::size_t at;
    std::size_t municipality;
    std::string table;
    std::string column;
  };
  struct SealedColumn {
    std::vector<int> identity;
    RowSeal seal;
  };

  static std::size_t at(int column) { return static_cast<std::size_t>(column); }
  void learn_parameter(std::size_t at, ColumnKind kind, std::string_view sql,
                       const std::vector<std::string>& names);
  void learn_column(const PGresult* description, int column);

  Link& link_;
  std::vector<Oid> types_;
  std::vector<ColumnKind> kinds_;
  std::vector<SealedParameter> parameters_;
  std::vector<OrderedParameter> ordered_;
  std::vector<SealedColumn> columns_;
  static constexpr int plain = -1;
  static constexpr int ordered = -2;
  /// For each result column its place among `columns_`, or what else it is.
  std::vector<int> sealed_;
};

}  // namespace renraku::storage::postgresql
