#include "storage/engines/postgresql/store_id.hpp"

#include <fmt/format.h>

#include "storage/engines/postgresql/connecting.hpp"
#include "storage/engines/postgresql/wire.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::string_view reading = "reading the store's id";

constexpr const char* make_whose =
    "CREATE TABLE renraku_store (only_row BIGINT PRIMARY KEY CHECK (only_row = 1), id TEXT NOT "
    "NULL); INSERT INTO renraku_store (only_row, id) VALUES (1, '{}')";
constexpr const char* make_arriving =
    "CREATE TABLE renraku_arriving (only_row BIGINT PRIMARY KEY CHECK (only_row = 1), id TEXT NOT "
    "NULL); INSERT INTO renraku_arriving (only_row, id) VALUES (1, '{}')";

/// A lock of the session's, whose number is this library's ("arrival").
constexpr std::string_view try_arrival =
    "SELECT CASE WHEN pg_try_advisory_lock(27428908462137708) THEN 1::bigint ELSE 0 END";

void name(Connection& connection, const char* script, const Uuid& id) {
  connection.run(fmt::format(fmt::runtime(script), id.text()));
}

// An id alone could stand beside tables of somebody else's, of the same names as ours.
void need_empty(Connection& connection) {
  const bool is_empty = !connection
                             .prepare(
                                 "SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p') AND "
                                 "relnamespace = to_regnamespace(current_schema()) LIMIT 1")
                             ->step();
  if (is_empty) return;
  throw Error(ErrorCode::exists, "the database holds tables already; a store needs a new database",
              "database");
}

}  // namespace

std::optional<Uuid> find_store_id(const std::string& address) {
  Wire wire(connect(address));
  const Result table = wire.run("SELECT 1 WHERE to_regclass('renraku_store') IS NOT NULL", reading);
  if (PQntuples(table.get()) == 0) return std::nullopt;
  const Result row = wire.run("SELECT id FROM renraku_store", reading);
  if (PQntuples(row.get()) == 0) return std::nullopt;
  try {
    return Uuid::parse(PQgetvalue(row.get(), 0, 0));
  } catch (const Error&) {
    throw Error(ErrorCode::damaged, "the table renraku_store holds no id of a store", "database");
  }
}

void set_store_id(Connection& connection, const Uuid& id) {
  need_empty(connection);
  name(connection, make_whose, id);
}

bool take_arrival(Connection& connection) {
  connection.begin_read();
  const auto taken = connection.prepare(try_arrival);
  const bool is_taken = taken->step() && taken->integer(0) != 0;
  connection.commit();
  return is_taken;
}

bool begin_arrival(Connection& connection, const Uuid& id) {
  const bool begun =
      connection.prepare("SELECT 1 WHERE to_regclass('renraku_arriving') IS NOT NULL")->step();
  if (!begun) {
    need_empty(connection);
    name(connection, make_arriving, id);
    return false;
  }
  const auto found = connection.prepare("SELECT id FROM renraku_arriving");
  if (found->step() && found->text(0) == id.text()) return true;
  throw Error(ErrorCode::exists,
              "another store was being carried into this database and is not complete; give "
              "another one",
              "database");
}

void end_arrival(Connection& connection, const Uuid& id) {
  connection.run("DROP TABLE renraku_arriving");
  name(connection, make_whose, id);
}

}  // namespace renraku::storage::postgresql
