// The database of a store: its connections, transactions and schema.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fork.hpp"
#include "storage/connection.hpp"

namespace renraku::storage {

/// One step of the schema. Steps are numbered from 1 without gaps and never change once released.
struct Migration {
  int version;
  std::string_view script;
};

/// Opens connections to one database; an engine's side of Database.
class Engine {
 public:
  virtual ~Engine() = default;
  /// Told of the schema before the first connection that uses it.
  virtual void know(std::span<const Migration> steps) { static_cast<void>(steps); }
  [[nodiscard]] virtual std::unique_ptr<Connection> connect() = 0;
  /// Reads every page and every row's structure; what is wrong, in English, without contents.
  [[nodiscard]] virtual std::vector<std::string> check(Connection& connection) = 0;
};

class Database;
class PackedRows;
class RowMemory;
struct RowsName;

/// A transaction. Rolled back unless committed; used by one thread at a time.
class Transaction {
 public:
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// A query on this transaction's connection. `sql` is one of the domain's constants: the prepared
  /// statement is kept for its next use.
  [[nodiscard]] Query query(std::string_view sql);
  void commit();
  /// Undoes all of it and gives the connection back, as the destructor does: before something else
  /// is written. No query may be left, and none may follow.
  void roll_back() noexcept;
  /// Nothing of another municipality is believed in this transaction (Connection).
  void keep_to(std::string_view municipality) { lease_.connection->keep_to(municipality); }
  /// Within this transaction; null on an engine that seals no rows.
  [[nodiscard]] RowSealing* row_sealing() { return lease_.connection->row_sealing(); }
  /// Gives back the memory of the pages that the connection keeps, now and once more when the
  /// transaction has ended: for who goes through more of the store than anybody comes back to.
  void release_pages() noexcept;

  // Rows in memory, shared by the database's transactions in this process.

  /// Those that were kept under this name and stamp; null where none are.
  [[nodiscard]] std::shared_ptr<const PackedRows> kept_rows(const RowsName& name) const;
  /// Keeps what this transaction read, unless it is a writer's, whose work may be undone, or the
  /// rows were changed meanwhile.
  void keep_rows(RowsName name, std::shared_ptr<const PackedRows> rows) const;
  /// Says that rows kept as this one's change; those are let go when this transaction commits. True
  /// the first time in it.
  bool changes_rows_of(std::string_view whose);

 private:
  friend class Database;
  struct Lease {
    std::unique_ptr<Connection> connection;
    std::unique_ptr<StatementCache> statements;
  };
  Transaction(Database& database, base::ForkHold hold, Lease lease, bool writes);

  Database* database_;
  std::optional<base::ForkHold> hold_;
  Lease lease_;
  bool writes_;
  bool open_ = true;
  bool releases_ = false;
  /// How often rows in memory had been let go when this began.
  std::uint64_t changes_before_ = 0;
  std::vector<std::string> changed_;
};

/// Used from any thread. Readers never wait for a writer; writers wait for each other, across
/// processes too.
class Database {
 public:
  explicit Database(std::unique_ptr<Engine> engine);

  /// Throws Error{newer_format} when the database has steps that this library does not know.
  void migrate(std::span<const Migration> migrations);
  [[nodiscard]] Transaction read();
  [[nodiscard]] Transaction write();
  [[nodiscard]] std::vector<std::string> check();

 private:
  friend class Transaction;
  using Lease = Transaction::Lease;

  /// More readers than this at once wait for one another: each has a page cache of its own.
  static constexpr std::size_t readers_max = 8;
  /// How long a writer waits for another thread of this process.
  static constexpr std::chrono::seconds writer_patience{10};

  Lease connect();
  /// Begins on the connection kept from before; on a new one when there is none, or its server went
  /// away since.
  void begin(Lease& lease, void (Connection::*how)());
  void give_back(Lease lease, bool writes) noexcept;

  std::unique_ptr<Engine> engine_;
  std::shared_ptr<RowMemory> memory_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Lease> idle_readers_;
  std::size_t readers_ = 0;
  Lease writer_;
  bool writing_ = false;
};

}  // namespace renraku::storage
