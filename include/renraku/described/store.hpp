#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/records/store.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(SlotKind, passphrase, host_key, recovery)
RENRAKU_DESCRIBE(KeySlot, id, kind, name, created)
RENRAKU_DESCRIBE(BackupReport, file, at, bytes, removed)
RENRAKU_DESCRIBE(RestoreReport, node, from, at, sequence, old_store_read, members_suspended,
                 certificates_revoked, applications_revoked, slots_revoked, people_erased,
                 reencrypt, witness_read)
RENRAKU_DESCRIBE(Finding, part, detail)
RENRAKU_DESCRIBE(CheckReport, sound, findings, journal)

}  // namespace renraku
