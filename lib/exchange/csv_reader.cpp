#include "exchange/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <renraku/error.hpp>

#include "text/width.hpp"

namespace renraku::exchange {

namespace {

constexpr char dos_end = '\x1A';

std::string place(std::uint64_t record, std::uint64_t line) {
  return " in record " + std::to_string(record) + " (line " + std::to_string(line) +
         " of the file)";
}

/// The length of what stands before any of a few bytes.
template <class... Bytes>
std::size_t run_before(std::string_view text, Bytes... bytes) {
  std::size_t at = 0;
  while (at < text.size() && ((text[at] != bytes) && ...)) ++at;
  return at;
}

}  // namespace

CsvReader::CsvReader(Source source) : source_(std::move(source)) {}

bool CsvReader::fetch() {
  if (ended_) return false;
  chunk_ = source_();
  ended_ = chunk_.empty();
  return !ended_;
}

void CsvReader::choose_separator() {
  started_ = true;
  while (fetch()) {
    const bool line_ends = chunk_.find_first_of("\r\n") != std::string_view::npos;
    head_.append(chunk_);
    if (line_ends || head_.size() > csv_record_max) break;
  }
  const std::string_view line = std::string_view(head_).substr(0, head_.find_first_of("\r\n"));
  if (line.find(',') == std::string_view::npos) {
    if (line.find('\t') != std::string_view::npos) {
      separator_ = '\t';
    } else if (line.find(';') != std::string_view::npos) {
      separator_ = ';';
    }
  }
  chunk_ = head_;
}

bool CsvReader::at_text_end() {
  return chunk_.empty() && !fetch();
}

void CsvReader::pass_line_end() {
  after_cr_ = chunk_[0] == '\r';
  chunk_.remove_prefix(1);
  ++offset_;
  ++line_;
}

void CsvReader::append(std::string_view piece) {
  const std::size_t begin = ends_.empty() ? 0 : ends_.back();
  if (text_.size() - begin + piece.size() > csv_cell_max) refuse_size("a cell of more than 1 MiB");
  if (text_.size() + piece.size() > csv_record_max) refuse_size("more than 4 MiB");
  text_.append(piece);
}

/// Reads up to the closing quote, which it passes; the opening one is passed already.
void CsvReader::read_quoted() {
  while (true) {
    if (at_text_end()) {
      throw Error(ErrorCode::invalid, "a quote is never closed" + place(number_, quote_line_) +
                                          "; close it or take it away");
    }
    const std::size_t run = run_before(chunk_, '"', '\n', '\r', '\0');
    append(chunk_.substr(0, run));
    chunk_.remove_prefix(run);
    offset_ += run;
    if (run != 0) after_cr_ = false;
    if (chunk_.empty()) continue;
    const char c = chunk_[0];
    if (c == '\0') refuse_nul();
    chunk_.remove_prefix(1);
    ++offset_;
    if (c == '\n' || c == '\r') {
      if (c == '\r' || !after_cr_) ++line_;
      after_cr_ = c == '\r';
      append(std::string_view(&c, 1));
      continue;
    }
    after_cr_ = false;
    if (at_text_end() || chunk_[0] != '"') return;
    append("\"");
    chunk_.remove_prefix(1);
    ++offset_;
  }
}

/// Reads up to what ends a cell.
void CsvReader::read_plain() {
  while (!at_text_end()) {
    const std::size_t run = run_before(chunk_, separator_, '\n', '\r', '\0');
    const std::string_view piece = chunk_.substr(0, run);
    // Spaces between a closing quote and the separator are nobody's.
    const bool nothing = quote_line_ != 0 && text::trim(piece).empty();
    if (!nothing && quote_line_ != 0) stray_text_ = true;
    if (!nothing) append(piece);
    chunk_.remove_prefix(run);
    offset_ += run;
    if (chunk_.empty()) continue;
    if (chunk_[0] == '\0') refuse_nul();
    return;
  }
}

CsvReader::End CsvReader::read_cell() {
  quote_line_ = 0;
  if (!at_text_end() && chunk_[0] == '"') {
    quote_line_ = line_;
    chunk_.remove_prefix(1);
    ++offset_;
    read_quoted();
  }
  read_plain();
  if (ends_.size() == csv_columns_max) refuse_size("more than 1,024 columns");
  ends_.push_back(text_.size());
  if (at_text_end()) return End::text;
  if (chunk_[0] == separator_) {
    chunk_.remove_prefix(1);
    ++offset_;
    return End::cell;
  }
  pass_line_end();
  return End::record;
}

bool CsvReader::next(CsvRecord& record) {
  record = {};
  if (!started_) choose_separator();
  if (after_cr_ && !at_text_end() && chunk_[0] == '\n') {
    chunk_.remove_prefix(1);
    ++offset_;
  }
  after_cr_ = false;
  if (at_text_end()) return false;
  ++number_;
  record_line_ = line_;
  record_offset_ = offset_;
  stray_text_ = false;
  text_.clear();
  ends_.clear();
  End end = End::cell;
  while (end == End::cell) end = read_cell();
  if (end == End::text && text_.size() == 1 && text_[0] == dos_end && ends_.size() == 1) {
    return false;
  }
  return finish_record(record);
}

bool CsvReader::finish_record(CsvRecord& record) {
  cells_.clear();
  std::size_t begin = 0;
  for (const std::size_t end : ends_) {
    cells_.push_back(std::string_view(text_).substr(begin, end - begin));
    begin = end;
  }
  record.number = number_;
  record.line = record_line_;
  record.offset = record_offset_;
  record.cells = cells_;
  record.blank = std::all_of(cells_.begin(), cells_.end(),
                             [](std::string_view cell) { return text::trim(cell).empty(); });
  record.stray_text = stray_text_;
  return true;
}

void CsvReader::refuse_nul() const {
  throw Error(ErrorCode::invalid, "a NUL byte" + place(number_, line_) +
                                      "; the file is damaged or no text; export it again as CSV");
}

void CsvReader::refuse_size(const char* what) const {
  std::string text = what + place(number_, record_line_);
  if (quote_line_ != 0) {
    text += "; perhaps the quote that opens in line " + std::to_string(quote_line_) +
            " is never closed";
  }
  throw Error(ErrorCode::too_large, text + "; mend the file and try again");
}

void refuse_other_formats(std::string_view first_bytes) {
  struct Format {
    std::string_view magic;
    const char* name;
  };
  using namespace std::string_view_literals;
  static constexpr std::array<Format, 4> formats{{
      {"PK\x03\x04"sv, "an Excel workbook (xlsx) or a zip file"},
      {"\xD0\xCF\x11\xE0"sv, "an old Excel workbook (xls)"},
      {"%PDF"sv, "a PDF"},
      {"\x1F\x8B"sv, "a compressed file (gzip)"},
  }};
  for (const Format& format : formats) {
    if (!first_bytes.starts_with(format.magic)) continue;
    throw Error(ErrorCode::invalid, "the file is no CSV but " + std::string(format.name) +
                                        "; open it and save it as \"CSV UTF-8\"");
  }
}

}  // namespace renraku::exchange
