#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/place_grant.hpp>

namespace renraku {

RENRAKU_DESCRIBE(PlaceGrant, id, revision, municipality, person, member, granted_by, since, until,
                 reason, revoked)

}  // namespace renraku
