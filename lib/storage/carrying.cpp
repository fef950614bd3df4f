#include "storage/carrying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <thread>

#include "crypto/hash.hpp"

namespace renraku::storage {

/// The columns of the current row, as they are.
struct WholeRow {
  const Column* columns = nullptr;
};
inline void from_column(const Column& row, int /*column*/, WholeRow& out) {
  out.columns = &row;
}

/// A value that is one already.
struct ReadyValue {
  Value value;
};
inline Value to_value(const ReadyValue& ready, std::string& /*scratch*/) {
  return ready.value;
}

namespace {

constexpr std::int64_t rows_a_tick = 1'000;
/// A commit costs a flush, and what was not committed is carried again after a kill.
constexpr std::int64_t changes_a_commit = 2'000;

Value value_of(const Cell& cell, Holds holds) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  const auto* text = std::get_if<std::string>(&cell);
  if (!text) return std::monostate{};
  if (holds == Holds::bytes) return crypto::view_of(*text);
  return std::string_view(*text);
}

std::string_view text_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text ? std::string_view(*text) : std::string_view();
}

void bind_cell(Query& query, const ModelColumn& column, const Cell& cell,
               std::string_view municipality) {
  const bool is_keyed = column.is_keyed && cell.index() != 0;
  if (is_keyed && column.holds == Holds::bytes) {
    query.bind(column.name, Keyed(municipality, crypto::view_of(text_of(cell))));
  } else if (is_keyed) {
    query.bind(column.name, Keyed(municipality, text_of(cell)));
  } else {
    query.bind(column.name, ReadyValue{value_of(cell, column.holds)});
  }
}

}  // namespace

std::int64_t CellColumns::integer(int column) const {
  const auto* number = std::get_if<std::int64_t>(&cell(column));
  return number ? *number : 0;
}
std::string_view CellColumns::text(int column) const {
  return text_of(cell(column));
}
ByteView CellColumns::bytes(int column) const {
  return crypto::view_of(text(column));
}

Carried::Carried(ModelTable table, std::span<const MadeColumn> made, Slice slice)
    : Carried(std::move(table), made, Beside{}, std::move(slice)) {}

Carried::Carried(ModelTable table, std::span<const MadeColumn> made, const Beside& beside,
                 Slice slice)
    : table_(std::move(table)), slice_(std::move(slice)) {
  std::string reads;
  std::string names;
  std::string values;
  for (const ModelColumn& column : table_.columns) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", column.name);
    values += fmt::format("{}:{}", values.empty() ? "" : ", ", column.name);
    const bool is_made = std::ranges::any_of(made, [&](const MadeColumn& each) {
      return each.table == table_.name && each.column == column.name;
    });
    if (is_made) continue;
    if (!table_.gives_back(column)) {
      throw Error(ErrorCode::internal, "nobody makes this column anew where it arrives",
                  table_.name + "." + column.name);
    }
    reads += fmt::format("{}t.{}", reads.empty() ? "" : ", ", column.name);
    columns_.push_back(&column);
    holds_.push_back(column.holds);
  }
  for (const MadeColumn& each : made) {
    if (each.table != table_.name) continue;
    made_.push_back({&table_.columns[table_.place(each.column)], place(each.from), each.make});
  }
  std::string order;
  std::string where;
  for (const std::size_t column : table_.key) {
    const ModelColumn& key = table_.columns[column];
    key_.push_back(place(key.name));
    sorted_alike_ = sorted_alike_ && key.holds != Holds::text;
    order += fmt::format("{}t.{}", order.empty() ? "" : ", ", key.name);
    where += fmt::format("{0}{1} = :{1}", where.empty() ? "" : " AND ", key.name);
  }
  const auto municipality = std::ranges::find(columns_, "municipality", &ModelColumn::name);
  if (municipality != columns_.end()) {
    municipality_ = static_cast<std::size_t>(municipality - columns_.begin());
  }
  holds_.insert(holds_.end(), beside.holds.begin(), beside.holds.end());
  const std::string rows = slice_.where.empty() ? "" : " WHERE " + slice_.where;
  select_ = fmt::format("SELECT {}{} FROM {} t{}{} ORDER BY {}", reads, beside.columns, table_.name,
                        beside.join, rows, order);
  count_ = fmt::format("SELECT count(*) FROM {} t{}", table_.name, rows);
  insert_ = fmt::format("INSERT INTO {} ({}) VALUES ({})", table_.name, names, values);
  delete_ = fmt::format("DELETE FROM {} WHERE {}", table_.name, where);
}

std::int64_t Carried::count(Transaction& transaction) const {
  return ask(transaction, count_).optional<std::int64_t>().value_or(0);
}

Query Carried::ask(Transaction& transaction, const std::string& sql) const {
  Query query = transaction.query(sql);
  if (slice_.bind) slice_.bind(query);
  return query;
}

std::size_t Carried::place(std::string_view column) const {
  const auto found = std::ranges::find(columns_, column, &ModelColumn::name);
  if (found != columns_.end()) return static_cast<std::size_t>(found - columns_.begin());
  throw Error(ErrorCode::internal, "a column that is needed is not read",
              table_.name + "." + std::string(column));
}

std::string Carried::row_name(const Cells& row) const {
  std::string name;
  for (const std::size_t at : key_) {
    const ModelColumn& column = *columns_[at];
    name += name.empty() ? "" : " ";
    if (column.is_keyed) {
      name += "…";
    } else if (const auto* number = std::get_if<std::int64_t>(&row[at])) {
      name += std::to_string(*number);
    } else if (column.holds == Holds::bytes) {
      name += crypto::hex(crypto::view_of(text_of(row[at])));
    } else {
      name += text_of(row[at]);
    }
  }
  return name;
}

bool Carried::comes_before(const Cells& one, const Cells& other) const {
  for (const std::size_t at : key_) {
    if (one[at] != other[at]) return one[at] < other[at];
  }
  return false;
}

void Carried::add(Transaction& to, const Cells& row) const {
  const std::string_view municipality = municipality_ ? text_of(row[*municipality_]) : "";
  Query insert = to.query(insert_);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    bind_cell(insert, *columns_[i], row[i], municipality);
  for (const Made& each : made_) {
    bind_cell(insert, *each.column, each.make(text_of(row[each.from])), municipality);
  }
  insert.run();
}

void Carried::remove(Transaction& to, const Cells& row) const {
  Query query = to.query(delete_);
  for (const std::size_t at : key_) {
    bind_cell(query, *columns_[at], row[at], municipality_ ? text_of(row[*municipality_]) : "");
  }
  query.run();
}

Cells Carried::read(Query& row) const {
  const Column& columns = *row.read<WholeRow>().columns;
  Cells cells(holds_.size());
  for (std::size_t i = 0; i < holds_.size(); ++i) {
    const int at = static_cast<int>(i);
    if (columns.is_null(at)) continue;
    if (holds_[i] == Holds::number) {
      cells[i] = columns.integer(at);
    } else if (holds_[i] == Holds::text) {
      cells[i] = std::string(columns.text(at));
    } else {
      const ByteView bytes = columns.bytes(at);
      cells[i] = std::string(bytes.begin(), bytes.end());
    }
  }
  return cells;
}

/// The rows of one table, one after the other.
class RowWalk {
 public:
  RowWalk(Database& database, const Carried& carried)
      : transaction_(database.read()),
        carried_(carried),
        query_(carried.ask(transaction_, carried.select_)) {
    // The engines sort texts differently; such tables are small.
    if (!carried.is_sorted_alike()) {
      while (query_.next()) sorted_.push_back(carried_.read(query_));
      std::ranges::sort(sorted_, [&](const Cells& row, const Cells& other) {
        return carried_.comes_before(row, other);
      });
    }
    next();
  }

  /// Null at the end.
  [[nodiscard]] const Cells* row() const { return row_ ? &*row_ : nullptr; }
  void next() {
    if (!carried_.is_sorted_alike()) {
      row_.reset();
      if (sorted_.empty()) return;
      row_ = std::move(sorted_.front());
      sorted_.pop_front();
    } else if (query_.next()) {
      row_ = carried_.read(query_);
    } else {
      row_.reset();
    }
  }

 private:
  Transaction transaction_;
  const Carried& carried_;
  Query query_;
  std::deque<Cells> sorted_;
  std::optional<Cells> row_;
};

namespace {

/// Writes, and commits every so many changes.
class Changing {
 public:
  Changing(Database& database, const Guard& guard) : database_(database), guard_(guard) {}
  template <class Change>
  void make(Change&& change) {
    if (!transaction_) {
      transaction_.emplace(database_.write());
      if (guard_) guard_(*transaction_);
    }
    change(*transaction_);
    if (++changes_ < changes_a_commit) return;
    commit();
    if (guard_) std::this_thread::sleep_for(others_turn);
  }
  void commit() {
    if (transaction_) transaction_->commit();
    transaction_.reset();
    changes_ = 0;
  }

 private:
  /// Who waits for the writer's place looks every tenth of a second.
  static constexpr std::chrono::milliseconds others_turn{110};

  Database& database_;
  const Guard& guard_;
  std::optional<Transaction> transaction_;
  std::int64_t changes_ = 0;
};

/// The rows of one key in both tables; null where one has none.
struct Pair {
  const Cells* one;
  const Cells* other;
  /// The other table has no row behind it.
  bool other_ends;

  [[nodiscard]] bool is_same() const { return one && other && *one == *other; }
};

/// Walks both tables side by side.
template <class Visit>
void walk(Database& one, Database& other, const Carried& carried, const Tick& tick, Visit&& visit) {
  RowWalk first(one, carried);
  RowWalk second(other, carried);
  std::int64_t rows = 0;
  while (first.row() || second.row()) {
    const Cells* const row = first.row();
    const Cells* const beside = second.row();
    const bool only_first = !beside || (row && carried.comes_before(*row, *beside));
    const bool only_second = !row || (beside && carried.comes_before(*beside, *row));
    visit(Pair{only_second ? nullptr : row, only_first ? nullptr : beside, !beside});
    if (!only_second && ++rows % rows_a_tick == 0) tick(rows_a_tick);
    if (!only_second) first.next();
    if (!only_first) second.next();
  }
  tick(rows % rows_a_tick);
}

void count(CarriedCount& counted, const Pair& pair) {
  if (pair.one) ++counted.rows;
  if (!pair.one) {
    ++counted.surplus;
  } else if (!pair.other) {
    ++counted.missing;
  } else if (!pair.is_same()) {
    ++counted.different;
  }
}

}  // namespace

CarriedCount compare(Database& one, Database& other, const Carried& carried, const Tick& tick,
                     const std::function<void(const Cells&)>& differs) {
  CarriedCount counted;
  walk(one, other, carried, tick, [&](const Pair& pair) {
    count(counted, pair);
    if (!pair.is_same()) differs(pair.one ? *pair.one : *pair.other);
  });
  return counted;
}

CarriedCount carry(Database& from, Database& to, const Carried& carried, const Tick& tick,
                   const Guard& guard) {
  CarriedCount counted;
  Changing changing(to, guard);
  const auto add = [&](const Cells& row) {
    changing.make([&](Transaction& out) { carried.add(out, row); });
  };
  // A value that there may be only once may have gone from one row to another: what is no more goes
  // first, and rows come when nothing follows that they could be in the way of.
  bool waits = false;
  walk(from, to, carried, tick, [&](const Pair& pair) {
    count(counted, pair);
    if (pair.is_same()) return;
    if (pair.other) changing.make([&](Transaction& out) { carried.remove(out, *pair.other); });
    if (pair.one && pair.other_ends) {
      add(*pair.one);
    } else if (pair.one) {
      waits = true;
    }
  });
  changing.commit();
  if (!waits) return counted;
  const auto still_wanted = [&](std::int64_t) { tick(0); };
  walk(from, to, carried, still_wanted, [&](const Pair& pair) {
    if (pair.one && !pair.other) add(*pair.one);
  });
  changing.commit();
  return counted;
}

}  // namespace renraku::storage
