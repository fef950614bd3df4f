// Organisations: clinics, visiting-nurse stations, pharmacies, city offices, fire stations.
#pragma once

#include <optional>
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
/// The one that bears this name in any spelling; none where there is none, or several.
[[nodiscard]] std::optional<Id<Organisation>> find_organisation_by_name(access::Permit& permit,
                                                                        std::string_view name);
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

/// The districts that an organisation serves.
inline constexpr std::string_view organisation_schema_2 = R"sql(
ALTER TABLE organisation ADD COLUMN districts TEXT NOT NULL DEFAULT '[]';
)sql";

/// Made from the districts: the keys that evacuees' districts are compared by. The index is for
/// asking which organisations of a kind somebody is shown to.
inline constexpr std::string_view organisation_schema_3 = R"sql(
CREATE INDEX organisation_kind ON organisation (municipality, kind);
CREATE TABLE served_district (
  organisation @bytes NOT NULL,
  district_key TEXT NOT NULL,
  PRIMARY KEY (organisation, district_key)
) @clustered;
)sql";

}  // namespace renraku::domain
