// Members of care teams who may see where a protected person is. What a grant opens, hidden.hpp
// decides.
#pragma once

#include <renraku/described/place_grant.hpp>
#include <renraku/page.hpp>
#include <string>
#include <string_view>

#include "access/permit.hpp"

namespace renraku::domain {

/// Nobody remembers longer whom he let in; a visit that goes on needs a new word.
inline constexpr std::int64_t place_grant_days_max = 90;

/// For the policy: such a grant stands for the member on that day.
[[nodiscard]] bool is_place_granted(storage::Transaction& transaction, const Id<Member>& member,
                                    const Uuid& person, const Date& today);

// Acts.

PlaceGrant grant_place(access::Permit& permit, const Id<Person>& person, const Id<Member>& member,
                       const Date& until, const std::string& reason);
[[nodiscard]] Page<PlaceGrant> list_place_grants(access::Permit& permit, const Id<Person>& person,
                                                 const PageRequest& page);
PlaceGrant revoke_place_grant(access::Permit& permit, const Id<Person>& person,
                              const Id<PlaceGrant>& id);

inline constexpr std::string_view place_grant_schema_1 = R"sql(
CREATE TABLE place_grant (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  person @bytes NOT NULL,
  member @bytes NOT NULL,
  granted_by @bytes NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  reason @sealed NOT NULL,
  revoked TEXT,
  person_pk BIGINT NOT NULL
) @vouched;
CREATE INDEX place_grant_person ON place_grant (person_pk, member);
)sql";

/// Whom a grant is about, its id says.
inline constexpr std::string_view place_grant_schema_2 = R"sql(
DROP INDEX place_grant_person;
CREATE INDEX place_grant_person ON place_grant (person, member);
)sql";

}  // namespace renraku::domain
