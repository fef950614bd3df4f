// What to say when a needed column is not found.
#pragma once

#include <string>
#include <vector>

#include "exchange/roster/columns.hpp"

namespace renraku::exchange::roster {

/// Names the column, lists the headers found and those nearest to its names. Where a header looks
/// like data (a date, a long number), the file has no header line and nothing of it is quoted,
/// because an error's text holds no personal data.
[[nodiscard]] std::string missing_column_text(const ColumnInfo& column,
                                              const std::vector<std::string>& headers,
                                              const std::vector<std::string>& keys);

}  // namespace renraku::exchange::roster
