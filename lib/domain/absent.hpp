// Conditions on what a filter may leave out.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace renraku::domain {

/// True in SQL where nothing was bound to the text parameter. The cast tells PostgreSQL the
/// parameter's type, which it can't guess from a comparison with NULL.
[[nodiscard]] inline std::string absent(std::string_view parameter) {
  return fmt::format("CAST(:{} AS TEXT) IS NULL", parameter);
}

/// "(it is absent OR condition)".
[[nodiscard]] inline std::string unless_absent(std::string_view parameter,
                                               std::string_view condition) {
  return fmt::format("({} OR {})", absent(parameter), condition);
}

}  // namespace renraku::domain
