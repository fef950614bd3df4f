#include "session/walks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace renraku::session {
namespace {

constexpr std::size_t first_max = 10;

}  // namespace

Walks::Walks(storage::Database& one, storage::Database& other,
             std::vector<std::unique_ptr<storage::Carried>> tables, Tell tell, storage::Guard guard)
    : one_(one),
      other_(other),
      carried_(std::move(tables)),
      tell_(std::move(tell)),
      guard_(std::move(guard)) {}

Walks::Tables Walks::tables() const {
  Tables all;
  for (const auto& each : carried_) all.push_back(each.get());
  return all;
}

void Walks::expect(const Tables& tables) {
  storage::Transaction transaction = one_.read();
  for (const storage::Carried* each : tables) in_all_ += each->count(transaction);
}

Walks::Tables Walks::carry(const Tables& tables, CopyReport& report) {
  Tables changed;
  report.rows = 0;
  for (const storage::Carried* each : tables) {
    const storage::CarriedCount count = storage::carry(one_, other_, *each, tick(), guard_);
    report.rows += count.rows;
    report.written += count.missing + count.different;
    if (!count.is_same()) changed.push_back(each);
  }
  return changed;
}

void Walks::carry_rest(const Tables& tables, CopyReport& report) {
  constexpr int walks_max = 4;
  Tables left = tables;
  std::int64_t rows = 0;
  for (int i = 0; i < walks_max; ++i) {
    expect(left);
    left = carry(left, report);
    if (i == 0) rows = report.rows;
    if (left.empty()) break;
  }
  report.rows = rows;
  if (left.empty()) return;
  throw Error(ErrorCode::internal, "what was carried does not read back as it is in the store",
              left.front()->name());
}

std::vector<TableComparison> Walks::compare() {
  std::vector<TableComparison> all;
  for (const storage::Carried* each : tables()) {
    std::vector<std::string> first;
    const storage::CarriedCount count =
        storage::compare(one_, other_, *each, tick(), [&](const storage::Cells& row) {
          if (first.size() < first_max) first.push_back(each->row_name(row));
        });
    all.push_back(comparison_of(each->name(), count));
    all.back().first = std::move(first);
  }
  return all;
}

storage::Tick Walks::tick() {
  return [this](std::int64_t rows) {
    done_ += rows;
    tell_(done_, std::max(done_, in_all_));
  };
}

Walks::Tell telling(const Progress& progress) {
  return [&progress](std::int64_t done, std::int64_t in_all) {
    if (!progress || progress(done, done, in_all)) return;
    throw Error(ErrorCode::cancelled, "the work was cancelled; the same call goes on from there");
  };
}

TableComparison count_rows(storage::Database& one, storage::Database& other, std::string_view table,
                           const storage::Slice& slice) {
  const std::string sql = fmt::format("SELECT count(*) FROM {} t{}{}", table,
                                      slice.where.empty() ? "" : " WHERE ", slice.where);
  const auto count_in = [&](storage::Database& database) {
    storage::Transaction transaction = database.read();
    storage::Query query = transaction.query(sql);
    if (slice.bind) slice.bind(query);
    return query.optional<std::int64_t>().value_or(0);
  };
  const std::int64_t here = count_in(one);
  const std::int64_t there = count_in(other);
  TableComparison counted;
  counted.table = table;
  counted.same = std::min(here, there);
  counted.only_one = here - counted.same;
  counted.only_other = there - counted.same;
  return counted;
}

bool is_same(const std::vector<TableComparison>& tables) {
  return std::ranges::all_of(tables, [](const TableComparison& table) {
    return table.different + table.only_one + table.only_other == 0;
  });
}

TableComparison comparison_of(std::string table, const storage::CarriedCount& count) {
  TableComparison compared;
  compared.table = std::move(table);
  compared.same = count.rows - count.missing - count.different;
  compared.different = count.different;
  compared.only_one = count.missing;
  compared.only_other = count.surplus;
  return compared;
}

}  // namespace renraku::session
