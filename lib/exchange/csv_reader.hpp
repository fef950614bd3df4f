// CSV (RFC 4180), read as a stream: records of any number, a file of any size, little memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace renraku::exchange {

/// The largest cell in bytes: a remark of 300,000 characters; above it a quote is missing.
inline constexpr std::size_t csv_cell_max = 1024 * 1024;
/// The largest record in bytes; so much, and no more, is held in memory.
inline constexpr std::size_t csv_record_max = 4 * 1024 * 1024;
/// The most columns of a record; the widest rosters known have under 200.
inline constexpr std::size_t csv_columns_max = 1024;

/// One record. The views are valid until the reader's next call.
struct CsvRecord {
  /// Counts records, the header being 1 and blank ones included; the "line" of import reports.
  std::uint64_t number = 0;
  /// The physical line its first character stands in, from 1; differs where cells hold line breaks.
  std::uint64_t line = 0;
  /// Where it begins, in bytes of the UTF-8 text.
  std::uint64_t offset = 0;
  /// The cells without their quotes, otherwise untouched: spaces and line breaks are kept.
  std::span<const std::string_view> cells;
  /// No cell holds anything but spaces (an empty line, or a row of empty cells): to be skipped.
  bool blank = false;
  /// Text other than spaces stood behind a closing quote ("a"b). It is kept in the cell, but where
  /// the quote really ended can't be told: the record is not to be trusted.
  bool stray_text = false;
};

/// Reads records from UTF-8 text that comes in chunks.
///
/// Lines end in CRLF, LF or CR, mixed at will; the last one need not end. A quote within a cell
/// that does not begin with one is an ordinary character. The comma divides cells; if the first
/// line has none, the tab does if it has one, else the semicolon. A byte order mark must have been
/// taken off (text::Decoder does). A DOS end-of-file mark (1A) at the very end is passed over.
///
/// Throws Error{invalid} for a NUL byte and for a quote that is never closed, naming the record and
/// the physical line where it opened; Error{too_large} for a cell, a record or a number of columns
/// beyond the limits above, likewise. One thread at a time.
class CsvReader {
 public:
  /// Gives the next chunk of text, of any size, and an empty one at the end. What it gives must
  /// stay valid until it is called again.
  using Source = std::function<std::string_view()>;

  explicit CsvReader(Source source);

  /// Reads one record; false at the end, leaving `record` empty.
  bool next(CsvRecord& record);

  /// The character that divides cells; known after the first next().
  [[nodiscard]] char separator() const noexcept { return separator_; }

 private:
  enum class End { cell, record, text };

  bool fetch();
  void choose_separator();
  bool at_text_end();
  void pass_line_end();
  End read_cell();
  void read_quoted();
  void read_plain();
  void append(std::string_view piece);
  bool finish_record(CsvRecord& record);
  [[noreturn]] void refuse_nul() const;
  [[noreturn]] void refuse_size(const char* what) const;

  Source source_;
  std::string head_;        // the text up to the first line end, looked at before reading
  std::string_view chunk_;  // not yet read
  char separator_ = ',';
  bool started_ = false;
  bool ended_ = false;
  bool after_cr_ = false;  // the next LF belongs to the CR before it

  std::uint64_t number_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t offset_ = 0;
  std::uint64_t quote_line_ = 0;  // where the open or last quote of this cell opened; 0 if none

  std::uint64_t record_line_ = 1;
  std::uint64_t record_offset_ = 0;
  bool stray_text_ = false;
  std::string text_;               // the cells of the record, one behind the other
  std::vector<std::size_t> ends_;  // where each ends in it
  std::vector<std::string_view> cells_;
};

/// Throws Error{invalid} if a file's first bytes (8 suffice) show that it is no CSV but a
/// spreadsheet (xlsx, xls), a PDF or a compressed file, saying how to save it as CSV.
void refuse_other_formats(std::string_view first_bytes);

}  // namespace renraku::exchange
