#include <renraku/c/backup.h>

#include <renraku/backup.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "secret.hpp"
#include "session.hpp"
#include "witness.hpp"

using namespace renraku;
using namespace renraku::capi;

namespace {

char* copy_of(const std::string& text) {
  auto copy = std::make_unique<char[]>(text.size() + 1);
  text.copy(copy.get(), text.size());
  return copy.release();
}

/// A secret that opens a backup, overwritten when the call ends.
class GivenBackupSecret {
 public:
  GivenBackupSecret(const char* private_key, const renraku_secret* secret) {
    if ((private_key != nullptr) == (secret != nullptr)) {
      refuse_argument("give either a private key or a secret", "secret");
    }
    if (private_key) {
      secret_ = BackupPrivateKey{private_key};
    } else {
      std::visit([this](const auto& given) { secret_ = given; },
                 static_cast<const Secret&>(GivenSecret(secret)));
    }
  }
  GivenBackupSecret(const GivenBackupSecret&) = delete;
  GivenBackupSecret& operator=(const GivenBackupSecret&) = delete;
  ~GivenBackupSecret() {
    if (auto* key = std::get_if<BackupPrivateKey>(&secret_)) wipe(key->printed);
    if (auto* passphrase = std::get_if<Passphrase>(&secret_)) wipe(passphrase->text);
    if (auto* key = std::get_if<RecoveryKey>(&secret_)) wipe(key->printed);
    if (auto* key = std::get_if<HostKey>(&secret_)) wipe(key->bytes);
  }

  operator const BackupSecret&() const { return secret_; }

 private:
  template <class Bytes>
  static void wipe(Bytes& bytes) {
    ::explicit_bzero(bytes.data(), bytes.size());
  }

  BackupSecret secret_;
};

/// The options of a restore; their secrets are overwritten when the call ends.
class GivenRestoreOptions {
 public:
  explicit GivenRestoreOptions(const renraku_restore_options* given) {
    if (!given) return;
    const renraku_restore_options known = known_struct(given, "options");
    if (known.old_store) options_.old_store = known.old_store;
    if (known.old_secret) {
      options_.old_secret = static_cast<const Secret&>(GivenSecret(known.old_secret, "old_secret"));
    }
    if (known.passphrase) options_.passphrase = Passphrase{known.passphrase};
    options_.options = read_store_options(known.options);
    if (known.witness) options_.witness = read_witness(known.witness, "witness");
  }
  GivenRestoreOptions(const GivenRestoreOptions&) = delete;
  GivenRestoreOptions& operator=(const GivenRestoreOptions&) = delete;
  ~GivenRestoreOptions() {
    if (options_.old_secret) GivenSecret::wipe(*options_.old_secret);
    if (options_.passphrase) {
      ::explicit_bzero(options_.passphrase->text.data(), options_.passphrase->text.size());
    }
  }

  operator const RestoreOptions&() const { return options_; }

 private:
  RestoreOptions options_;
};

}  // namespace

int32_t renraku_backup_key_make(char** public_half, char** private_half, renraku_error** error) {
  return guard(error, [&] {
    need(public_half, "public_half") = nullptr;
    need(private_half, "private_half") = nullptr;
    BackupKey made = make_backup_key();
    *public_half = copy_of(made.public_half);
    *private_half = copy_of(made.private_half);
    ::explicit_bzero(made.private_half.data(), made.private_half.size());
  });
}

int32_t renraku_store_backup(renraku_store* store, const char* folder,
                             const renraku_backup_options* options,
                             renraku_backup_report_page** report, renraku_error** error) {
  return deliver(error, report, [&] {
    return at(store).backup(read_text(folder, "folder"),
                            read_or_default<BackupOptions>(options, "options"));
  });
}

int32_t renraku_session_backup(renraku_session* session, const char* folder,
                               const renraku_backup_options* options,
                               renraku_backup_report_page** report, renraku_error** error) {
  return deliver(error, report, [&] {
    return make_backup(at(session), read_text(folder, "folder"),
                       read_or_default<BackupOptions>(options, "options"));
  });
}

int32_t renraku_store_restore(const char* file, const char* private_key,
                              const renraku_secret* secret, const char* folder,
                              const renraku_restore_options* options,
                              renraku_restore_report_page** report, renraku_error** error) {
  return deliver(error, report, [&] {
    return Store::restore(read_text(file, "file"), GivenBackupSecret(private_key, secret),
                          read_text(folder, "folder"), GivenRestoreOptions(options));
  });
}
