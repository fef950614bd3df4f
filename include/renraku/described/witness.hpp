#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/witness.hpp>

namespace renraku {

RENRAKU_DESCRIBE(SignedHead, time, node, municipality, sequence, hash, signer, signature)
RENRAKU_DESCRIBE_ENUM(RemovalKind, member_suspended, certificate_revoked, application_revoked,
                      application_left, person_erased, key_slot_removed, store_key_replaced)
// The first field tells its JSON from that of a head.
RENRAKU_DESCRIBE(SignedRemoval, kind, id, municipality, taken, time, node, signer, successions,
                 signature)

}  // namespace renraku
