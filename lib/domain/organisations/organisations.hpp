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
  name @sealed NOT NULL,
  kana @sealed NOT NULL,
  phone @sealed NOT NULL,
  address @sealed NOT NULL
) @vouched;
CREATE INDEX organisation_kana ON organisation (municipality, kana, id);
)sql";

/// The districts that an organisation serves.
inline constexpr std::string_view organisation_schema_2 = R"sql(
ALTER TABLE organisation ADD COLUMN districts @sealed NOT NULL DEFAULT '[]';
)sql";

/// Made from the districts: the keys that evacuees' districts are compared by. The index is for
/// asking which organisations of a kind somebody is shown to.
inline constexpr std::string_view organisation_schema_3 = R"sql(
CREATE INDEX organisation_kind ON organisation (municipality, kind);
CREATE TABLE served_district (
  organisation @bytes NOT NULL,
  district_key @keyed NOT NULL,
  PRIMARY KEY (organisation, district_key)
) @vouched @clustered;
)sql";

/// Made from kana, name and districts: what organisations are listed by, found by and chosen by.
/// Rows that are still as an earlier version wrote them have no `name_key`, for no SQL folds a
/// name.
inline constexpr std::string_view organisation_schema_4 = R"sql(
ALTER TABLE organisation ADD COLUMN sort @ordered NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN name_key @keyed;
ALTER TABLE organisation ADD COLUMN has_districts BIGINT NOT NULL DEFAULT 0
  CHECK (has_districts IN (0, 1));
@embedded UPDATE organisation SET sort = CAST(kana AS BLOB), has_districts = (districts <> '[]');
DROP INDEX organisation_kana;
CREATE INDEX organisation_sort ON organisation (municipality, sort, id);
CREATE INDEX organisation_name ON organisation (municipality, name_key);
)sql";

}  // namespace renraku::domain
