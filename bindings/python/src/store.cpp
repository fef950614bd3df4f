#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/store.hpp>
#include <renraku/store.hpp>

#include "method.hpp"
#include "nouns.hpp"
#include "store_handle.hpp"

namespace renraku::python {
namespace {

using Path = std::filesystem::path;
using Text = std::string;

/// The one secret that was given.
struct GivenSecret {
  const std::optional<Text>& passphrase;
  const std::optional<Text>& recovery_key;
  const std::optional<HostKey>& host_key;

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

StoreOptions options(std::int64_t idle_minutes, std::int64_t absolute_minutes) {
  StoreOptions options;
  options.session_idle = std::chrono::minutes(idle_minutes);
  options.session_absolute = std::chrono::minutes(absolute_minutes);
  return options;
}

StoreHandle create(const Path& folder, const std::optional<Text>& passphrase,
                   const std::optional<HostKey>& host_key, const Text& slot_name,
                   std::int64_t idle_minutes, std::int64_t absolute_minutes) {
  return StoreHandle(Store::create(folder, GivenSecret{passphrase, {}, host_key}.secret(),
                                   slot_name, options(idle_minutes, absolute_minutes)));
}

StoreHandle open(const Path& folder, const std::optional<Text>& passphrase,
                 const std::optional<Text>& recovery_key, const std::optional<HostKey>& host_key,
                 std::int64_t idle_minutes, std::int64_t absolute_minutes) {
  return StoreHandle(Store::open(folder, GivenSecret{passphrase, recovery_key, host_key}.secret(),
                                 options(idle_minutes, absolute_minutes)));
}

}  // namespace

void bind_store(py::module_& module) {
  py::class_<StoreHandle> bound(module, "Store");
  bound.def(py::init<const StoreHandle&>());
  method(bound, "close", &StoreHandle::close);
  method(bound, "_add_municipality",
         +[](const StoreHandle& handle, const Text& code, const Text& name,
             const NewMember& administrator) {
           return handle.store()->add_municipality({code, name, administrator});
         },
         {"code", "name", "administrator"});
  method(
      bound, "municipalities",
      +[](const StoreHandle& handle) { return handle.store()->municipalities(); });
  method(
      bound, "_sign_in",
      +[](const StoreHandle& handle, const Text& municipality, const Text& login,
          const Text& password) { return handle.store()->sign_in(municipality, login, password); },
      {"municipality", "login", "password"});
  method(
      bound, "_resume",
      +[](const StoreHandle& handle, const Text& token) { return handle.store()->resume(token); },
      {"token"});
  method(
      bound, "key_slots", +[](const StoreHandle& handle) { return handle.store()->key_slots(); });
  method(bound, "change_passphrase",
         +[](const StoreHandle& handle, const Text& current, const Text& replacement) {
           handle.store()->change_passphrase({current}, {replacement});
         },
         {"current", "replacement"});
  method(bound, "add_recovery_key",
         +[](const StoreHandle& handle, const Text& name) {
           return handle.store()->add_recovery_key(name);
         },
         {"name"});
  method(bound, "add_host_key",
         +[](const StoreHandle& handle, const Text& name, const HostKey& key) {
           handle.store()->add_host_key(name, key);
         },
         {"name", "key"});
  method(
      bound, "check", +[](const StoreHandle& handle) { return handle.store()->check(); });
  method(
      bound, "verify_journal",
      +[](const StoreHandle& handle) { return handle.store()->verify_journal(); });
  method(
      bound, "flush", +[](const StoreHandle& handle) { handle.store()->flush(); });

  function(module, "create", &create,
           {"folder", "passphrase", "host_key", "slot_name", "idle_minutes", "absolute_minutes"});
  function(
      module, "open", &open,
      {"folder", "passphrase", "recovery_key", "host_key", "idle_minutes", "absolute_minutes"});
}

}  // namespace renraku::python
