// Where rows come from: a CSV file, or a program. Read several times, because everything is checked
// and matched before the first row is written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <renraku/records/roster.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/csv_reader.hpp"
#include "exchange/roster/row.hpp"
#include "text/encoding.hpp"

namespace renraku::exchange::roster {

/// A roster of two million people with long remarks stays below; what is larger is no roster.
inline constexpr std::uint64_t file_max = std::uint64_t{2} << 30;  // bytes
/// The largest municipality has under four million residents, and at most half are listed.
inline constexpr std::int64_t rows_max = 2'000'000;
/// Rows that come from a program are set aside until they are written: some millions of usual ones.
inline constexpr std::size_t spool_max = std::size_t{1} << 30;  // bytes

/// Rows that can be read from the start again.
class RowSource {
 public:
  virtual ~RowSource() = default;
  virtual void rewind() = 0;
  /// The next record, the header first; false at the end. The cells are valid until the next call.
  virtual bool next(RawRow& row) = 0;
  [[nodiscard]] virtual std::string encoding() const = 0;
  [[nodiscard]] virtual std::int64_t bytes_read() const = 0;
  /// Of one reading.
  [[nodiscard]] virtual std::int64_t bytes_in_all() const = 0;
};

/// A file, decoded as it is read. `encoding` empty: found out by reading the file once. Characters
/// that the encoding does not have become U+FFFD, so that only their rows are rejected.
/// Error{not_found}, Error{io}, Error{too_large}, Error{encoding}, Error{invalid} for what is no
/// CSV.
[[nodiscard]] std::unique_ptr<RowSource> open_csv_file(const std::filesystem::path& file,
                                                       const std::string& encoding);

/// Rows that a program gives, once; they are kept. What is more than 1 MiB waits in a sealed file
/// without a name in `folder` (see spool.hpp); all stays in memory where that is empty, which is
/// for a few rows. Bytes that are no UTF-8 become U+FFFD. Error{too_large}, Error{disk_full},
/// Error{io}.
[[nodiscard]] std::unique_ptr<RowSource> collect_rows(
    const std::function<bool(std::vector<std::string>& cells)>& rows,
    const std::filesystem::path& folder);

}  // namespace renraku::exchange::roster
