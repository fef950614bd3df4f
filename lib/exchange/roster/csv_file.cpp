// A roster in a CSV file.
#include <algorithm>
#include <fstream>
#include <renraku/error.hpp>

#include "exchange/roster/row_source.hpp"

namespace renraku::exchange::roster {
namespace {

constexpr std::size_t chunk_size = 64 * 1024;
constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The file's bytes, chunk by chunk.
class FileBytes {
 public:
  explicit FileBytes(const std::filesystem::path& file)
      : name_(file.filename().string()), in_(file, std::ios::binary), chunk_(chunk_size, '\0') {
    if (!std::filesystem::is_regular_file(file)) {
      throw Error(ErrorCode::not_found, "there is no such file", name_);
    }
    if (!in_) throw Error(ErrorCode::io, "the file can't be read; check its rights", name_);
    size_ = std::filesystem::file_size(file);
    if (size_ > file_max) {
      throw Error(ErrorCode::too_large, "a roster file has at most 2 GiB", name_);
    }
    if (size_ == 0) throw Error(ErrorCode::invalid, "the file is empty", name_);
  }

  void rewind() {
    in_.clear();
    in_.seekg(0);
    read_ = 0;
  }
  /// Empty at the end.
  std::string_view next() {
    in_.read(chunk_.data(), static_cast<std::streamsize>(chunk_.size()));
    const auto got = static_cast<std::size_t>(in_.gcount());
    if (in_.bad()) throw Error(ErrorCode::io, "reading the file failed", name_);
    read_ += got;
    return std::string_view(chunk_).substr(0, got);
  }
  [[nodiscard]] std::uint64_t read() const { return read_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::ifstream in_;
  std::string chunk_;
  std::uint64_t size_ = 0;
  std::uint64_t read_ = 0;
};

/// UTF-8 of bytes that may be damaged here and there: what no character begins with is U+FFFD.
class PatientDecoder {
 public:
  explicit PatientDecoder(text::Encoding encoding) : encoding_(encoding), decoder_(encoding) {}

  void decode(std::string_view chunk, std::string& out) {
    while (const auto bad = decoder_.try_decode(chunk, out)) {
      // What came before the bad byte is decoded; go on behind it, anew. It may have ended the
      // chunk before.
      out += replacement;
      const std::uint64_t behind = std::max(*bad + unit(), fed_) - fed_;
      chunk.remove_prefix(std::min(static_cast<std::size_t>(behind), chunk.size()));
      decoder_ = text::Decoder(encoding_);
      fed_ = 0;
    }
    fed_ += chunk.size();
  }
  void finish(std::string& out) const {
    if (decoder_.try_finish()) out += replacement;
  }

 private:
  [[nodiscard]] std::uint64_t unit() const {
    const bool wide = encoding_ == text::Encoding::utf16le || encoding_ == text::Encoding::utf16be;
    return wide ? 2 : 1;
  }

  text::Encoding encoding_;
  text::Decoder decoder_;
  std::uint64_t fed_ = 0;  // bytes that decoder_ was given before the present chunk
};

class CsvFile final : public RowSource {
 public:
  CsvFile(const std::filesystem::path& file, const std::string& encoding)
      : bytes_(file), encoding_(find_encoding(encoding)) {
    rewind();
  }

  void rewind() override {
    bytes_.rewind();
    decoder_.emplace(encoding_);
    ended_ = false;
    reader_.emplace([this] { return decoded(); });
  }
  bool next(RawRow& row) override {
    if (!reader_->next(record_)) return false;
    row.line = static_cast<std::int64_t>(record_.number);
    row.cells = record_.cells;
    row.blank = record_.blank;
    row.torn = record_.stray_text;
    return true;
  }
  std::string encoding() const override { return std::string(text::encoding_name(encoding_)); }
  std::int64_t bytes_read() const override { return static_cast<std::int64_t>(bytes_.read()); }
  std::int64_t bytes_in_all() const override { return static_cast<std::int64_t>(bytes_.size()); }

 private:
  text::Encoding find_encoding(const std::string& given) {
    std::string_view chunk = bytes_.next();
    refuse_other_formats(chunk);
    if (!given.empty()) return text::parse_encoding(given);
    text::EncodingDetector detector;
    while (!chunk.empty() && detector.feed(chunk)) chunk = bytes_.next();
    return detector.finish();
  }

  std::string_view decoded() {
    text_.clear();
    while (text_.empty() && !ended_) {
      const std::string_view chunk = bytes_.next();
      if (chunk.empty()) {
        ended_ = true;
        decoder_->finish(text_);
      } else {
        decoder_->decode(chunk, text_);
      }
    }
    return text_;
  }

  FileBytes bytes_;
  text::Encoding encoding_;
  std::optional<PatientDecoder> decoder_;
  std::optional<CsvReader> reader_;
  CsvRecord record_;
  std::string text_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<RowSource> open_csv_file(const std::filesystem::path& file,
                                         const std::string& encoding) {
  return std::make_unique<CsvFile>(file, encoding);
}

}  // namespace renraku::exchange::roster
