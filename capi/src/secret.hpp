// Secrets of a host on their way into the library.
#pragma once

#include "store.hpp"

namespace renraku::capi {

/// Makes the one secret of the three that was given, and overwrites it when the call ends.
class GivenSecret {
 public:
  explicit GivenSecret(const renraku_secret* given, std::string_view argument = "secret") {
    const renraku_secret known = known_struct(&need(given, argument), argument);
    if ((known.passphrase != nullptr) + (known.recovery_key != nullptr) +
            (known.host_key != nullptr) !=
        1) {
      refuse_argument("holds exactly one of passphrase, recovery_key and host_key", argument);
    }
    if (known.passphrase) {
      secret_ = Passphrase{known.passphrase};
    } else if (known.recovery_key) {
      secret_ = RecoveryKey{known.recovery_key};
    } else {
      secret_ = read_host_key(known.host_key, known.host_key_size);
    }
  }
  GivenSecret(const GivenSecret&) = delete;
  GivenSecret& operator=(const GivenSecret&) = delete;
  ~GivenSecret() { wipe(secret_); }

  operator const Secret&() const { return secret_; }

  static void wipe(Secret& secret) {
    if (auto* passphrase = std::get_if<Passphrase>(&secret)) wipe_bytes(passphrase->text);
    if (auto* key = std::get_if<RecoveryKey>(&secret)) wipe_bytes(key->printed);
    if (auto* key = std::get_if<HostKey>(&secret)) wipe_bytes(key->bytes);
  }

 private:
  template <class Bytes>
  static void wipe_bytes(Bytes& bytes) {
    ::explicit_bzero(bytes.data(), bytes.size());
  }

  Secret secret_;
};

/// Several of them.
class GivenSecrets {
 public:
  GivenSecrets(const renraku_secret* const* given, std::uint64_t count) {
    if (count > 0) need(given, "kept");
    for (std::uint64_t i = 0; i < count; ++i) secrets_.push_back(GivenSecret(given[i], "kept"));
  }
  GivenSecrets(const GivenSecrets&) = delete;
  GivenSecrets& operator=(const GivenSecrets&) = delete;
  ~GivenSecrets() {
    for (Secret& secret : secrets_) GivenSecret::wipe(secret);
  }

  operator const std::vector<Secret>&() const { return secrets_; }

 private:
  std::vector<Secret> secrets_;
};

}  // namespace renraku::capi
