#include "storage/engines/postgresql/sealing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "storage/engines/postgresql/keyed_set.hpp"
#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

/// The table that a statement writes.
std::string_view written_table(std::string_view sql) {
  constexpr std::string_view blanks = " \n\t";
  for (const std::string_view words : {"INSERT INTO ", "UPDATE "}) {
    const std::size_t found = sql.find(words);
    if (found == std::string_view::npos) continue;
    const std::string_view rest = sql.substr(found + words.size());
    return rest.substr(0, rest.find_first_of(blanks));
  }
  return {};
}

std::size_t place_of(const std::vector<std::string>& names, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

Error refusal(std::string_view what, std::string_view table, std::string_view column) {
  return {ErrorCode::internal, fmt::format("{} ({}.{})", what, table, column)};
}

/// The server took a word of the schema away.
Error not_as_declared(std::string_view table, std::string_view column) {
  return {ErrorCode::damaged,
          fmt::format("the server's column is not what the schema made it ({}{}{}); nothing is "
                      "sent or believed; mend the table there",
                      table, table.empty() ? "" : ".", column),
          "schema"};
}

}  // namespace

Sealing::Sealing(Link& link, std::string_view sql, const std::vector<std::string>& names,
                 const PGresult* description)
    : link_(link) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Oid type = PQparamtype(description, static_cast<int>(i));
    const ColumnKind kind = is_integer(type) || is_text(type) || type == type_bytea
                                ? ColumnKind::plain
                                : link.catalogue.kind_of(type);
    types_.push_back(kind == ColumnKind::plain ? type : link.catalogue.base_of(type));
    kinds_.push_back(kind);
    learn_parameter(i, kind, sql, names);
  }
  for (int i = 0; i < PQnfields(description); ++i) {
    learn_column(description, i);
    need_declared(sql, PQfname(description, i));
  }
  ranks_.resize(read_as_.size());
}

void Sealing::learn_parameter(std::size_t at, ColumnKind kind, std::string_view sql,
                              const std::vector<std::string>& names) {
  const std::string_view name = names[at];
  const ColumnKind declared = link_.declared->kind(written_table(sql), name);
  if (declared != ColumnKind::plain && declared != kind) {
    throw not_as_declared(written_table(sql), name);
  }
  if (kind != ColumnKind::sealed && kind != ColumnKind::ordered) return;
  const Table* table = link_.catalogue.table(written_table(sql));
  const int number = table ? table->number_of(name) : 0;
  if (number == 0 || table->columns.at(number).kind != kind) {
    throw refusal("a parameter does not bear the name of the column that it fills",
                  written_table(sql), name);
  }
  if (kind == ColumnKind::ordered) {
    const std::size_t municipality = place_of(names, "municipality");
    if (municipality == names.size()) {
      throw refusal("an ordered column is filled without its municipality", table->name, name);
    }
    ordered_.push_back({at, municipality, table->name, std::string(name)});
    return;
  }
  if (!written_) learn_written(*table, sql, names);
}

// All of a row's sealed columns are one message, so that none can be written alone.
void Sealing::learn_written(const Table& table, std::string_view sql,
                            const std::vector<std::string>& names) {
  const auto place = [&](int column) -> std::optional<std::size_t> {
    const std::size_t found = place_of(names, table.columns.at(column).name);
    return found == names.size() ? std::nullopt : std::optional(found);
  };
  const auto refuse = [&](int without, std::string_view what) {
    const std::string& carrier = table.columns.at(table.sealed.front()).name;
    const std::string& name = table.columns.at(without).name;
    throw refusal(fmt::format("a sealed column is filled without {} {}", what, name), table.name,
                  carrier);
  };
  WrittenTable written{TableSeal(link_.keys, table), {}, {}};
  for (const int each : table.identity) {
    const auto found = place(each);
    if (!found) refuse(each, "its row's");
    written.identity.push_back(*found);
  }
  const bool is_new = sql.starts_with("INSERT ");
  for (const int each : table.sealed) {
    const auto found = place(each);
    if (!found && (!is_new || written.columns.empty())) refuse(each, "the sealed");
    written.columns.push_back(found);
  }
  written_.emplace(std::move(written));
}

void Sealing::need_declared(std::string_view sql, const char* label) const {
  const ColumnKind declared = link_.declared->kind_in(sql, label);
  const int read_as = read_as_.back();
  const bool is_so = (declared != ColumnKind::sealed || read_as >= 0) &&
                     (declared != ColumnKind::ordered || read_as == ordered);
  if (!is_so) throw not_as_declared({}, label);
}

void Sealing::learn_column(const PGresult* description, int column) {
  read_as_.push_back(plain);
  const Oid from = PQftable(description, column);
  const int number = PQftablecol(description, column);
  const Table* table = link_.catalogue.table(from);
  if (!table || !table->columns.contains(number)) return;
  const Column& read = table->columns.at(number);
  if (read.kind == ColumnKind::keyed || read.kind == ColumnKind::keyed_set) {
    throw refusal("a column that is only found by is read", table->name, read.name);
  }
  if (read.kind == ColumnKind::ordered) read_as_.back() = ordered;
  if (read.kind != ColumnKind::sealed) return;
  const std::size_t place = read_table(description, from, *table, read.name);
  read_as_.back() = static_cast<int>(columns_.size());
  const auto among = std::ranges::find(table->sealed, number) - table->sealed.begin();
  columns_.push_back({place, static_cast<std::size_t>(among)});
}

std::size_t Sealing::read_table(const PGresult* description, Oid id, const Table& table,
                                std::string_view column) {
  const auto known = std::ranges::find(tables_, id, &ReadTable::id);
  if (known != tables_.end()) return static_cast<std::size_t>(known - tables_.begin());
  const auto place = [&](int wanted) {
    int places = 0;
    int found = 0;
    for (int other = 0; other < PQnfields(description); ++other) {
      if (PQftable(description, other) != id || PQftablecol(description, other) != wanted) continue;
      found = other;
      ++places;
    }
    if (places == 1) return found;
    throw refusal(fmt::format("a sealed column is read with {} of its rows' {}", places,
                              table.columns.at(wanted).name),
                  table.name, column);
  };
  ReadTable read{id, TableSeal(link_.keys, table), {}};
  for (const int each : table.identity) read.identity.push_back(place(each));
  read.carrier = place(table.sealed.front());
  tables_.push_back(std::move(read));
  return tables_.size() - 1;
}

crypto::Bytes Sealing::keyed(std::size_t parameter, const Keyed& value) {
  constexpr std::size_t keyed_size = 16;
  // Somebody who signs in may name what is no municipality: there is nothing to be found there.
  const auto index = link_.keys.vault().index(key_owner(value.municipality).value_or(0));
  if (kinds_[parameter] == ColumnKind::keyed_set) return keyed_set(*index, value.contents);
  const crypto::Digest sum = index->mac(value.contents);
  return {sum.begin(), sum.begin() + keyed_size};
}

void Sealing::need_unkeyed(std::size_t parameter) const {
  const ColumnKind kind = kinds_[parameter];
  if (kind != ColumnKind::keyed && kind != ColumnKind::keyed_set) return;
  throw Error(ErrorCode::internal, "a keyed column was to get something that is not keyed");
}

void Sealing::seal(Parameters& parameters) {
  for (const OrderedParameter& each : ordered_) {
    const auto key = parameters.value(each.at);
    if (!key) continue;
    const std::string municipality(parameters.value(each.municipality).value_or(""));
    parameters.replace(each.at, link_.ordering.place(each.table, each.column, municipality, *key));
  }
  if (written_) seal_row(parameters);
}

void Sealing::seal_row(Parameters& parameters) {
  TableSeal& seal = written_->seal;
  seal.begin_row();
  for (const std::size_t each : written_->identity) {
    seal.identify(parameters.value(each).value_or(""));
  }
  std::vector<TableSeal::Value> values;
  for (const auto& each : written_->columns) {
    values.push_back(each ? parameters.value(*each) : std::nullopt);
  }
  if (!values.front()) {
    throw Error(ErrorCode::internal, "the first sealed column of a row is NULL; it carries all");
  }
  const crypto::Bytes sealed = seal.seal(values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) parameters.replace(*written_->columns[i], i == 0 ? sealed : crypto::Bytes());
  }
}

void Sealing::begin_row() {
  for (ReadTable& table : tables_) table.is_open = false;
}

}  // namespace renraku::storage::postgresql
