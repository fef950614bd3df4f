#include "exchange/csv_writer.hpp"

#include <array>

namespace renraku::exchange {

namespace {

using namespace std::string_view_literals;

/// True for a formula's first character behind any number of apostrophes.
bool looks_like_formula(std::string_view cell) noexcept {
  static constexpr std::array starters{"="sv,  "+"sv,  "-"sv,  "@"sv,  "\t"sv, "\r"sv,
                                       "\n"sv, "＝"sv, "＋"sv, "－"sv, "＠"sv};
  const std::size_t begin = cell.find_first_not_of('\'');
  if (begin == std::string_view::npos) return false;
  for (const std::string_view starter : starters) {
    if (cell.substr(begin).starts_with(starter)) return true;
  }
  return false;
}

bool needs_quotes(std::string_view cell) noexcept {
  if (cell.empty()) return false;
  const bool space_at_end = cell.front() == ' ' || cell.back() == ' ';
  return space_at_end || cell.find_first_of(",;\"\r\n\t") != std::string_view::npos;
}

}  // namespace

std::string harmless(std::string_view cell) {
  std::string out;
  if (looks_like_formula(cell)) out.push_back('\'');
  out.append(cell);
  return out;
}

std::string_view unharmed(std::string_view cell) noexcept {
  if (cell.starts_with('\'') && looks_like_formula(cell)) cell.remove_prefix(1);
  return cell;
}

void CsvWriter::cell(std::string_view text) {
  only_empty_ = first_ && text.empty();
  if (!first_) out_.push_back(',');
  first_ = false;
  const bool apostrophe = looks_like_formula(text);
  if (!needs_quotes(text)) {
    if (apostrophe) out_.push_back('\'');
    out_.append(text);
    return;
  }
  out_.push_back('"');
  if (apostrophe) out_.push_back('\'');
  for (const char c : text) {
    if (c == '"') out_.push_back('"');
    out_.push_back(c);
  }
  out_.push_back('"');
}

void CsvWriter::end_record() {
  if (only_empty_) out_.append("\"\"");
  out_.append("\r\n");
  first_ = true;
  only_empty_ = false;
}

}  // namespace renraku::exchange
