#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/region.hpp>

namespace renraku {

RENRAKU_DESCRIBE(ServedMunicipality, code, name)

}  // namespace renraku
