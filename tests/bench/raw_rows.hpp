// The rows of a database held in memory, so that a peer can write them again.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "crypto/bytes.hpp"

namespace renraku::bench {

using Cell = std::variant<std::monostate, std::int64_t, std::string, crypto::Bytes>;
using Row = std::vector<Cell>;

struct Copied {
  std::string name;
  /// The statements that made the table and its indexes.
  std::string create;
  std::vector<std::string> columns;
  std::vector<Row> rows;
};

[[nodiscard]] Copied copy_table(sqlite3* database, const std::string& name);

/// Reads, decodes and splits a CSV in CP932, as whoever imports it has to; how many rows.
std::size_t read_csv(const std::filesystem::path& csv);

}  // namespace renraku::bench
