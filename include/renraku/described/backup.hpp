#pragma once

#include <renraku/describe.hpp>
#include <renraku/records/backup.hpp>

namespace renraku {

RENRAKU_DESCRIBE(BackupOptions, to_key, keep, keep_until)
RENRAKU_DESCRIBE(BackupKey, public_half, private_half)

}  // namespace renraku
