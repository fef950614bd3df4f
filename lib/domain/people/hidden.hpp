// Whose place this reader may not see.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <span>
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

/// True in SQL where a protection of the person (`person` is the expression of the id) that is in
/// force names the reader as an officer. Needs `bind_officer`.
[[nodiscard]] inline std::string names_reader(std::string_view person) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM protected_person g JOIN protection_officer m "
      "ON m.by_person = g.by_person WHERE g.id = {} AND m.member = :reader AND {})",
      person, protection_stands());
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
         "WHERE x.person = g.id AND x.member = :granted AND x.granted_by = f.member AND " +
         grant_stands("x") + ")))";
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

/// What the protections in force today mean for people's places: asked for a page of people at
/// once, and before the first place is looked at where places are searched. Every list and filter
/// over protected fields goes by it. Access is decided by the person's id; a row of person_search
/// is known by its key too.
///
/// Where a hidden person is changes neither a query's plan nor its order nor what it returns. What
/// is left to be timed is one row that was looked at and left out, microseconds below what the act
/// around it spends on its journal entry.
class Protections {
 public:
  /// Nobody's.
  Protections() = default;
  /// Everybody's in the permit's municipality: few.
  [[nodiscard]] static Protections of_municipality(access::Permit& permit);
  /// Of these people alone, for a page or a single one.
  [[nodiscard]] static Protections of(access::Permit& permit, std::span<const Uuid> people);
  [[nodiscard]] static Protections of(access::Permit& permit, const Uuid& person);

  /// The person is under protection.
  [[nodiscard]] bool stands(const Uuid& person) const { return people_.contains(person); }
  /// The reader may not see where the person is.
  [[nodiscard]] bool hides(const Uuid& person) const {
    const auto found = people_.find(person);
    return found != people_.end() && found->second;
  }
  [[nodiscard]] bool hides_row(std::int64_t person_pk) const {
    return hidden_rows_.contains(person_pk);
  }

 private:
  void add(storage::Query& row);

  std::map<Uuid, bool> people_;
  std::unordered_set<std::int64_t> hidden_rows_;
};

}  // namespace renraku::domain
