// Secrets and the log on their way between Python and a store.
#pragma once

#include <pybind11/pybind11.h>

#include <filesystem>
#include <optional>
#include <renraku/store.hpp>
#include <string>

namespace renraku::python {

/// The one secret that was given.
struct GivenSecret {
  const std::optional<std::string>& passphrase;
  const std::optional<std::string>& recovery_key;
  const std::optional<HostKey>& host_key;

  [[nodiscard]] bool any() const { return passphrase || recovery_key || host_key; }
  [[nodiscard]] Secret secret() const {
    if (passphrase.has_value() + recovery_key.has_value() + host_key.has_value() != 1) {
      throw Error(ErrorCode::invalid_argument, "give one of passphrase, recovery_key and host_key",
                  "passphrase");
    }
    if (passphrase) return Passphrase{*passphrase};
    if (recovery_key) return RecoveryKey{*recovery_key};
    return *host_key;
  }
};

/// What a store has to say goes to Python's logging.
[[nodiscard]] LogSink hear_in_python();

/// Where the journal's signer and witness lie, and whether the signer before is lost.
struct JournalFiles {
  const std::optional<std::filesystem::path>& signer;
  bool signer_lost;
  const std::optional<std::filesystem::path>& witness;
};

/// How Python wants a store opened.
[[nodiscard]] StoreOptions store_options(std::int64_t idle_minutes, std::int64_t absolute_minutes,
                                         const JournalFiles& journal,
                                         const std::optional<std::filesystem::path>& home,
                                         const pybind11::object& keeper);

}  // namespace renraku::python
