#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/organisation.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(OrganisationKind, clinic, visiting_nurse_station, pharmacy, city_office,
                      fire_station)
RENRAKU_DESCRIBE(Organisation, id, revision, municipality, kind, name, kana, phone, address)

}  // namespace renraku
