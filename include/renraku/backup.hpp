// Backups: sealed copies of a store, and the keys that open them.
//
// A backup holds the database, the journal with its signed heads, and the store's key: whoever
// opens it has everything. It is one file, sealed in chunks, and says outside of the seal only
// which store it is of and when it was made.
#pragma once

#include <filesystem>
#include <optional>
#include <renraku/export.hpp>
#include <renraku/records/backup.hpp>
#include <renraku/store.hpp>

namespace renraku {

/// Makes a key pair. The private half is shown this once: print it, then wipe it.
[[nodiscard]] RENRAKU_API BackupKey make_backup_key();

/// Store::backup by order of a member who runs the service and proved not long ago who it is, as
/// the journal tells. Error{not_permitted}, Error{reauthenticate}; else as Store::backup.
RENRAKU_API BackupReport make_backup(const Session& by, const std::filesystem::path& folder,
                                     const BackupOptions& options);

struct RestoreOptions {
  /// The folder of the store that was lost or is being replaced, where it can be read: who was
  /// suspended, revoked or erased there since the backup was made is so in the restored store.
  std::filesystem::path old_store;
  /// Opens it.
  std::optional<Secret> old_secret;
  /// The witness of that store, for when its folder is gone too: what it was told to be taken away
  /// is so in the restored store. What no signer of the store signed is Error{damaged} (field
  /// "witness"): the signers are those whom the backup knows, whom they made their successors, and
  /// the `journal_signer` of the options below. Throws what the witness throws.
  Witness witness;
  /// Adds a slot of this passphrase, for who has lost the secrets of those there were.
  std::optional<Passphrase> passphrase;
  /// As when a store is opened. Their witness hears of the restored store when that is opened.
  StoreOptions options;
};

}  // namespace renraku
