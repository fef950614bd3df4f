#include "domain/relations.hpp"

#include <string_view>

namespace renraku::domain {
namespace {

constexpr std::string_view count_officer =
    "SELECT count(*) FROM protection_officer o JOIN protected_person g ON g.by_person = "
    "o.by_person "
    "JOIN person p ON p.pk = g.person WHERE p.id = :subject AND o.member = :member";

}  // namespace

access::Relation DomainRelations::relation(storage::Transaction& transaction,
                                           const access::Actor& actor, const Uuid& subject) const {
  if (!subject) return access::Relation::none;
  if (subject == actor.member) return access::Relation::self;
  const auto named = transaction.query(count_officer)
                         .bind("subject", subject)
                         .bind("member", actor.member)
                         .optional<std::int64_t>();
  return named.value_or(0) > 0 ? access::Relation::protection_officer : access::Relation::none;
}

}  // namespace renraku::domain
