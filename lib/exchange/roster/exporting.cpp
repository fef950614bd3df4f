#include "exchange/roster/exporting.hpp"

#include <renraku/error.hpp>
#include <vector>

#include "domain/roster/roster.hpp"
#include "exchange/csv_writer.hpp"
#include "exchange/roster/new_file.hpp"
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

class Exporter {
 public:
  Exporter(access::Permit& permit, const std::filesystem::path& file, bool cp932)
      : permit_(permit), file_(file), cp932_(cp932) {
    if (!cp932_) buffer_ = byte_order_mark;
    std::vector<std::string> names;
    for (const ColumnInfo& column : columns()) names.emplace_back(column.name);
    write_record(names);
  }

  void write(std::int64_t pk) {
    domain::ImportedEntry entry = domain::load_roster_entry(permit_, pk);
    Person& person = entry.stored.person.person;
    Evacuee& evacuee = entry.stored.evacuee;
    permit_.saw(person.id);
    const bool hidden = entry.stored.person.hidden;
    if (hidden) ++report_.withheld;
    std::vector<std::string> cells;
    for (const ColumnInfo& column : columns()) {
      const bool left_out = hidden && is_placed(column.column);
      cells.push_back(left_out ? std::string() : cell_of(column.column, person, evacuee));
    }
    ++report_.rows;
    write_record(cells);
  }

  ExportReport finish() {
    report_.open_rows = domain::count_open_rows(permit_);
    file_.write(buffer_);
    file_.finish();
    return std::move(report_);
  }

 private:
  std::string cell_of(Column column, const Person& person, const Evacuee& evacuee) const {
    std::string cell = written_of(column, person, evacuee, codes_, permit_.today());
    if (!cell.empty() || (column != Column::postal_code && column != Column::consent_date)) {
      return cell;
    }
    // What could not be read as such a value was kept by the column's name.
    for (const ExtraColumn& own : evacuee.extra) {
      if (own.name == info(column).name) return own.value;
    }
    return cell;
  }

  void write_record(const std::vector<std::string>& cells) {
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

  static void write_cells(const std::vector<std::string>& cells, std::string& out) {
    CsvWriter writer(out);
    for (const std::string& cell : cells) writer.cell(cell);
    writer.end_record();
  }

  void report_loss(const std::vector<std::string>& cells) {
    for (const ColumnInfo& column : columns()) {
      text::EncodingLoss loss;
      std::string bytes;
      text::encode_cp932(cells[static_cast<std::size_t>(column.column)], bytes, loss);
      if (loss.replaced + loss.dropped > 0) {
        report_.unencodable.push_back({line_, std::string(column.name)});
      }
    }
  }

  access::Permit& permit_;
  NewFile file_;
  Codes codes_;
  bool cp932_;
  std::int64_t line_ = 0;
  std::string record_;
  std::string buffer_;
  ExportReport report_;
};

}  // namespace

ExportReport export_roster(access::Permit& permit, const std::filesystem::path& file,
                           const ExportOptions& options, const Progress& progress) {
  Exporter exporter(permit, file, wants_cp932(options.encoding));
  std::vector<std::int64_t> listed;
  domain::each_roster_entry(permit, [&](domain::RosterEntry&& entry) {
    if (entry.listed) listed.push_back(entry.pk);
  });
  Ticker ticker(progress, 0);
  std::int64_t rows = 0;
  for (const std::int64_t pk : listed) {
    exporter.write(pk);
    ticker.tick(++rows, 0);
  }
  ticker.tell(rows, 0);
  return exporter.finish();
}

}  // namespace renraku::exchange::roster
