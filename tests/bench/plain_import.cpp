// The rows of an import, written by libpq.
#include <stdexcept>

#include "bench/plain.hpp"

namespace renraku::bench {
namespace {

constexpr std::size_t copied_at_once = std::size_t{1} << 16;

std::string columns_of(const Copied& table) {
  std::string names;
  for (const std::string& column : table.columns) names += (names.empty() ? "" : ", ") + column;
  return names;
}

std::string insert_sql(const Copied& table) {
  std::string marks;
  for (std::size_t i = 1; i <= table.columns.size(); ++i) {
    marks += (i == 1 ? "$" : ", $") + std::to_string(i);
  }
  return "INSERT INTO " + table.name + " (" + columns_of(table) + ") VALUES (" + marks + ")";
}

void write_rows(PlainConnection& connection, const std::vector<Copied>& tables) {
  std::size_t steps = 0;
  for (const Copied& table : tables) {
    connection.prepare(table.name.c_str(), insert_sql(table));
    steps = std::max(steps, table.rows.size());
  }
  std::vector<std::size_t> done(tables.size());
  // A part of every table at each step, so that a person's rows come together.
  for (std::size_t step = 1; step <= steps; ++step) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
      const std::vector<Row>& rows = tables[i].rows;
      while (done[i] < rows.size() * step / steps) {
        connection.ask(tables[i].name.c_str(), rows[done[i]++]);
      }
    }
  }
}

/// The length before its bytes; -1 for NULL.
void add_field(std::string& out, const Cell& cell) {
  const auto add = [&out](const char* data, std::size_t size) {
    out += binary(static_cast<std::int64_t>(size)).substr(4);
    out.append(data, size);
  };
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    add(binary(*number).data(), 8);
  } else if (const auto* text = std::get_if<std::string>(&cell)) {
    add(text->data(), text->size());
  } else if (const auto* bytes = std::get_if<crypto::Bytes>(&cell)) {
    add(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  } else {
    out += binary(-1).substr(4);
  }
}

void put(PlainConnection& connection, std::string& data) {
  if (PQputCopyData(connection.get(), data.data(), static_cast<int>(data.size())) != 1) {
    throw std::runtime_error(PQerrorMessage(connection.get()));
  }
  data.clear();
}

void copy(PlainConnection& connection, const Copied& table) {
  const std::string sql =
      "COPY " + table.name + " (" + columns_of(table) + ") FROM STDIN (FORMAT binary)";
  const PlainResult begun(PQexec(connection.get(), sql.c_str()));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) {
    throw std::runtime_error(PQerrorMessage(connection.get()));
  }
  std::string data("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
  for (const Row& row : table.rows) {
    data += binary(static_cast<std::int64_t>(row.size())).substr(6);
    for (const Cell& cell : row) add_field(data, cell);
    if (data.size() >= copied_at_once) put(connection, data);
  }
  data += "\377\377";
  put(connection, data);
  PQputCopyEnd(connection.get(), nullptr);
  const PlainResult ended(PQgetResult(connection.get()));
  if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK) {
    throw std::runtime_error(PQerrorMessage(connection.get()));
  }
  const PlainResult nothing(PQgetResult(connection.get()));
}

}  // namespace

void write_plain(PlainConnection& connection, const std::vector<Copied>& tables, PlainOrder order) {
  connection.run("BEGIN");
  if (order == PlainOrder::rows) {
    write_rows(connection, tables);
  } else {
    for (const Copied& table : tables) copy(connection, table);
  }
  connection.run("COMMIT");
}

}  // namespace renraku::bench
