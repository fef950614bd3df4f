#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/rotation.hpp>

namespace renraku {

RENRAKU_DESCRIBE(KeyRotation, municipality, number, resumed, people_keys, secrets, rows)

}  // namespace renraku
