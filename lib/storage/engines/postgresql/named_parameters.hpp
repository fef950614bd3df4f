// The domain's `:name` as PostgreSQL's `$1`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace renraku::storage::postgresql {

struct NumberedSql {
  std::string text;
  /// The name that $1 stands for, then $2…
  std::vector<std::string> names;
};

/// Writes `$n` for each `:name`, the same for the same name. Texts ('…'), quoted names ("…"),
/// comments and casts (`::`) stay as they are. E'…' and $$…$$ are not part of the SQL that both
/// engines know; neither is looked for.
[[nodiscard]] NumberedSql number_parameters(std::string_view sql);

}  // namespace renraku::storage::postgresql
