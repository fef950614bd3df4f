// What a column can hold, and how the types of records become it.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/describe.hpp>
#include <renraku/error.hpp>
#include <renraku/id.hpp>
#include <renraku/json.hpp>
#include <renraku/time.hpp>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/bytes.hpp"

namespace renraku::storage {

using crypto::Bytes;
using crypto::ByteView;

/// What is stored only so that its like can be found, and never read back. An engine whose server
/// is not trusted puts in its place what the municipality's own key makes of it; an empty code is
/// the store itself. Borrowed like all values.
struct Keyed {
  Keyed(std::string_view of_municipality, std::string_view text)
      : municipality(of_municipality), contents(crypto::view_of(text)) {}
  Keyed(std::string_view of_municipality, ByteView bytes)
      : municipality(of_municipality), contents(bytes), is_bytes(true) {}

  std::string_view municipality;
  ByteView contents;
  bool is_bytes = false;
};

/// NULL, BIGINT, TEXT, bytes or what is only to be found: the common ground of the engines. Text
/// and bytes are borrowed; how long is said where they are bound.
using Value = std::variant<std::monostate, std::int64_t, std::string_view, ByteView, Keyed>;

/// The column value of `value`. `scratch` holds what has no storage of its own (a date's text, the
/// JSON of a list) for as long as the result is used.
inline Value to_value(std::string_view text, std::string&) {
  return text;
}
inline Value to_value(const std::string& text, std::string&) {
  return std::string_view(text);
}
inline Value to_value(const char* text, std::string&) {
  return std::string_view(text);
}
inline Value to_value(const Bytes& bytes, std::string&) {
  return ByteView(bytes);
}
inline Value to_value(ByteView bytes, std::string&) {
  return bytes;
}
inline Value to_value(const Keyed& keyed, std::string&) {
  return keyed;
}
inline Value to_value(const Uuid& id, std::string&) {
  return ByteView(id.bytes);
}
inline Value to_value(const Instant& time, std::string&) {
  return time.micros;
}
inline Value to_value(const Date& date, std::string& scratch) {
  scratch = date.text();
  return std::string_view(scratch);
}
template <std::integral Integer>
Value to_value(Integer number, std::string&) {
  return static_cast<std::int64_t>(number);
}
template <DescribedEnum Enum>
Value to_value(Enum value, std::string&) {
  const std::string_view name = enum_name(value);
  if (name.empty()) {
    throw Error(ErrorCode::invalid_argument, "a value is none of its enumeration");
  }
  return name;
}
template <DescribedRecord Record>
Value to_value(const Record& record, std::string& scratch) {
  scratch = to_json(record);
  return std::string_view(scratch);
}
template <class T>
Value to_value(const std::vector<T>& list, std::string& scratch) {
  scratch = to_json(list);
  return std::string_view(scratch);
}
template <class T>
Value to_value(const std::optional<T>& value, std::string& scratch) {
  if (!value) return std::monostate{};
  return to_value(*value, scratch);
}

/// What a column holds at the current row: read once, in the column's own type.
class Column {
 public:
  virtual ~Column() = default;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  /// Borrowed until the next step.
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual ByteView bytes(int column) const = 0;
};

/// A text that is read when it is asked for, if it is: an engine may have to open it first. Of the
/// current row, until the next step.
class LazyText {
 public:
  LazyText() = default;
  LazyText(const Column& row, int column) : row_(&row), column_(column) {}
  [[nodiscard]] std::string_view text() const { return row_->text(column_); }

 private:
  const Column* row_ = nullptr;
  int column_ = 0;
};

inline void from_column(const Column& row, int column, std::string& out) {
  out = row.text(column);
}
inline void from_column(const Column& row, int column, LazyText& out) {
  out = LazyText(row, column);
}
inline void from_column(const Column& row, int column, Bytes& out) {
  const ByteView bytes = row.bytes(column);
  out.assign(bytes.begin(), bytes.end());
}
/// Borrowed until the next step.
inline void from_column(const Column& row, int column, ByteView& out) {
  out = row.bytes(column);
}
inline void from_column(const Column& row, int column, Instant& out) {
  out.micros = row.integer(column);
}
inline void from_column(const Column& row, int column, Date& out) {
  out = Date::parse(row.text(column));
}
template <std::integral Integer>
void from_column(const Column& row, int column, Integer& out) {
  out = static_cast<Integer>(row.integer(column));
}
template <std::derived_from<Uuid> T>
void from_column(const Column& row, int column, T& out) {
  const ByteView bytes = row.bytes(column);
  if (bytes.empty()) {
    out = T{};
  } else if (bytes.size() == out.bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  } else {
    throw Error(ErrorCode::damaged, "an id column does not hold 16 bytes");
  }
}
template <DescribedEnum Enum>
void from_column(const Column& row, int column, Enum& out) {
  if (!enum_parse(row.text(column), out)) {
    throw Error(ErrorCode::damaged, "a column holds a value that is none of its enumeration");
  }
}
template <DescribedRecord Record>
void from_column(const Column& row, int column, Record& out) {
  out = from_json<Record>(row.text(column));
}
template <class T>
void from_column(const Column& row, int column, std::vector<T>& out) {
  const std::string_view text = row.text(column);
  if (text.empty() || text == "[]") {
    out.clear();
  } else {
    out = from_json<std::vector<T>>(text);
  }
}
template <class T>
void from_column(const Column& row, int column, std::optional<T>& out) {
  if (row.is_null(column)) {
    out.reset();
  } else {
    from_column(row, column, out.emplace());
  }
}

}  // namespace renraku::storage
