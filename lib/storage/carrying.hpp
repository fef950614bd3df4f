// Rows carried from one database to another, whichever engines keep them, and held against each
// other.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "storage/schema_model.hpp"

namespace renraku::storage {

/// A value that outlives its row; text and bytes alike are a string.
using Cell = std::variant<std::monostate, std::int64_t, std::string>;
using Cells = std::vector<Cell>;

/// Cells as columns that records are read from.
class CellColumns final : public Column {
 public:
  /// Keeps a reference.
  explicit CellColumns(const Cells& cells) : cells_(cells) {}
  [[nodiscard]] bool is_null(int column) const override { return cell(column).index() == 0; }
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] ByteView bytes(int column) const override;

 private:
  [[nodiscard]] const Cell& cell(int column) const {
    return cells_.at(static_cast<std::size_t>(column));
  }

  const Cells& cells_;
};

/// A column that is not read, but made anew from another one of its row where the row arrives: what
/// not every engine gives back, or what is different there.
struct MadeColumn {
  std::string_view table;
  std::string_view column;
  std::string_view from;
  std::function<Cell(std::string_view text)> make;
};

/// The rows of a table that are walked, in place of all: a condition on `t`, and what binds those
/// of its parameters that the query takes.
struct Slice {
  std::string where;
  std::function<void(Query&)> bind;
};

/// The rows of one table, which are walked in the order of their keys and carried one by one. Used
/// by one thread.
class Carried {
 public:
  /// `made` are those of any table. Error{internal} for a table with a column that is neither given
  /// back nor made.
  Carried(ModelTable table, std::span<const MadeColumn> made, Slice slice = {});
  Carried(const Carried&) = delete;
  Carried& operator=(const Carried&) = delete;
  virtual ~Carried() = default;

  [[nodiscard]] const std::string& name() const { return table_.name; }
  [[nodiscard]] std::int64_t count(Transaction& transaction) const;
  /// Names the row by its key, without what may say something of a person.
  [[nodiscard]] std::string row_name(const Cells& row) const;
  /// Whether one row comes before another.
  [[nodiscard]] bool comes_before(const Cells& one, const Cells& other) const;

  virtual void add(Transaction& to, const Cells& row) const;
  virtual void remove(Transaction& to, const Cells& row) const;

 protected:
  /// What is read of each row beside the table's own columns, which lead.
  struct Beside {
    std::string columns;
    std::string join;
    std::vector<Holds> holds;
  };
  Carried(ModelTable table, std::span<const MadeColumn> made, const Beside& beside,
          Slice slice = {});

  [[nodiscard]] const ModelTable& table() const { return table_; }
  /// Where a column that is read stands among the cells.
  [[nodiscard]] std::size_t place(std::string_view column) const;

 private:
  friend class RowWalk;
  struct Made {
    const ModelColumn* column;
    std::size_t from;
    std::function<Cell(std::string_view text)> make;
  };

  [[nodiscard]] Cells read(Query& row) const;
  /// `sql` with the slice's parameters bound.
  [[nodiscard]] Query ask(Transaction& transaction, const std::string& sql) const;
  /// Rows stand in the order of their keys, as SQL gives them, in every engine.
  [[nodiscard]] bool is_sorted_alike() const { return sorted_alike_; }

  ModelTable table_;
  Slice slice_;
  /// The columns that are read, in the order of their cells.
  std::vector<const ModelColumn*> columns_;
  std::vector<Holds> holds_;
  std::vector<std::size_t> key_;
  std::vector<Made> made_;
  /// Among the cells; none where the table has no such column.
  std::optional<std::size_t> municipality_;
  bool sorted_alike_ = true;
  std::string select_;
  std::string count_;
  std::string insert_;
  std::string delete_;
};

/// Told after so many rows; throws to end the work.
using Tick = std::function<void(std::int64_t rows)>;

/// How the rows of one table stand to those of another database.
struct CarriedCount {
  /// Of the one.
  std::int64_t rows = 0;
  std::int64_t missing = 0;  ///< in the other
  std::int64_t surplus = 0;  ///< in the other alone
  std::int64_t different = 0;

  [[nodiscard]] bool is_same() const { return missing + surplus + different == 0; }
};

/// Holds the tables against each other. `differs` is told of each difference.
[[nodiscard]] CarriedCount compare(Database& one, Database& other, const Carried& carried,
                                   const Tick& tick,
                                   const std::function<void(const Cells& row)>& differs);

/// Told of each transaction that is going to be written in; throws where it must not be. With one,
/// others write into `to` as well, and get their turns.
using Guard = std::function<void(Transaction& to)>;

/// Makes the table of `to` what it is in `from`; of what is the same already nothing is written.
/// What came is committed every so many rows, so that whoever begins again goes on there. What
/// comes back is how it was before. Nobody else writes these rows of `to`.
CarriedCount carry(Database& from, Database& to, const Carried& carried, const Tick& tick,
                   const Guard& guard = {});

}  // namespace renraku::storage
