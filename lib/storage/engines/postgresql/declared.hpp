// What the library's own schema says of columns, to hold a server's word against.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/database.hpp"
#include "storage/engines/postgresql/catalogue.hpp"

namespace renraku::storage::postgresql {

/// A server that changed the type of a column, or put a view in a table's place, would else be sent
/// in the clear what is to be sealed, or have believed what nobody sealed. Used from any thread.
class DeclaredColumns {
 public:
  /// Of no table.
  DeclaredColumns() = default;
  explicit DeclaredColumns(std::span<const Migration> steps);

  /// plain where the schema does not say otherwise.
  [[nodiscard]] ColumnKind kind(std::string_view table, std::string_view column) const;
  /// The kind of what a statement's result calls `label`: of the column of that name in a table
  /// that the statement names, or of the one that "AS label" stands behind.
  [[nodiscard]] ColumnKind kind_in(std::string_view sql, std::string_view label) const;

 private:
  using Columns = std::map<std::string, ColumnKind, std::less<>>;
  std::map<std::string, Columns, std::less<>> tables_;
};

}  // namespace renraku::storage::postgresql
