#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/erasure.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(ErasureReason, request, retention_over, mistake, other)
RENRAKU_DESCRIBE(Erasure, person, at, erased_by, reason, proof, signer, signature)

}  // namespace renraku
