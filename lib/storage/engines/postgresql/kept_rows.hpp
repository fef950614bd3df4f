// Rows that had to be taken off the wire before anybody asked for them.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <string_view>
#include <vector>

namespace renraku::storage::postgresql {

/// A column of a row as the server sent it; `data` is null for NULL.
struct Cell {
  const char* data = nullptr;
  std::size_t size = 0;
  [[nodiscard]] std::string_view view() const { return {data ? data : "", size}; }
};

/// The cell of a result that holds one row.
[[nodiscard]] inline Cell cell_of(const PGresult* result, int column) {
  if (PQgetisnull(result, 0, column)) return {};
  return {PQgetvalue(result, 0, column), static_cast<std::size_t>(PQgetlength(result, 0, column))};
}

/// Packed one behind the other: a result of libpq's takes 2 KB for a row, however small.
class KeptRows {
 public:
  void add(const PGresult* row) {
    columns_ = static_cast<std::size_t>(PQnfields(row));
    for (int column = 0; column < PQnfields(row); ++column) {
      const Cell cell = cell_of(row, column);
      places_.push_back({contents_.size(), cell.size, cell.data != nullptr});
      contents_ += cell.view();
    }
    ++rows_;
  }
  /// Goes on to the next row; false at the end.
  bool next() {
    if (read_ == rows_) return false;
    ++read_;
    return true;
  }
  [[nodiscard]] Cell cell(int column) const {
    if (read_ == 0) return {};
    const Place& place = places_[(read_ - 1) * columns_ + static_cast<std::size_t>(column)];
    return place.is_set ? Cell{contents_.data() + place.at, place.size} : Cell{};
  }
  void clear() { *this = {}; }

 private:
  struct Place {
    std::size_t at;
    std::size_t size;
    bool is_set;
  };

  std::size_t columns_ = 0;
  std::size_t rows_ = 0;
  std::size_t read_ = 0;
  std::vector<Place> places_;
  std::string contents_;
};

}  // namespace renraku::storage::postgresql
