#include "domain/relations.hpp"

#include <algorithm>
#include <string_view>

#include "domain/disclosures/disclosures.hpp"
#include "domain/patients/patients.hpp"
#include "domain/place_grants/place_grants.hpp"

namespace renraku::domain {
namespace {

constexpr std::string_view count_officer =
    "SELECT count(*) FROM protection_officer o JOIN protected_person g ON g.by_person = "
    "o.by_person WHERE g.id = :subject AND o.member = :member";

constexpr std::string_view count_colleague =
    "SELECT count(*) FROM member WHERE id = :subject AND organisation = :organisation";

bool counts(storage::Transaction& transaction, std::string_view sql, std::string_view name,
            const Uuid& of, const Uuid& subject) {
  return transaction.query(sql)
             .bind("subject", subject)
             .bind(name, of)
             .optional<std::int64_t>()
             .value_or(0) > 0;
}

bool acts_as(const access::Actor& actor, access::Capacity capacity) {
  return std::ranges::find(actor.capacities, capacity) != actor.capacities.end();
}

}  // namespace

access::Standing DomainRelations::standing(storage::Transaction& transaction,
                                           const access::Actor& actor, const Uuid& subject,
                                           Instant now) const {
  access::Standing standing;
  if (!subject || !actor.member) return standing;
  if (subject == actor.member) standing.insert(access::Relation::self);
  if (actor.organisation &&
      (subject == actor.organisation ||
       counts(transaction, count_colleague, "organisation", actor.organisation, subject))) {
    standing.insert(access::Relation::own_office);
  }
  if (counts(transaction, count_officer, "member", actor.member, subject)) {
    standing.insert(access::Relation::protection_officer);
  }
  const Date today = Date::in_japan(now);
  if (acts_as(actor, access::Capacity::receiver) &&
      is_disclosed(transaction, actor, subject, today)) {
    standing.insert(access::Relation::disclosed);
  }
  if (acts_as(actor, access::Capacity::professional) &&
      is_place_granted(transaction, actor.member, subject, today)) {
    standing.insert(access::Relation::place_granted);
  }
  const access::Standing team =
      team_standing(transaction, actor.member, subject, Date::in_japan(now));
  for (const auto relation : {access::Relation::team_member, access::Relation::team_lead}) {
    if (team.contains(relation)) standing.insert(relation);
  }
  return standing;
}

}  // namespace renraku::domain
