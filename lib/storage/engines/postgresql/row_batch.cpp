#include "storage/engines/postgresql/row_batch.hpp"

#include <algorithm>
#include <charconv>

#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr std::string_view before_values = " VALUES (";

/// So much goes out at once: a socket holds some of them, so that the server always has the next
/// one when it is done with one.
constexpr std::size_t size_together = std::size_t{1} << 16;
/// Fewer rows go one by one: they are not worth another statement that the server keeps.
constexpr std::size_t rows_together_min = 8;

/// An array of one dimension: how many dimensions, whether there may be NULLs, the type of its
/// values, their number, the first one's place. Each value stands behind its size.
constexpr std::size_t number_size = 4;
constexpr std::size_t count_at = 3 * number_size;
constexpr std::size_t header_size = 5 * number_size;
constexpr std::uint32_t size_of_null = 0xffffffff;

void put_number(std::string& out, std::size_t at, std::uint32_t number) {
  for (int i = 3; i >= 0; --i, number >>= 8) {
    out[at + static_cast<std::size_t>(i)] = static_cast<char>(number);
  }
}

void add_number(std::string& out, std::uint32_t number) {
  out.resize(out.size() + number_size);
  put_number(out, out.size() - number_size, number);
}

std::string begun_array(Oid type) {
  std::string out;
  for (const std::uint32_t number : {1U, 1U, static_cast<std::uint32_t>(type), 0U, 1U}) {
    add_number(out, number);
  }
  return out;
}

/// Null where the array's form is not what a single value is bound in.
const char* array_of(Oid type) {
  switch (type) {
    case type_int8:
      return "bigint[]";
    case type_bool:
      return "boolean[]";
    case type_text:
      return "text[]";
    case type_bytea:
      return "bytea[]";
    default:
      return nullptr;
  }
}

/// The row's values, each parameter being a column of the arrays taken apart.
std::string values_of_arrays(std::string_view values) {
  std::string out;
  for (const char letter : values) {
    if (letter == '$') {
      out += "u.p";
    } else {
      out += letter;
    }
  }
  return out;
}

/// The next value of an array, which is left behind; NULL has no data.
std::string_view take_value(std::string_view& array) {
  const auto size = static_cast<std::uint32_t>(integer_from(array.substr(0, number_size)));
  array.remove_prefix(number_size);
  if (size == size_of_null) return {};
  const std::string_view value = array.substr(0, size);
  array.remove_prefix(size);
  return value;
}

}  // namespace

std::optional<std::string> RowBatch::text_together(std::string_view sql,
                                                   std::span<const Oid> types) {
  const std::size_t found = sql.find(before_values);
  const bool one_by_one = !sql.starts_with("INSERT INTO ") ||
                          sql.find(" RETURNING ") != std::string_view::npos ||
                          sql.find(" DO UPDATE ") != std::string_view::npos;
  if (found == std::string_view::npos || one_by_one || types.empty()) return std::nullopt;
  const std::size_t begin = found + before_values.size();
  const std::size_t end = sql.find(')', begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view values = sql.substr(begin, end - begin);
  const bool is_plain = values.find_first_of("('\"") == std::string_view::npos;
  const bool has_more = sql.find('$', end) != std::string_view::npos;
  if (!is_plain || has_more || !std::ranges::all_of(types, array_of)) return std::nullopt;
  std::string arrays;
  std::string columns;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const char* const between = i == 0 ? "" : ", ";
    arrays += between + ('$' + number) + "::" + array_of(types[i]);
    columns += between + ("p" + number);
  }
  std::string out(sql.substr(0, found));
  out +=
      " SELECT " + values_of_arrays(values) + " FROM unnest(" + arrays + ") AS u (" + columns + ')';
  return out += sql.substr(end + 1);
}

RowBatch::RowBatch(Wire& wire, std::string single, std::string together, std::vector<Oid> types)
    : wire_(wire),
      single_(std::move(single)),
      together_(std::move(together)),
      types_(std::move(types)) {
  for (const Oid type : types_) arrays_.push_back(begun_array(type));
}

void RowBatch::add(const BoundValues& row) {
  wire_.wait_with(*this);
  for (std::size_t i = 0; i < arrays_.size(); ++i) {
    std::string& array = arrays_[i];
    const std::size_t before = array.size();
    if (row.values[i]) {
      const auto size = static_cast<std::size_t>(row.sizes[i]);
      add_number(array, static_cast<std::uint32_t>(size));
      array.append(row.values[i], size);
    } else {
      add_number(array, size_of_null);
    }
    size_ += array.size() - before;
  }
  ++rows_;
  if (size_ < size_together) return;
  wire_.forget_to_wait(*this);
  send_waiting();
}

void RowBatch::send_waiting() {
  const LettingGo at_the_end(*this);
  rows_ < rows_together_min ? send_one_by_one() : send_together();
}

void RowBatch::send_together() {
  const std::string& name = wire_.prepared(together_);
  for (std::string& array : arrays_) {
    put_number(array, count_at, static_cast<std::uint32_t>(rows_));
  }
  queue(name, std::vector<std::string_view>(arrays_.begin(), arrays_.end()));
}

void RowBatch::send_one_by_one() {
  std::vector<std::string_view> left;
  for (const std::string& array : arrays_) {
    left.push_back(std::string_view(array).substr(header_size));
  }
  std::vector<std::string_view> values(left.size());
  for (std::size_t row = 0; row < rows_; ++row) {
    std::ranges::transform(left, values.begin(), take_value);
    queue(single_, values);
  }
}

void RowBatch::queue(const std::string& name, std::span<const std::string_view> values) {
  std::vector<const char*> contents;
  std::vector<int> sizes;
  const std::vector<int> formats(values.size(), 1);
  for (const std::string_view value : values) {
    contents.push_back(value.data());
    sizes.push_back(static_cast<int>(value.size()));
  }
  wire_.queue_rows(name.c_str(), {contents, sizes, formats});
}

void RowBatch::forget_waiting() noexcept {
  rows_ = 0;
  size_ = 0;
  for (std::string& array : arrays_) {
    array.resize(header_size);
    // A row may be longer than what waits: its memory is given back.
    if (array.capacity() > 2 * size_together) array.shrink_to_fit();
  }
}

}  // namespace renraku::storage::postgresql
