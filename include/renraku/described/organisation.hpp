#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/organisation.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(OrganisationKind, clinic, visiting_nurse_station, pharmacy, city_office,
                      fire_station, home_care_office, care_manager_office, police_station,
                      commissioned_welfare, social_welfare_council, voluntary_disaster, other)
RENRAKU_DESCRIBE(Organisation, id, revision, municipality, kind, name, kana, phone, address,
                 districts)

}  // namespace renraku
