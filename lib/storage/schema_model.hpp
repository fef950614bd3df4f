// What the tables of the newest schema are, as its scripts say it, whichever engine keeps them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace renraku::storage {

/// What the values of a column are read and bound as.
enum class Holds { number, text, bytes };

struct ModelColumn {
  std::string name;
  Holds holds = Holds::text;
  /// Bound as Keyed.
  bool is_keyed = false;
  bool is_ordered = false;
  bool is_sealed = false;
};

struct ModelTable {
  std::string name;
  std::vector<ModelColumn> columns;
  /// The primary key's columns, by their places.
  std::vector<std::size_t> key;
  bool is_vouched = false;

  /// Whether every engine gives a column back as it was written: a server's table keeps only what a
  /// keyed value is found by, and where an ordered one stands.
  [[nodiscard]] bool gives_back(const ModelColumn& column) const {
    return is_vouched || !(column.is_keyed || column.is_ordered);
  }
  /// Error{internal} where there is none.
  [[nodiscard]] std::size_t place(std::string_view column) const;
};

/// The tables after all steps, in the order in which they were made. Error{internal} for a script
/// that says what is not understood here.
[[nodiscard]] std::vector<ModelTable> model_of(std::span<const Migration> steps);

}  // namespace renraku::storage
