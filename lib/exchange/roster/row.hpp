// One row of a roster, checked: a person and an entry, or why it can't be taken.
#pragma once

#include <optional>
#include <renraku/records/evacuee.hpp>
#include <renraku/records/person.hpp>
#include <renraku/records/roster.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/roster/codes.hpp"
#include "exchange/roster/headers.hpp"

namespace renraku::exchange::roster {

/// A record of a file, or of rows that a program has: cells as they came.
struct RawRow {
  /// Counts records, the header being 1.
  std::int64_t line = 0;
  std::span<const std::string_view> cells;
  bool blank = false;
  /// Text stood behind a closing quote: where the cells end can't be told.
  bool torn = false;
};

/// What was found wrong, or odd, in a column (empty: in the whole row).
struct Finding {
  std::string column;
  std::string reason;
};

struct CheckedRow {
  std::int64_t line = 0;
  /// As far as the row could be read, also when it is rejected.
  Person person;
  Evacuee evacuee;
  std::optional<Finding> rejection;
  std::vector<Finding> warnings;
  /// The word that tells of protection, empty when none does.
  std::string protection;
};

/// Reads rows by one header. Keeps nothing of a row but the counts of codes.
class RowChecker {
 public:
  RowChecker(const HeaderMap& headers, const Codes& codes, const Date& today)
      : headers_(headers), codes_(codes), today_(today) {}

  [[nodiscard]] CheckedRow check(const RawRow& row);
  /// The row as it came, each cell by its column, for an officer to mend.
  [[nodiscard]] std::vector<ExtraColumn> cells_of(const RawRow& row) const;
  [[nodiscard]] const CodeCounts& counts() const { return counts_; }

 private:
  void read_cell(CheckedRow& row, const HeaderTarget& target, std::string_view cell);
  void read_column(CheckedRow& row, Column column, std::string_view cell);
  void read_birth(CheckedRow& row, std::string_view cell);
  void read_sex(CheckedRow& row, std::string_view cell);
  void read_phone(CheckedRow& row, Column column, std::string_view cell);
  void read_consent(CheckedRow& row, std::string_view cell);
  void read_consent_date(CheckedRow& row, std::string_view cell);
  void look_for_protection(CheckedRow& row, const HeaderTarget& target, std::string_view cell);
  void finish(CheckedRow& row, const RawRow& raw);

  const HeaderMap& headers_;
  const Codes& codes_;
  Date today_;
  CodeCounts counts_;
};

}  // namespace renraku::exchange::roster
