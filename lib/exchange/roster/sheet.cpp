#include "exchange/roster/sheet.hpp"

#include <renraku/error.hpp>

#include "exchange/csv_writer.hpp"
#include "exchange/roster/values.hpp"
#include "text/encoding.hpp"

namespace renraku::exchange::roster {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t buffer_size = 256 * 1024;

bool wants_cp932(const std::string& name) {
  const text::Encoding encoding = text::parse_encoding(name);
  if (encoding == text::Encoding::cp932) return true;
  if (encoding == text::Encoding::utf8 || encoding == text::Encoding::utf8_bom) return false;
  throw Error(ErrorCode::invalid_argument, "a roster is exported in cp932 or utf-8-bom",
              "encoding");
}

void write_cells(const std::vector<std::string>& cells, std::string& out) {
  CsvWriter writer(out);
  for (const std::string& cell : cells) writer.cell(cell);
  writer.end_record();
}

}  // namespace

Sheet::Sheet(const std::filesystem::path& file, const std::string& encoding,
             std::vector<Column> shown, const Date& today)
    : file_(file), shown_(std::move(shown)), today_(today), cp932_(wants_cp932(encoding)) {
  if (!cp932_) buffer_ = byte_order_mark;
  std::vector<std::string> names;
  for (const Column column : shown_) names.push_back(name_of(column));
  write_record(names);
}

void Sheet::write(const Person& person, const Evacuee& evacuee, bool withheld) {
  std::vector<std::string> cells;
  for (const Column column : shown_) {
    const bool left_out = withheld && is_placed(column);
    cells.push_back(left_out ? std::string() : cell_of(column, person, evacuee));
  }
  write_record(cells);
}

std::vector<UnencodableCell> Sheet::finish() {
  file_.write(buffer_);
  file_.finish();
  return std::move(unencodable_);
}

std::string Sheet::cell_of(Column column, const Person& person, const Evacuee& evacuee) const {
  std::string cell = written_of(column, person, evacuee, codes_, today_);
  if (!cell.empty() || (column != Column::postal_code && column != Column::consent_date)) {
    return cell;
  }
  // What could not be read as such a value was kept by the column's name.
  for (const ExtraColumn& own : evacuee.extra) {
    if (own.name == info(column).name) return own.value;
  }
  return cell;
}

void Sheet::write_record(const std::vector<std::string>& cells) {
  ++line_;
  if (!cp932_) {
    write_cells(cells, buffer_);
  } else {
    record_.clear();
    write_cells(cells, record_);
    text::EncodingLoss loss;
    text::encode_cp932(record_, buffer_, loss);
    if (loss.replaced + loss.dropped > 0) report_loss(cells);
  }
  if (buffer_.size() < buffer_size) return;
  file_.write(buffer_);
  buffer_.clear();
}

void Sheet::report_loss(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    text::EncodingLoss loss;
    std::string bytes;
    text::encode_cp932(cells[i], bytes, loss);
    if (loss.replaced + loss.dropped > 0) unencodable_.push_back({line_, name_of(shown_[i])});
  }
}

}  // namespace renraku::exchange::roster
