// Whose place this reader may not see, as a condition of SQL.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "access/permit.hpp"

namespace renraku::domain {

/// True in SQL for a protection (`g`, a row of protected_person) that is in force today. Needs
/// `bind_officer`.
[[nodiscard]] inline std::string protection_stands() {
  return "(g.from_day IS NULL OR g.from_day <= :today) "
         "AND (g.until_day IS NULL OR g.until_day >= :today)";
}

/// True in SQL for a person whose protection is in force today; `person_pk` is the expression of
/// the row's key. Needs `bind_officer`.
[[nodiscard]] inline std::string protected_today(std::string_view person_pk,
                                                 std::string_view also = {}) {
  return fmt::format("EXISTS (SELECT 1 FROM protected_person g WHERE g.person = {} AND {}{})",
                     person_pk, protection_stands(), also);
}

/// True in SQL where a protection of the person that is in force names the reader as an officer.
/// Needs `bind_officer`.
[[nodiscard]] inline std::string names_reader(std::string_view person_pk) {
  return protected_today(person_pk,
                         " AND EXISTS (SELECT 1 FROM protection_officer m "
                         "WHERE m.by_person = g.by_person AND m.member = :reader)");
}

/// True in SQL for a grant (`grant`, a row of place_grant) that stands today and whose member is in
/// the person's care team.
[[nodiscard]] inline std::string grant_stands(std::string_view grant) {
  return fmt::format(
      "{0}.revoked IS NULL AND {0}.since <= :today AND {0}.until >= :today "
      "AND EXISTS (SELECT 1 FROM patient c JOIN team_member t ON t.patient = c.id "
      "WHERE c.person = {0}.person AND t.member = {0}.member "
      "AND (t.until IS NULL OR t.until > :today))",
      grant);
}

/// True in SQL for a protection (`g`) that neither names the reader nor has an officer who granted
/// the place. Needs `bind_reader`.
[[nodiscard]] inline std::string shuts_out() {
  return "NOT EXISTS (SELECT 1 FROM protection_officer f WHERE f.by_person = g.by_person "
         "AND (f.member = :reader OR EXISTS (SELECT 1 FROM place_grant x "
         "WHERE x.person_pk = g.person AND x.member = :granted AND x.granted_by = f.member AND " +
         grant_stands("x") + ")))";
}

/// True in SQL for a person whose place the reader may not see: some protection in force shuts the
/// reader out. Every list and filter over protected fields carries it; a search asks
/// HiddenPeople. Needs `bind_reader`.
///
/// Where a hidden person is changes neither a query's plan nor its order nor what it returns: the
/// condition stands beside every comparison with a place, lists are walked by reading, and who is
/// hidden is known before the first place is looked at. What is left to be timed is one row that
/// was looked at and left out, microseconds below what the act around it spends on its journal
/// entry.
[[nodiscard]] inline std::string hidden(std::string_view person_pk) {
  return protected_today(person_pk, " AND " + shuts_out());
}

/// Binds who reads, and when. A member whom the policy gives no right to protected places counts as
/// nobody, though a protection may name him.
inline void bind_officer(storage::Query& query, const access::Permit& permit) {
  const bool may =
      permit.may(access::Action::protected_view, {access::Relation::protection_officer});
  query.bind("today", permit.today()).bind("reader", may ? Uuid(permit.actor().member) : Uuid{});
}

/// The same, and to whom grants are given.
inline void bind_reader(storage::Query& query, const access::Permit& permit) {
  const bool may = permit.may(access::Action::protected_view, {access::Relation::place_granted});
  bind_officer(query, permit);
  query.bind("granted", may ? Uuid(permit.actor().member) : Uuid{});
}

/// All of the municipality whose place the reader may not see: few, where many places are compared.
class HiddenPeople {
 public:
  /// Nobody.
  HiddenPeople() = default;
  explicit HiddenPeople(access::Permit& permit);

  [[nodiscard]] bool contains(std::int64_t person_pk) const { return rows_.contains(person_pk); }

 private:
  std::unordered_set<std::int64_t> rows_;
};

}  // namespace renraku::domain
