#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/witness.hpp>

namespace renraku {

RENRAKU_DESCRIBE(SignedHead, time, node, municipality, sequence, hash, signer, signature)

}  // namespace renraku
