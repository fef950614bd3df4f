#include "bench/raw_rows.hpp"

#include <iconv.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "bench/raw.hpp"

namespace renraku::bench {
namespace {

Cell cell_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return sqlite3_column_int64(statement, column);
    case SQLITE_TEXT:
      return std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, column)),
                         static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    case SQLITE_BLOB: {
      const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
      return crypto::Bytes(data, data + sqlite3_column_bytes(statement, column));
    }
    default:
      return std::monostate{};
  }
}

}  // namespace

Copied copy_table(sqlite3* database, const std::string& name) {
  Copied table{name, {}, {}, {}};
  const auto schema =
      prepare_raw(database,
                  "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master "
                  "WHERE tbl_name = '" +
                      name + "' AND sql IS NOT NULL ORDER BY type DESC)");
  if (sqlite3_step(schema.get()) != SQLITE_ROW) throw std::runtime_error("no table " + name);
  table.create = std::get<std::string>(cell_of(schema.get(), 0));
  const auto rows = prepare_raw(database, "SELECT * FROM " + name);
  for (int i = 0; i < sqlite3_column_count(rows.get()); ++i) {
    table.columns.emplace_back(sqlite3_column_name(rows.get(), i));
  }
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    Row row;
    for (int i = 0; i < sqlite3_column_count(rows.get()); ++i)
      row.push_back(cell_of(rows.get(), i));
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::size_t read_csv(const std::filesystem::path& csv) {
  std::ifstream in(csv, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  std::string utf8(bytes.size() * 3, '\0');
  const iconv_t conversion = iconv_open("UTF-8", "CP932");
  char* from = bytes.data();
  char* to = utf8.data();
  std::size_t from_left = bytes.size();
  std::size_t to_left = utf8.size();
  iconv(conversion, &from, &from_left, &to, &to_left);
  iconv_close(conversion);
  utf8.resize(utf8.size() - to_left);
  std::vector<std::string> cells;
  std::size_t rows = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (utf8[i] == ',' || utf8[i] == '\n')
      cells.emplace_back(utf8, start, i - start), start = i + 1;
    if (utf8[i] == '\n') ++rows, cells.clear();
  }
  return rows;
}

}  // namespace renraku::bench
