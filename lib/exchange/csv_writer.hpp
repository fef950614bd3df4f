// CSV (RFC 4180) as spreadsheets can open it without harm.
#pragma once

#include <string>
#include <string_view>

namespace renraku::exchange {

/// A cell that a spreadsheet won't take for a formula: one apostrophe goes before a cell that
/// begins with = + - @ (of either width), TAB, CR or LF, and before one that begins with
/// apostrophes and then such a character, so that unharmed() gives every cell back unchanged.
[[nodiscard]] std::string harmless(std::string_view cell);

/// The cell without the one apostrophe that harmless() put before it; other cells unchanged.
[[nodiscard]] std::string_view unharmed(std::string_view cell) noexcept;

/// Writes records into a string, in UTF-8: cells divided by commas, records ended by CRLF, cells
/// made harmless, and quoted where RFC 4180 asks for it or they have spaces at an end.
class CsvWriter {
 public:
  explicit CsvWriter(std::string& out) noexcept : out_(out) {}

  /// Appends the next cell of the current record.
  void cell(std::string_view text);
  /// Ends the record. A record of one empty cell is written as "" so that it is no blank line.
  void end_record();

 private:
  std::string& out_;
  bool first_ = true;
  bool only_empty_ = false;
};

}  // namespace renraku::exchange
