#pragma once

#include <renraku/describe.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/records/store.hpp>

namespace renraku {

RENRAKU_DESCRIBE_ENUM(SlotKind, passphrase, host_key, recovery)
RENRAKU_DESCRIBE(KeySlot, id, kind, name, created)
RENRAKU_DESCRIBE(Finding, part, detail)
RENRAKU_DESCRIBE(CheckReport, sound, findings, journal)

}  // namespace renraku
