// The values of a row, made before the statement that writes them.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "storage/row.hpp"

namespace renraku::storage {

/// A value of its own: what it was made from may go. So a row can be made on another thread than
/// the one that has the connection. Takes values like a Query; see Query::bind(const MadeRow&).
class MadeRow {
 public:
  MadeRow() { cells_.reserve(most_columns); }
  /// `column` is a literal or a field's name: it is not copied.
  template <class T>
  MadeRow& bind(std::string_view column, const T& value) {
    std::string scratch;
    const Value made = to_value(value, scratch);
    Cell cell{column, made.index(), 0, 0, 0, false};
    if (const auto* number = std::get_if<std::int64_t>(&made)) {
      cell.number = *number;
    } else if (const auto* text = std::get_if<std::string_view>(&made)) {
      keep(cell, text->data(), text->size());
    } else if (const auto* bytes = std::get_if<ByteView>(&made)) {
      keep(cell, reinterpret_cast<const char*>(bytes->data()), bytes->size());
    } else if (const auto* keyed = std::get_if<Keyed>(&made)) {
      cell.lead = keyed->municipality.size();
      cell.is_bytes = keyed->is_bytes;
      std::string both(keyed->municipality);
      both.append(reinterpret_cast<const char*>(keyed->contents.data()), keyed->contents.size());
      keep(cell, both.data(), both.size());
    }
    cells_.push_back(cell);
    return *this;
  }
  template <DescribedRecord Record>
  MadeRow& bind_record(const Record& record) {
    for_each_column<Record>([&](auto field) { bind(field.name, record.*field.pointer); });
    return *this;
  }

  /// Calls visit(column, value) for each; what the values point to lives as long as this row does.
  template <class Visit>
  void each(Visit&& visit) const {
    for (const Cell& cell : cells_) visit(cell.column, value_of(cell));
  }

 private:
  /// Of nearly every table; more cost another allocation.
  static constexpr std::size_t most_columns = 40;

  struct Cell {
    std::string_view column;
    /// The alternative of Value.
    std::size_t kind;
    /// The number, or where text and bytes begin.
    std::int64_t number;
    std::size_t size;
    /// Of what is keyed: how much of it is the municipality's code, and whether the rest is bytes.
    std::size_t lead;
    bool is_bytes;
  };

  void keep(Cell& cell, const char* data, std::size_t size) {
    cell.number = static_cast<std::int64_t>(contents_.size());
    cell.size = size;
    contents_.append(data, size);
  }
  [[nodiscard]] Value value_of(const Cell& cell) const {
    const auto contents = [&] {
      return std::string_view(contents_).substr(static_cast<std::size_t>(cell.number), cell.size);
    };
    switch (cell.kind) {
      case 1:
        return cell.number;
      case 2:
        return contents();
      case 3:
        return crypto::view_of(contents());
      case 4:
        return keyed(contents().substr(0, cell.lead), contents().substr(cell.lead), cell.is_bytes);
      default:
        return std::monostate{};
    }
  }

  static Keyed keyed(std::string_view municipality, std::string_view contents, bool is_bytes) {
    if (is_bytes) return {municipality, crypto::view_of(contents)};
    return {municipality, contents};
  }

  std::vector<Cell> cells_;
  std::string contents_;
};

}  // namespace renraku::storage
