#include <renraku/backup.hpp>
#include <renraku/described/backup.hpp>
#include <renraku/described/store.hpp>
#include <renraku/witness.hpp>

#include "method.hpp"
#include "nouns.hpp"
#include "secrets.hpp"

namespace renraku::python {
namespace {

using Path = std::filesystem::path;
using Text = std::string;

BackupSecret backup_secret(const std::optional<Text>& private_key, const GivenSecret& given) {
  if (private_key.has_value() == given.any()) {
    throw Error(ErrorCode::invalid_argument,
                "give a private key, or one of passphrase, recovery_key and host_key",
                "private_key");
  }
  if (private_key) return BackupPrivateKey{*private_key};
  return std::visit([](const auto& secret) -> BackupSecret { return secret; }, given.secret());
}

RestoreReport restore(const Path& file, const Path& folder, const std::optional<Text>& private_key,
                      const std::optional<Text>& passphrase,
                      const std::optional<Text>& recovery_key,
                      const std::optional<HostKey>& host_key, const std::optional<Path>& old_store,
                      const std::optional<Text>& old_passphrase,
                      const std::optional<Text>& old_recovery_key,
                      const std::optional<HostKey>& old_host_key,
                      const std::optional<Text>& new_passphrase,
                      const std::optional<Path>& witness) {
  RestoreOptions options;
  options.options.log = hear_in_python();
  if (old_store) {
    options.old_store = *old_store;
    options.old_secret = GivenSecret{old_passphrase, old_recovery_key, old_host_key}.secret();
  }
  if (witness) options.witness = witness_in_file(*witness);
  if (new_passphrase) options.passphrase = Passphrase{*new_passphrase};
  return Store::restore(file,
                        backup_secret(private_key, GivenSecret{passphrase, recovery_key, host_key}),
                        folder, options);
}

}  // namespace

void bind_backups(py::module_& module) {
  function(module, "make_backup_key", &make_backup_key, {});
  function(module, "restore", &restore,
           {"file", "folder", "private_key", "passphrase", "recovery_key", "host_key", "old_store",
            "old_passphrase", "old_recovery_key", "old_host_key", "new_passphrase", "witness"});
}

}  // namespace renraku::python
