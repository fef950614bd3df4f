#include "domain/disclosures/disclosed.hpp"

#include <fmt/format.h>

#include "domain/disclosures/disclosures.hpp"
#include "domain/people/people.hpp"

namespace renraku::domain {
namespace {

using enum DisclosurePurpose;

/// Everything that was said of the purpose towards the organisation: rows of state and day.
std::string said(DisclosurePurpose purpose) {
  std::string rows = fmt::format(
      "SELECT c.state AS state, c.date AS day FROM roster_consent c WHERE c.person = e.person "
      "AND c.purpose = {} AND (c.receiver IS NULL OR c.receiver = o.kind)",
      sql_word(purpose));
  if (purpose == list) {
    rows += " UNION ALL SELECT e.consent, e.consent_date WHERE e.consent <> 'unknown'";
  }
  return "(" + rows + ")";
}

std::string granted(DisclosurePurpose purpose) {
  return fmt::format("EXISTS (SELECT 1 FROM {} g WHERE g.state = 'granted')", said(purpose));
}

/// A refusal that no newer consent follows. Dates are texts like 1940-03-05, 1940-03 or 1940: one
/// is after another as far as both tell when it is greater and does not merely say more.
std::string refused(DisclosurePurpose purpose) {
  return fmt::format(
      "EXISTS (SELECT 1 FROM {0} r WHERE r.state <> 'granted' AND NOT EXISTS (SELECT 1 FROM {0} g "
      "WHERE g.state = 'granted' AND g.day > r.day AND substr(g.day, 1, length(r.day)) <> r.day))",
      said(purpose));
}

std::string receives() {
  std::string kinds;
  for (const OrganisationKind kind : receiver_kinds) {
    kinds += (kinds.empty() ? "" : ", ") + sql_word(kind);
  }
  return fmt::format("o.kind IN ({})", kinds);
}

/// Fire and police without districts serve the whole municipality.
constexpr std::string_view serves =
    "(EXISTS (SELECT 1 FROM served_district d WHERE d.organisation = o.id "
    "AND d.district_key = e.district_key) "
    "OR (o.has_districts = 0 AND o.kind IN ('fire_station', 'police_station')))";

}  // namespace

std::string disclosed(DisclosurePurpose purpose) {
  std::string condition = fmt::format(
      "({} AND o.municipality = e.municipality AND e.listed = 1 AND {} AND NOT {} AND NOT {} "
      "AND (:silence = 1 OR {})",
      receives(), serves, protected_today("e.person_pk"), refused(list), granted(list));
  if (purpose != list) {
    condition += fmt::format(" AND NOT {} AND {}", refused(purpose), granted(purpose));
  }
  return condition + ")";
}

bool silence_counts(const DisclosureRule& rule, const Date& day) {
  switch (rule.kind) {
    case DisclosurePolicy::opt_in:
      return false;
    case DisclosurePolicy::presumed:
      return rule.objection_deadline && *rule.objection_deadline < day;
    case DisclosurePolicy::unless_refused:
      return true;
  }
  return false;
}

}  // namespace renraku::domain
