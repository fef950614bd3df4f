#include "storage/engines/postgresql/row_batch.hpp"

#include <charconv>

namespace renraku::storage::postgresql {
namespace {

constexpr std::string_view before_values = " VALUES (";

/// The row's values with its parameters counted on from `first`.
std::string values_from(std::string_view values, std::size_t first) {
  std::string out;
  for (std::size_t at = 0; at < values.size(); ++at) {
    out += values[at];
    if (values[at] != '$') continue;
    std::size_t number = 0;
    const auto [end, wrong] =
        std::from_chars(values.data() + at + 1, values.data() + values.size(), number);
    if (wrong != std::errc()) continue;
    out += std::to_string(number + first);
    at = static_cast<std::size_t>(end - values.data()) - 1;
  }
  return out;
}

}  // namespace

std::optional<std::string> RowBatch::text_together(std::string_view sql, std::size_t parameters) {
  const std::size_t found = sql.find(before_values);
  const bool one_by_one = !sql.starts_with("INSERT INTO ") ||
                          sql.find(" RETURNING ") != std::string_view::npos ||
                          sql.find(" DO UPDATE ") != std::string_view::npos;
  if (found == std::string_view::npos || one_by_one || parameters == 0) return std::nullopt;
  const std::size_t begin = found + before_values.size();
  const std::size_t end = sql.find(')', begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view values = sql.substr(begin, end - begin);
  const bool is_plain = values.find_first_of("('\"") == std::string_view::npos;
  const bool has_more = sql.find('$', end) != std::string_view::npos;
  if (!is_plain || has_more) return std::nullopt;
  std::string out(sql.substr(0, begin - 1));
  for (std::size_t row = 0; row < rows_together; ++row) {
    out += row == 0 ? "(" : ", (";
    out += values_from(values, row * parameters) + ')';
  }
  return out += sql.substr(end + 1);
}

void RowBatch::add(const BoundValues& row) {
  wire_.wait_with(*this);
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const bool is_set = row.values[i] != nullptr;
    begins_.push_back(is_set ? std::optional(contents_.size()) : std::nullopt);
    sizes_.push_back(row.sizes[i]);
    formats_.push_back(row.formats[i]);
    // The end of what is sent as text is told by a zero.
    if (is_set) contents_.append(row.values[i], static_cast<std::size_t>(row.sizes[i])) += '\0';
  }
  if (++rows_ == rows_together) send_together();
}

void RowBatch::send_together() {
  const LettingGo at_the_end(*this);
  wire_.forget_to_wait(*this);
  if (prepared_.empty()) {
    std::vector<Oid> types;
    for (std::size_t row = 0; row < rows_together; ++row) {
      types.insert(types.end(), types_.begin(), types_.end());
    }
    std::string name = wire_.new_name();
    const Result ignored = wire_.prepare(name.c_str(), together_.c_str(), types);
    prepared_ = std::move(name);
  }
  send(prepared_.c_str(), 0, rows_together);
}

void RowBatch::send_waiting() {
  const LettingGo at_the_end(*this);
  for (std::size_t row = 0; row < rows_; ++row) send(single_.c_str(), row, 1);
}

void RowBatch::send(const char* name, std::size_t from, std::size_t count) {
  const std::size_t width = types_.size();
  const auto part = [&](const auto& all) {
    return std::span(all).subspan(from * width, count * width);
  };
  std::vector<const char*> values;
  for (const auto& begin : part(begins_)) {
    values.push_back(begin ? contents_.data() + *begin : nullptr);
  }
  wire_.queue(name, {values, part(sizes_), part(formats_)});
}

void RowBatch::forget_waiting() noexcept {
  rows_ = 0;
  contents_.clear();
  begins_.clear();
  sizes_.clear();
  formats_.clear();
}

}  // namespace renraku::storage::postgresql
