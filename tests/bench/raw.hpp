// The raw peer: straight on SQLCipher's C API, with the same settings, tables and rows, and nothing
// of what the library does besides: no sign-in, no policy, no journal of reads.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "crypto/secret.hpp"

namespace renraku::bench {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using RawDatabase = std::unique_ptr<sqlite3, CloseDatabase>;
using RawStatement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// Opens or makes a database of the raw page key, with the library's settings.
RawDatabase open_raw(const std::filesystem::path& file, const crypto::Key& page_key);
RawStatement prepare_raw(sqlite3* database, std::string_view sql);
void run_raw(sqlite3* database, const char* sql);

/// The store's page key and node, found by its host key.
crypto::Key page_key_of(const std::filesystem::path& store, const crypto::Key& host_key);

/// One look-up by phone; how many rows came.
class RawFind {
 public:
  explicit RawFind(sqlite3* database);
  int run(std::string_view digits);

 private:
  RawStatement statement_;
};

/// A page of 50 of the list, from the start.
class RawList {
 public:
  explicit RawList(sqlite3* database);
  int run(std::string_view municipality);

 private:
  RawStatement statement_;
};

/// As the rows of a file come, each with all that is written of it, or everything of one table
/// after the other, the look-up keys in their order: what only who holds all of it at once can do.
enum class RawOrder { rows, tables };

/// Writes every row that an import wrote into a new database, in one transaction, with a sealed and
/// chained journal entry for each person; the CSV is read, decoded and split too. Seconds.
double raw_import(const std::filesystem::path& imported_store, const crypto::Key& host_key,
                  const std::filesystem::path& csv, const std::filesystem::path& into,
                  RawOrder order);

}  // namespace renraku::bench
