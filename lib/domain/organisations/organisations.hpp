// Organisations: clinics, visiting-nurse stations, pharmacies, city offices, fire stations.
#pragma once

#include <renraku/page.hpp>
#include <renraku/records/organisation.hpp>
#include <string_view>

#include "access/permit.hpp"

namespace renraku::domain {

/// Error{missing} without a name.
Organisation add_organisation(access::Permit& permit, Organisation organisation);
/// By reading.
[[nodiscard]] Page<Organisation> list_organisations(access::Permit& permit,
                                                    const PageRequest& page);
[[nodiscard]] Organisation view_organisation(access::Permit& permit, const Id<Organisation>& id);
/// Error{conflict} for a stale revision.
Organisation change_organisation(access::Permit& permit, Organisation changed);

inline constexpr std::string_view organisation_schema_1 = R"sql(
CREATE TABLE organisation (
  pk @key,
  id @bytes NOT NULL UNIQUE,
  revision BIGINT NOT NULL,
  municipality TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  kana TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL
);
CREATE INDEX organisation_kana ON organisation (municipality, kana, id);
)sql";

}  // namespace renraku::domain
