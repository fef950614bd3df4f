// The plain peer: straight on libpq, one statement after another, on the library's own tables with
// everything in the clear. It checks, seals and signs nothing.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/raw_rows.hpp"

namespace renraku::bench {

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PlainResult = std::unique_ptr<PGresult, ClearResult>;

class PlainConnection {
 public:
  explicit PlainConnection(const std::string& address);

  [[nodiscard]] PGconn* get() const { return connection_.get(); }
  /// Runs a script.
  void run(const char* script);
  void prepare(const char* name, const std::string& sql);
  /// Runs a prepared statement; numbers and bytes go and everything comes in binary.
  PlainResult ask(const char* name, const Row& parameters);

 private:
  std::unique_ptr<PGconn, FinishConnection> connection_;
};

/// A number as PostgreSQL writes it in binary.
[[nodiscard]] std::string binary(std::int64_t number);
[[nodiscard]] std::int64_t number_of(const PGresult* result, int column);

/// The library's tables in an empty database, nothing sealed, with all indexes.
void make_plain_tables(PlainConnection& connection);

/// The acts of the library, by as many statements as it sends for each; `Statements::fewest` leaves
/// out whatever a short script would not ask.
enum class Statements { same, fewest };

class PlainActs {
 public:
  /// In the name of whoever signed in last.
  PlainActs(const std::string& address, std::string municipality, Statements statements);

  /// Each tells how many rows came.
  int find(std::string_view digits);
  int list();
  /// Gives a person another address, with a row in the journal.
  void change(const crypto::Bytes& id, std::string_view address);

 private:
  void prepare();
  void begin(const char* how);
  void journal(const crypto::Bytes& id);
  [[nodiscard]] int read(const char* name, const Row& parameters);

  PlainConnection connection_;
  std::string municipality_;
  Statements statements_;
  crypto::Bytes session_;
  crypto::Bytes member_;
};

/// Writes rows into new tables, in one transaction: row by row as those of one person come, or
/// table by table with COPY.
enum class PlainOrder { rows, copy };
void write_plain(PlainConnection& connection, const std::vector<Copied>& tables, PlainOrder order);

}  // namespace renraku::bench
