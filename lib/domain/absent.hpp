// Conditions on what a filter may leave out.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <renraku/id.hpp>
#include <string>
#include <string_view>

#include "storage/connection.hpp"

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

/// The same for an id or a key, whose type PostgreSQL must not take for text: "(all_<parameter> = 1
/// OR condition)". Needs bind_id_filter or bind_key_filter.
[[nodiscard]] inline std::string unless_all(std::string_view parameter,
                                            std::string_view condition) {
  return fmt::format("(CAST(:all_{} AS BIGINT) = 1 OR {})", parameter, condition);
}

template <class T>
void bind_id_filter(storage::Query& query, std::string_view parameter,
                    const std::optional<Id<T>>& id) {
  query.bind(fmt::format("all_{}", parameter), id ? 0 : 1).bind(parameter, id.value_or(Id<T>{}));
}

/// `key` is compared with a @keyed column of that municipality.
inline void bind_key_filter(storage::Query& query, std::string_view parameter,
                            std::string_view municipality, const std::optional<std::string>& key) {
  query.bind(fmt::format("all_{}", parameter), key ? 0 : 1)
      .bind(parameter, storage::Keyed(municipality, key ? std::string_view(*key) : ""));
}

}  // namespace renraku::domain
