#include "storage/engines/postgresql/resealing.hpp"

#include <fmt/format.h>

#include <limits>

#include "crypto/packing.hpp"
#include "storage/engines/postgresql/types.hpp"
#include "storage/row_key.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::string_view doing = "sealing rows again";
/// It says how far the walk over a table has not begun.
constexpr std::int64_t from_the_first = 0;

/// Where the number of the key stands (TableSeal, Ordering), and how far an ordered value goes at
/// least.
constexpr const char* sealed_under_another = "substring({} FROM 1 FOR 4) <> $3::bytea";
constexpr const char* ordered_under_another =
    "(octet_length({0}) > 12 AND substring({0} FROM 9 FOR 4) <> $3::bytea)";

constexpr const char* drop_keys =
    "DELETE FROM renraku_row_key WHERE owner = {} AND number NOT IN (0, {})";
constexpr const char* tell_time =
    "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)";
constexpr const char* count_readers =
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND xact_start < to_timestamp({} / 1000000.0)";

std::string number_bytes(std::int64_t number) {
  const crypto::Bytes packed = std::move(crypto::Packer().instant(number)).bytes();
  return {packed.begin(), packed.end()};
}

std::string_view cell(const PGresult* rows, int row, int column) {
  return {PQgetvalue(rows, row, column), static_cast<std::size_t>(PQgetlength(rows, row, column))};
}

std::int64_t number_in(const Result& result) {
  return std::strtoll(PQgetvalue(result.get(), 0, 0), nullptr, 10);
}

KeyOwner owner_of(std::string_view municipality) {
  return key_owner(key_range(municipality).first);
}

}  // namespace

std::int64_t Resealing::begin_key(std::string_view municipality) {
  const KeyOwner owner = owner_of(municipality);
  const std::uint32_t number = link_.vouched.key_number(owner) + 1;
  static_cast<void>(link_.keys.vault().obtain(owner, number));
  link_.vouched.set_key_number(owner, number);
  link_.keys.changed();
  return number;
}

std::int64_t Resealing::seal_again(std::string_view municipality, SealedUpTo& place, int limit) {
  const std::size_t others = tables().size();
  const bool has_vouched = owner_of(municipality) == the_store;
  const std::size_t vouched = has_vouched ? link_.vouched.tables().names().size() : 0;
  for (; place.table < others + vouched; place = {place.table + 1, from_the_first}) {
    const std::int64_t sealed =
        place.table < others ? seal_rows(tables()[place.table], municipality, place.next_key, limit)
                             : seal_vouched(place.table - others, place.next_key, limit);
    if (sealed > 0) return sealed;
  }
  return 0;
}

std::int64_t Resealing::count_under_others(std::string_view municipality) {
  std::int64_t count = owner_of(municipality) == the_store ? link_.vouched.count_under_others() : 0;
  for (const SealedTable& table : tables()) {
    const Result found =
        link_.wire.ask(table.count, under_others(municipality, from_the_first), doing);
    count += integer_from(cell(found.get(), 0, 0));
  }
  return count;
}

std::int64_t Resealing::server_time() {
  return number_in(link_.wire.run(tell_time, doing));
}

bool Resealing::has_readers_since_before(std::int64_t server_time) {
  return number_in(link_.wire.run(fmt::format(count_readers, server_time).c_str(), doing)) > 0;
}

void Resealing::drop_others(std::string_view municipality) {
  const KeyOwner owner = owner_of(municipality);
  const std::uint32_t number = link_.vouched.key_number(owner);
  const Result ignored = link_.wire.run(fmt::format(drop_keys, owner, number).c_str(), doing);
  link_.keys.vault().forget_but(owner, number);
}

std::vector<Resealing::SealedTable>& Resealing::tables() {
  if (tables_) return *tables_;
  std::vector<SealedTable> found;
  for (const auto& [id, table] : link_.catalogue.tables()) {
    if (auto planned = this->planned(table)) found.push_back(*std::move(planned));
  }
  return tables_.emplace(std::move(found));
}

std::optional<Resealing::SealedTable> Resealing::planned(const Table& table) {
  SealedTable planned(TableSeal(link_.keys, table));
  planned.name = table.name;
  planned.has_carrier = !table.sealed.empty();
  for (const auto& [number, column] : table.columns) {
    if (column.kind == ColumnKind::ordered) planned.ordered.push_back(column.name);
  }
  if (!planned.has_carrier && planned.ordered.empty()) return std::nullopt;
  if (table.integer_key == 0) {
    throw Error(ErrorCode::internal, "a sealed table is not led by one integer key", table.name);
  }
  std::string identity;
  for (const int number : table.identity) {
    const std::string& name = table.columns.at(number).name;
    if (name == "municipality") planned.municipality = planned.identity;
    identity += ", " + name;
    ++planned.identity;
  }
  std::vector<std::string> columns = planned.ordered;
  if (planned.has_carrier) columns.push_back(table.columns.at(table.sealed.front()).name);
  prepare(planned, table.columns.at(table.integer_key).name, identity, columns);
  return planned;
}

void Resealing::prepare(SealedTable& table, const std::string& key, const std::string& identity,
                        const std::vector<std::string>& columns) {
  std::string names;
  std::string under_another;
  std::string values;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string_view separator = i == 0 ? "" : ", ";
    names += ", " + columns[i];
    under_another += i == 0 ? "" : " OR ";
    under_another += fmt::format(
        fmt::runtime(i < table.ordered.size() ? ordered_under_another : sealed_under_another),
        columns[i]);
    values += fmt::format("{}{} = ${}", separator, columns[i], i + 2);
  }
  const std::string where =
      fmt::format("FROM {0} WHERE {1} BETWEEN $1::bigint AND $2::bigint AND ({2})", table.name, key,
                  under_another);
  table.find = prepared(fmt::format("SELECT {0}{1}{2} {3} ORDER BY {0} LIMIT $4::bigint", key,
                                    identity, names, where));
  table.count = prepared("SELECT count(*) " + where);
  table.update =
      prepared(fmt::format("UPDATE {} SET {} WHERE {} = $1::bigint", table.name, values, key));
}

std::string Resealing::prepared(const std::string& sql) {
  std::string name = link_.wire.new_name();
  const Result ignored = link_.wire.prepare(name.c_str(), sql.c_str());
  return name;
}

std::vector<std::string> Resealing::under_others(std::string_view municipality, std::int64_t from) {
  const KeyRange range = key_range(municipality);
  const crypto::Bytes number =
      std::move(crypto::Packer().number(link_.vouched.key_number(owner_of(municipality)))).bytes();
  return {number_bytes(std::max(from, range.first)), number_bytes(range.last),
          std::string(number.begin(), number.end())};
}

std::int64_t Resealing::seal_rows(SealedTable& table, std::string_view municipality,
                                  std::int64_t& next_key, int limit) {
  std::vector<std::string> parameters = under_others(municipality, next_key);
  parameters.push_back(number_bytes(limit));
  const Result rows = link_.wire.ask(table.find, parameters, doing);
  const int count = PQntuples(rows.get());
  for (int row = 0; row < count; ++row) seal_row(table, rows.get(), row);
  if (count > 0) next_key = integer_from(cell(rows.get(), count - 1, 0)) + 1;
  return count;
}

void Resealing::seal_row(SealedTable& table, const PGresult* rows, int row) {
  const auto stored = [&](int column) { return cell(rows, row, column); };
  table.seal.begin_row();
  for (int i = 1; i <= table.identity; ++i) table.seal.identify(stored(i));
  int at = table.identity;
  std::vector<crypto::Bytes> values;
  for (const std::string& column : table.ordered) {
    const std::string_view municipality = stored(table.municipality.value() + 1);
    values.push_back(link_.ordering.sealed_again(table.name, column, municipality, stored(++at)));
  }
  if (table.has_carrier) {
    table.seal.open(stored(++at));
    values.push_back(table.seal.seal(table.seal.values()));
  }
  const std::string_view key = stored(0);
  std::vector<const char*> contents{key.data()};
  std::vector<int> sizes{static_cast<int>(key.size())};
  for (const crypto::Bytes& value : values) {
    contents.push_back(reinterpret_cast<const char*>(value.data()));
    sizes.push_back(static_cast<int>(value.size()));
  }
  const std::vector<int> binary(contents.size(), 1);
  link_.wire.queue(table.update.c_str(), {contents, sizes, binary});
}

std::int64_t Resealing::seal_vouched(std::size_t table, std::int64_t& next_key, int limit) {
  const auto name =
      std::next(link_.vouched.tables().names().begin(), static_cast<std::ptrdiff_t>(table));
  const auto sealed = link_.vouched.seal_again(*name, next_key, limit);
  if (!sealed.empty()) next_key = sealed.back() + 1;
  return static_cast<std::int64_t>(sealed.size());
}

}  // namespace renraku::storage::postgresql
