// Whose place this reader may not see, as a condition of SQL.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "access/permit.hpp"

namespace renraku::domain {

/// True in SQL for a person whose protection is in force today; `person_pk` is the expression of
/// the row's key. Needs `bind_reader`.
[[nodiscard]] inline std::string protected_today(std::string_view person_pk,
                                                 std::string_view also = {}) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM protected_person g WHERE g.person = {} "
      "AND (g.from_day IS NULL OR g.from_day <= :today) "
      "AND (g.until_day IS NULL OR g.until_day >= :today){})",
      person_pk, also);
}

/// The same for whoever did not name the reader as an officer: the reader may not see the place.
/// Every list, filter and search over protected fields carries it.
[[nodiscard]] inline std::string hidden(std::string_view person_pk) {
  return protected_today(person_pk,
                         " AND NOT EXISTS (SELECT 1 FROM protection_officer f "
                         "WHERE f.by_person = g.by_person AND f.member = :reader)");
}

/// Binds who reads, and when. A member whom the policy gives no right to protected places counts as
/// nobody, though a protection may name him.
inline void bind_reader(storage::Query& query, const access::Permit& permit) {
  const bool may = permit.may(access::Action::protected_view, access::Relation::protection_officer);
  query.bind("today", permit.today()).bind("reader", may ? Uuid(permit.actor().member) : Uuid{});
}

}  // namespace renraku::domain
