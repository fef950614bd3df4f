// What the columns of the database are, as the schema said it: read once from the server.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/engines/postgresql/wire.hpp"

namespace renraku::storage::postgresql {

/// What the server may see of a column: the words of Connection::define as types of its own, so
/// that it refuses what was not sealed or keyed.
enum class ColumnKind { plain, sealed, keyed, keyed_set, ordered, bound };

struct Column {
  std::string name;
  ColumnKind kind = ColumnKind::plain;
  bool is_integer = false;
};

struct Table {
  std::string name;
  /// By PostgreSQL's number of the column.
  std::map<int, Column> columns;
  /// The columns that tell a row from all others, and its revisions from one another.
  std::vector<int> identity;
  /// The sealed columns, in the schema's order. They are sealed together, and the first of them
  /// carries all.
  std::vector<int> sealed;
  /// The one column of integers that is the primary key; 0 where that is another.
  int integer_key = 0;

  /// 0 when there is no such column.
  [[nodiscard]] int number_of(std::string_view column) const;
};

/// Belongs to one connection; read anew when a table is not known yet.
class Catalogue {
 public:
  explicit Catalogue(Wire& wire) : wire_(wire) {}

  /// Makes the types of the columns, and the table of the keys of rows, when the database has none
  /// yet.
  static void define_types(Wire& wire);

  /// None for what is no table of ours.
  [[nodiscard]] const Table* table(Oid id);
  [[nodiscard]] const Table* table(std::string_view name);
  [[nodiscard]] const std::map<Oid, Table>& tables();
  /// plain for every type that is not one of ours.
  [[nodiscard]] ColumnKind kind_of(Oid type);
  /// What values of a type travel as.
  [[nodiscard]] Oid base_of(Oid type);

 private:
  void read();

  Wire& wire_;
  std::map<Oid, Table> tables_;
  struct Type {
    ColumnKind kind;
    Oid base;
  };
  std::map<Oid, Type> types_;
};

}  // namespace renraku::storage::postgresql
