#include "storage/engines/postgresql/catalogue.hpp"

#include <algorithm>
#include <cstdlib>

namespace renraku::storage::postgresql {
namespace {

/// What is sealed says which key sealed it and begins with the suite, and nothing stands in the
/// columns that another one carries; a keyed value is a sum. What the library would forget to seal
/// is refused here.
constexpr const char* make_types =
    "DO $$ BEGIN IF to_regtype('renraku_sealed') IS NULL THEN "
    "CREATE DOMAIN renraku_sealed AS bytea CHECK "
    "(octet_length(VALUE) = 0 OR octet_length(VALUE) >= 61 AND get_byte(VALUE, 4) = 2); "
    "CREATE DOMAIN renraku_keyed AS bytea CHECK (octet_length(VALUE) = 16); "
    "CREATE DOMAIN renraku_ordered AS bytea; "
    "CREATE DOMAIN renraku_bound_text AS text; "
    "CREATE DOMAIN renraku_bound_number AS bigint; "
    "CREATE DOMAIN renraku_bound_bytes AS bytea; "
    "CREATE TABLE renraku_row_key (owner BIGINT NOT NULL, number BIGINT NOT NULL, "
    "wrapped BYTEA NOT NULL, PRIMARY KEY (owner, number)); "
    "END IF; END $$";

/// Sums of lines, and how rows are found by several. The function is one that PostgreSQL puts the
/// body of in its place, so that an index serves it.
constexpr const char* make_sets =
    "DO $$ BEGIN IF to_regtype('renraku_keyed_set') IS NULL THEN "
    "CREATE DOMAIN renraku_keyed_set AS bigint[]; "
    "CREATE FUNCTION has_all(held renraku_keyed_set, wanted renraku_keyed_set) RETURNS boolean "
    "LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT held::bigint[] @> wanted::bigint[]'; "
    "END IF; END $$";

constexpr const char* read_types =
    "SELECT oid, typname, typbasetype FROM pg_type WHERE typname LIKE 'renraku\\_%' "
    "AND typtype = 'd'";

constexpr const char* read_columns =
    "SELECT c.oid, c.relname, a.attnum, a.attname, t.typname, "
    "coalesce(a.attnum = ANY (i.indkey), false) "
    "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
    "AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid "
    "LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary "
    "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition "
    "AND c.relnamespace = to_regnamespace(current_schema()) ORDER BY c.oid, a.attnum";

constexpr std::string_view reading = "reading what the tables are";

ColumnKind kind_named(std::string_view type) {
  if (type == "renraku_sealed") return ColumnKind::sealed;
  if (type == "renraku_keyed") return ColumnKind::keyed;
  if (type == "renraku_keyed_set") return ColumnKind::keyed_set;
  if (type == "renraku_ordered") return ColumnKind::ordered;
  if (type.starts_with("renraku_bound_")) return ColumnKind::bound;
  return ColumnKind::plain;
}

/// Records have an id and revisions; rows of other tables their primary key. What is bound to a
/// row's seal is treated as if it told rows apart.
void find_identity(Table& table, const std::vector<int>& primary_key) {
  const auto add = [&](std::string_view name) {
    const int number = table.number_of(name);
    if (number > 0) table.identity.push_back(number);
    return number > 0;
  };
  const auto add_other = [&](int number) {
    if (std::ranges::find(table.identity, number) == table.identity.end()) {
      table.identity.push_back(number);
    }
  };
  add("municipality");
  if (add("id")) {
    add("revision");
  } else {
    std::ranges::for_each(primary_key, add_other);
  }
  for (const auto& [number, column] : table.columns) {
    if (column.kind == ColumnKind::bound) add_other(number);
  }
}

}  // namespace

int Table::number_of(std::string_view column) const {
  for (const auto& [number, each] : columns) {
    if (each.name == column) return number;
  }
  return 0;
}

void Catalogue::define_types(Wire& wire) {
  for (const char* const script : {make_types, make_sets}) {
    const Result ignored = wire.run(script, "making the types of columns");
  }
}

const Table* Catalogue::table(Oid id) {
  if (id == InvalidOid) return nullptr;
  if (!tables_.contains(id)) read();
  const auto found = tables_.find(id);
  return found == tables_.end() ? nullptr : &found->second;
}

const Table* Catalogue::table(std::string_view name) {
  const auto find = [&] {
    return std::ranges::find_if(tables_,
                                [&](const auto& each) { return each.second.name == name; });
  };
  auto found = find();
  if (found == tables_.end()) {
    read();
    found = find();
  }
  return found == tables_.end() ? nullptr : &found->second;
}

const std::map<Oid, Table>& Catalogue::tables() {
  read();
  return tables_;
}

ColumnKind Catalogue::kind_of(Oid type) {
  if (types_.empty()) read();
  const auto found = types_.find(type);
  return found == types_.end() ? ColumnKind::plain : found->second.kind;
}

Oid Catalogue::base_of(Oid type) {
  if (types_.empty()) read();
  const auto found = types_.find(type);
  return found == types_.end() ? type : found->second.base;
}

void Catalogue::read() {
  const auto text = [](const Result& rows, int row, int column) {
    return std::string_view(PQgetvalue(rows.get(), row, column));
  };
  const auto number = [&](const Result& rows, int row, int column) {
    return std::strtoul(text(rows, row, column).data(), nullptr, 10);
  };
  const Result types = wire_.run(read_types, reading);
  for (int row = 0; row < PQntuples(types.get()); ++row) {
    types_[static_cast<Oid>(number(types, row, 0))] = {kind_named(text(types, row, 1)),
                                                       static_cast<Oid>(number(types, row, 2))};
  }
  tables_.clear();
  std::map<Oid, std::vector<int>> primary_keys;
  const Result columns = wire_.run(read_columns, reading);
  for (int row = 0; row < PQntuples(columns.get()); ++row) {
    const Oid id = static_cast<Oid>(number(columns, row, 0));
    const int place = static_cast<int>(number(columns, row, 2));
    Table& table = tables_[id];
    table.name = text(columns, row, 1);
    table.columns[place] = {std::string(text(columns, row, 3)), kind_named(text(columns, row, 4)),
                            text(columns, row, 4) == "int8"};
    if (table.columns[place].kind == ColumnKind::sealed) table.sealed.push_back(place);
    if (text(columns, row, 5) == "t") primary_keys[id].push_back(place);
  }
  for (auto& [id, table] : tables_) {
    const std::vector<int>& key = primary_keys[id];
    find_identity(table, key);
    if (key.size() == 1 && table.columns.at(key.front()).is_integer)
      table.integer_key = key.front();
  }
}

}  // namespace renraku::storage::postgresql
