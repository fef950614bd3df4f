// What a backup is made with.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/time.hpp>
#include <string>

namespace renraku {

/// A key pair for backups. The public half lies with the store, and whoever has it can seal only.
/// The private half lies elsewhere, on paper in a safe for instance: it alone opens, and it opens
/// all backups sealed to the pair.
struct BackupKey {
  std::string public_half;
  std::string private_half;
};

struct BackupOptions {
  /// The public half of a backup key. Empty: the backup is sealed to the store's key slots, and the
  /// secret of any of them as they are now opens it.
  std::string to_key;
  /// How many of this store's backups the folder keeps, this one included; 0 keeps all.
  std::int32_t keep = 0;
  /// How long the host will keep this one, as far as that is known: told in proofs of erasure.
  std::optional<Date> keep_until;
};

}  // namespace renraku
