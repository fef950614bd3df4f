// An import: rows are read and checked, matched, and only then written.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <renraku/records/roster.hpp>
#include <span>
#include <string>
#include <vector>

#include "access/permit.hpp"
#include "domain/roster/roster.hpp"
#include "exchange/roster/matching.hpp"
#include "exchange/roster/merge.hpp"
#include "exchange/roster/row.hpp"
#include "exchange/roster/row_source.hpp"

namespace renraku::exchange::roster {

/// Rows done, bytes done, bytes in all; false cancels.
using Progress =
    std::function<bool(std::int64_t rows, std::int64_t bytes, std::int64_t bytes_in_all)>;

/// Asks `progress` once in so many rows.
class Ticker {
 public:
  static constexpr std::int64_t rows_a_tick = 1'000;

  Ticker(const Progress& progress, std::int64_t bytes_in_all)
      : progress_(progress), bytes_in_all_(bytes_in_all) {}
  /// Throws Error{cancelled}.
  void tick(std::int64_t rows, std::int64_t bytes) {
    if (rows % rows_a_tick == 0) tell(rows, bytes);
  }
  void tell(std::int64_t rows, std::int64_t bytes) const;

 private:
  const Progress& progress_;
  std::int64_t bytes_in_all_;
};

/// One import of one source. First `read`, in an act that reads; then `preview` in the same act, or
/// `write` in an act that writes. Memory is some 80 bytes a row, and what the report lists.
class Import {
 public:
  /// Keeps references to all three. Error{invalid} and others for a wrong profile or source.
  Import(RowSource& source, const ImportOptions& options, const Progress& progress);

  /// Reads and checks every row and decides whose it is.
  void read(access::Permit& permit);
  /// What `write` would do and report, as far as can be told without doing it.
  [[nodiscard]] ImportReport preview(access::Permit& permit);
  /// Writes it. Matches anew if people were added since `read`. Error{too_many_changes}.
  [[nodiscard]] ImportReport write(access::Permit& permit);
  /// As `write`, for a source of one row, which says nothing of anybody else. Throws what would be
  /// reported of a rejected row, with its column as field.
  Id<Evacuee> write_one(access::Permit& permit);

 private:
  struct ReadRow;
  /// What one pass over the decided rows keeps.
  struct Pass;

  void read_header();
  [[nodiscard]] bool next_row(RawRow& raw);
  void read_rows(const Date& today);
  void note_row(const CheckedRow& row);
  void note_matching();
  void forget_keys();
  void apply(Pass& pass);
  [[nodiscard]] ReadRow read_again(Pass& pass, std::uint32_t at, const RawRow& raw);
  void apply_row(Pass& pass, std::uint32_t at, const ReadRow& read);
  void add(Pass& pass, std::uint32_t at, std::span<const ReadRow> block);
  void update(Pass& pass, std::uint32_t at, const CheckedRow& row);
  void repeat(Pass& pass, std::uint32_t at, const CheckedRow& row);
  void queue_suspects(Pass& pass);
  void queue_missing(Pass& pass);
  void refuse_large(const ImportReport& report) const;
  [[nodiscard]] ImportReport finished(Pass& pass) const;

  RowSource& source_;
  const ImportOptions& options_;
  const Progress& progress_;
  Profile given_;
  Codes codes_;
  std::optional<HeaderMap> headers_;
  std::deque<RowKeys> rows_;
  /// Where in the file each row is, once they are decided.
  std::vector<std::uint32_t> lines_;
  /// Somebody was known when the rows were read: they hold what they say, to be compared.
  bool compared_ = false;
  Matching matching_;
  /// What reading found, whoever's the rows are.
  ImportReport found_;
};

}  // namespace renraku::exchange::roster
