// Statements about many records at once: one SQL text for any number of ids.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/uuid.hpp"
#include "storage/database.hpp"

namespace renraku::domain {

/// How many ids one statement asks about.
inline constexpr std::size_t ids_at_once = 64;

/// Their parameters: "id0", "id1"…
[[nodiscard]] inline const std::array<std::string, ids_at_once>& id_names() {
  static const auto names = [] {
    std::array<std::string, ids_at_once> made;
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = fmt::format("id{}", i);
    return made;
  }();
  return names;
}

/// True in SQL for the rows whose column has one of the ids that ask_of_many asks about.
[[nodiscard]] inline std::string among_ids(std::string_view column) {
  std::string sql;
  for (const std::string& name : id_names()) sql += (sql.empty() ? ":" : ", :") + name;
  return fmt::format("{} IN ({})", column, sql);
}

/// Runs the SQL, which has `among_ids` once, as often as it takes for all the ids; `bind` binds its
/// other parameters each time, `take` is called for each row.
template <class Bind, class Take>
void ask_of_many(storage::Transaction& transaction, std::string_view sql, std::span<const Uuid> ids,
                 Bind&& bind, Take&& take) {
  while (!ids.empty()) {
    storage::Query query = transaction.query(sql);
    for (std::size_t i = 0; i < ids_at_once; ++i) {
      query.bind(id_names()[i], i < ids.size() ? std::optional(ids[i]) : std::nullopt);
    }
    bind(query);
    while (query.next()) take(query);
    ids = ids.subspan(std::min(ids.size(), ids_at_once));
  }
}

}  // namespace renraku::domain
