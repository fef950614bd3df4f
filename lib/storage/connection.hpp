// A connection to the database as an engine makes it, and the queries that run on it.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/made_row.hpp"
#include "storage/row.hpp"
#include "storage/row_sealing.hpp"
#include "storage/statement.hpp"

namespace renraku::storage {

/// One connection; used by one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;
  [[nodiscard]] virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;
  /// Runs statements that return nothing, several at once.
  virtual void run(std::string_view script) = 0;
  /// An engine may wait with it for the first statement.
  virtual void begin_read() = 0;
  /// Takes the one place of a writer; waits for another process, then Error{busy}.
  virtual void begin_write() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  /// False when no transaction will ever succeed here again, because the server is gone.
  [[nodiscard]] virtual bool is_alive() const noexcept = 0;
  /// Gives back the memory of pages that were read or written; they are read anew when needed.
  virtual void release_pages() noexcept = 0;
  [[nodiscard]] virtual int schema_version() = 0;
  virtual void set_schema_version(int version) = 0;
  /// Creates tables from a script in which the engine's own words stand for @key (the integer
  /// primary key), @bytes and @clustered (rows lie in key order), and for what a server that is not
  /// trusted may see of a column:
  ///  - @sealed, @sealed_bytes: text or bytes that are personal data. No SQL compares or sorts
  ///    them. They are written together; the row's identity and the first of them, which is never
  ///    NULL, are bound and read with them: `municipality`, `id` and `revision` where the table has
  ///    them, else its primary key.
  ///  - @keyed, @keyed_bytes: bound as Keyed, compared for equality, never read.
  ///  - @keyed_set: bound as Keyed whose contents are lines of text; a row is found where
  ///    has_all(column, :lines) is true, by having all of some lines, and never read. An index of
  ///    it says @set_index before its columns. The lines that an engine takes for the same may
  ///    differ, once in 2^64.
  ///  - @ordered: bytes that SQL sorts and compares, such as a collation key.
  ///  - @bound before TEXT, BIGINT or @bytes: in the clear, but part of the seals of the row's
  ///    sealed columns, so that they don't open when it was altered.
  /// A table with @vouched behind it decides who may see what. A server is not trusted to keep it:
  /// no statement names such a table together with one that is not.
  /// A line that begins with @embedded is for the engine whose stores may be older than the step.
  virtual void define(std::string_view script) = 0;
  /// From here to the end of the transaction, rows of this municipality's and the store's own alone
  /// are opened, whatever a server puts into an answer; for another's, Error{damaged},
  /// access_field. An empty one: everybody's.
  virtual void keep_to(std::string_view municipality) { static_cast<void>(municipality); }
  /// Null where nothing is sealed, because the whole database is encrypted. The connection's.
  [[nodiscard]] virtual RowSealing* row_sealing() { return nullptr; }
};

/// The field of Error{damaged} for rows of vouched tables that are not what the library wrote.
inline constexpr std::string_view access_field = "access";
[[nodiscard]] inline bool is_altered_access(const Error& error) {
  return error.code() == ErrorCode::damaged && error.field() == access_field;
}

/// Prepared statements of one connection, kept for the next use of the same SQL.
class StatementCache {
 public:
  struct Entry {
    std::unique_ptr<Statement> statement;
    bool in_use = false;
    /// Where the columns of the record last read by this statement are.
    const void* mapped = nullptr;
    std::vector<int> places;
  };

  explicit StatementCache(Connection& connection) : connection_(connection) {}
  Entry& lease(std::string_view sql);
  void clear() { entries_.clear(); }

 private:
  /// Length and end tell the few texts of a connection apart; all of a long INSERT, for every row
  /// of an import, would show.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view sql) const noexcept {
      constexpr std::size_t end = 16;
      const std::size_t begin = sql.size() > end ? sql.size() - end : 0;
      return std::hash<std::string_view>{}(sql.substr(begin)) ^ sql.size();
    }
  };

  Connection& connection_;
  std::unordered_multimap<std::string, Entry, Hash, std::equal_to<>> entries_;
};

/// One run of one statement. Bind by name, then read rows or run.
class Query {
 public:
  explicit Query(StatementCache::Entry& entry) : entry_(&entry) {}
  Query(Query&& other) noexcept : entry_(std::exchange(other.entry_, nullptr)) {}
  Query& operator=(Query&&) = delete;
  ~Query() {
    if (!entry_) return;
    entry_->statement->reset();
    entry_->in_use = false;
  }

  template <class T>
  Query& bind(std::string_view name, const T& value) & {
    std::string scratch;
    entry_->statement->bind(name, to_value(value, scratch));
    return *this;
  }
  template <class T>
  Query&& bind(std::string_view name, const T& value) && {
    bind(name, value);
    return std::move(*this);
  }
  /// Binds every stored field of the record to the parameter of its name.
  template <DescribedRecord Record>
  Query&& bind_record(const Record& record) && {
    for_each_column<Record>([&](auto field) { bind(field.name, record.*field.pointer); });
    return std::move(*this);
  }

  /// Binds every value of the row, which stays as it is until this query has run.
  Query& bind(const MadeRow& row) & {
    row.each([&](std::string_view column, const Value& value) {
      entry_->statement->bind(column, value, Statement::Lifetime::until_reset);
    });
    return *this;
  }

  /// Whether the SQL has a parameter of this name.
  [[nodiscard]] bool takes(std::string_view name) const {
    return entry_->statement->has_parameter(name);
  }

  bool next() { return entry_->statement->step(); }

  /// The current row: a record by column names, or one value from the first column.
  template <class T>
  [[nodiscard]] T read() {
    T out{};
    if constexpr (DescribedRecord<T>) {
      const std::vector<int>& places = places_of<T>();
      std::size_t at = 0;
      for_each_column<T>(
          [&](auto field) { from_column(*entry_->statement, places[at++], out.*field.pointer); });
    } else {
      from_column(*entry_->statement, 0, out);
    }
    return out;
  }
  /// One column of the current row.
  template <class T>
  [[nodiscard]] T read(std::string_view column) {
    T out{};
    from_column(*entry_->statement, place(column), out);
    return out;
  }
  template <class T>
  [[nodiscard]] std::optional<T> optional() {
    if (!next()) return std::nullopt;
    return read<T>();
  }
  template <class T>
  [[nodiscard]] std::vector<T> all() {
    std::vector<T> out;
    while (next()) out.push_back(read<T>());
    return out;
  }
  /// Runs a statement without rows. An error of it may be told by a later statement of the
  /// transaction, or by the commit.
  void run() { entry_->statement->run(); }
  /// The same, and gets ready for other values of the same statement.
  void run_again() {
    run();
    entry_->statement->reset();
  }
  /// Runs a statement without rows and waits; how many rows it inserted, updated or deleted.
  std::int64_t changed() {
    next();
    return entry_->statement->changes();
  }

 private:
  [[nodiscard]] int place(std::string_view column) const;

  template <class Record>
  const std::vector<int>& places_of() {
    static constexpr char tag = 0;
    if (entry_->mapped != &tag) {
      entry_->places.clear();
      for_each_column<Record>([&](auto field) { entry_->places.push_back(place(field.name)); });
      entry_->mapped = &tag;
    }
    return entry_->places;
  }

  StatementCache::Entry* entry_;
};

/// Told of every SQL text the first time a connection prepares it. For tests that hold the one SQL
/// against another engine; set before any store is opened.
using PrepareObserver = std::function<void(std::string_view sql)>;
void observe_prepare(PrepareObserver observer);

}  // namespace renraku::storage
