// A roster that a program has, kept as its cells one behind the other, by the block.
#include <cstring>
#include <renraku/error.hpp>

#include "exchange/roster/row_source.hpp"
#include "exchange/roster/spool.hpp"
#include "text/utf8.hpp"
#include "text/width.hpp"

namespace renraku::exchange::roster {
namespace {

/// A few thousand rows; a roster below stays in memory.
constexpr std::size_t block_size = 1024 * 1024;

std::string as_utf8(const std::string& cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size();) {
    text::append_utf8(text::next_code_point(cell, at), out);
  }
  return out;
}

class CollectedRows final : public RowSource {
 public:
  explicit CollectedRows(const std::filesystem::path& folder)
      : spools_(!folder.empty()), spool_(folder) {}

  void add(std::vector<std::string>& cells) {
    std::size_t size = sizeof(std::uint32_t);
    for (std::string& cell : cells) {
      if (!text::is_utf8(cell)) cell = as_utf8(cell);
      if (cell.size() > csv_cell_max) refuse("a cell has at most 1 MiB");
      size += sizeof(std::uint32_t) + cell.size();
    }
    if (cells.size() > csv_columns_max) refuse("a row has at most 1,024 columns");
    total_ += size;
    if (total_ > spool_max) refuse("rows that come from a program have at most 1 GiB");
    if (spools_ && !last_.empty() && last_.size() + size > block_size) {
      spool_.append(last_);
      last_.clear();
    }
    append(cells.size());
    for (const std::string& cell : cells) {
      append(cell.size());
      last_ += cell;
    }
  }

  void rewind() override {
    block_ = 0;
    text_ = {};
    at_ = 0;
    line_ = 0;
    read_ = 0;
  }
  bool next(RawRow& row) override {
    while (at_ == text_.size()) {
      if (!next_block()) return false;
    }
    const std::size_t begin = at_;
    cells_.resize(number());
    row.blank = true;
    for (std::string_view& cell : cells_) {
      const std::size_t size = number();
      cell = text_.substr(at_, size);
      at_ += size;
      row.blank = row.blank && text::trim(cell).empty();
    }
    read_ += at_ - begin;
    row.line = ++line_;
    row.cells = cells_;
    row.torn = false;
    return true;
  }
  std::string encoding() const override { return "utf-8"; }
  std::int64_t bytes_read() const override { return static_cast<std::int64_t>(read_); }
  std::int64_t bytes_in_all() const override { return static_cast<std::int64_t>(total_); }

 private:
  [[noreturn]] static void refuse(const char* limit) {
    throw Error(ErrorCode::too_large, std::string(limit) + "; import a file instead", "rows");
  }
  void append(std::size_t number) {
    const auto value = static_cast<std::uint32_t>(number);
    last_.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  bool next_block() {
    if (block_ > spool_.blocks()) return false;
    if (block_ < spool_.blocks()) {
      opened_ = spool_.read(block_);
      text_ = {reinterpret_cast<const char*>(opened_.data()), opened_.size()};
    } else {
      text_ = last_;
    }
    at_ = 0;
    ++block_;
    return true;
  }
  std::size_t number() {
    std::uint32_t value = 0;
    std::memcpy(&value, text_.data() + at_, sizeof(value));
    at_ += sizeof(value);
    return value;
  }

  bool spools_;
  Spool spool_;
  /// The rows behind those in the spool.
  std::string last_;
  /// The block that is read, and the one to be read next.
  std::string_view text_;
  crypto::Bytes opened_;
  std::size_t block_ = 0;
  std::vector<std::string_view> cells_;
  std::size_t total_ = 0;
  std::size_t at_ = 0;
  std::size_t read_ = 0;
  std::int64_t line_ = 0;
};

}  // namespace

std::unique_ptr<RowSource> collect_rows(
    const std::function<bool(std::vector<std::string>& cells)>& rows,
    const std::filesystem::path& folder) {
  auto collected = std::make_unique<CollectedRows>(folder);
  std::vector<std::string> cells;
  while (rows(cells)) collected->add(cells);
  collected->rewind();
  return collected;
}

}  // namespace renraku::exchange::roster
