#include <renraku/backup.hpp>
#include <renraku/described/factor.hpp>
#include <renraku/described/log.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/municipality.hpp>
#include <renraku/described/store.hpp>
#include <renraku/described/witness.hpp>
#include <renraku/store.hpp>
#include <renraku/witness.hpp>

#include "classes.hpp"
#include "keeper.hpp"
#include "method.hpp"
#include "nouns.hpp"
#include "secrets.hpp"
#include "store_handle.hpp"

namespace renraku::python {
namespace {

using Path = std::filesystem::path;
using Text = std::string;

// An address comes as a path, so that a folder's name needs no encoding; a server's stays as it was
// written.
StoreHandle create(const Path& address, const std::optional<Text>& passphrase,
                   const std::optional<HostKey>& host_key, const Text& slot_name,
                   std::int64_t idle_minutes, std::int64_t absolute_minutes,
                   const std::optional<Path>& journal_signer, const std::optional<Path>& witness,
                   const std::optional<Path>& home, const py::object& keeper) {
  return StoreHandle(Store::create(address, GivenSecret{passphrase, {}, host_key}.secret(),
                                   slot_name,
                                   store_options(idle_minutes, absolute_minutes,
                                                 {journal_signer, false, witness}, home, keeper)));
}

StoreHandle open(const Path& address, const std::optional<Text>& passphrase,
                 const std::optional<Text>& recovery_key, const std::optional<HostKey>& host_key,
                 std::int64_t idle_minutes, std::int64_t absolute_minutes,
                 const std::optional<Path>& journal_signer, bool journal_signer_lost,
                 const std::optional<Path>& witness, const std::optional<Path>& home,
                 const py::object& keeper) {
  return StoreHandle(
      Store::open(address, GivenSecret{passphrase, recovery_key, host_key}.secret(),
                  store_options(idle_minutes, absolute_minutes,
                                {journal_signer, journal_signer_lost, witness}, home, keeper)));
}

/// Hands a line to Python's logging. An object that closes while Python ends finds nobody there.
void log_in_python(const LogLine& line) {
  if (!Py_IsInitialized() || _Py_IsFinalizing()) return;
  const py::gil_scoped_acquire python;
  try {
    classes().log(enum_name(line.level), enum_name(line.event), line.text);
  } catch (py::error_already_set& error) {
    error.discard_as_unraisable("renraku's log");
  }
}

}  // namespace

LogSink hear_in_python() {
  return log_in_python;
}

StoreOptions store_options(std::int64_t idle_minutes, std::int64_t absolute_minutes,
                           const JournalFiles& journal, const std::optional<Path>& home,
                           const py::object& keeper) {
  StoreOptions options;
  options.session_idle = std::chrono::minutes(idle_minutes);
  options.session_absolute = std::chrono::minutes(absolute_minutes);
  options.log = hear_in_python();
  if (journal.signer) options.journal_signer = signer_in_file(*journal.signer);
  options.journal_signer_lost = journal.signer_lost;
  if (journal.witness) options.witness = witness_in_file(*journal.witness);
  if (home) options.home = *home;
  options.keeper = keeper_in_python(keeper);
  return options;
}

namespace {

void bind_key_slots(py::class_<StoreHandle>& bound) {
  method(
      bound, "key_slots", +[](const StoreHandle& handle) { return handle.store()->key_slots(); });
  method(bound, "change_passphrase",
         +[](const StoreHandle& handle, const Text& current, const Text& replacement) {
           handle.store()->change_passphrase({current}, {replacement});
         },
         {"current", "replacement"});
  method(
      bound, "opened_with",
      +[](const StoreHandle& handle) { return handle.store()->opened_with(); });
  method(bound, "add_passphrase",
         +[](const StoreHandle& handle, const Text& name, const Text& passphrase) {
           handle.store()->add_passphrase(name, {passphrase});
         },
         {"name", "passphrase"});
  method(bound, "_revoke_slot",
         +[](const StoreHandle& handle, const Uuid& slot, bool even_own) {
           handle.store()->revoke_slot(slot, even_own);
         },
         {"slot", "even_own"});
  method(bound, "_reencrypt",
         +[](const StoreHandle& handle, const std::vector<Text>& passphrases,
             const std::vector<Text>& recovery_keys, const std::vector<HostKey>& host_keys) {
           std::vector<Secret> kept;
           kept.reserve(passphrases.size() + recovery_keys.size() + host_keys.size());
           for (const Text& text : passphrases) kept.emplace_back(Passphrase{text});
           for (const Text& text : recovery_keys) kept.emplace_back(RecoveryKey{text});
           for (const HostKey& key : host_keys) kept.emplace_back(key);
           return handle.store()->reencrypt(kept);
         },
         {"passphrases", "recovery_keys", "host_keys"});
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
}

void bind_store_journal(py::class_<StoreHandle>& bound) {
  method(bound, "_verify_journal",
         +[](const StoreHandle& handle, const std::optional<Path>& witness) {
           return witness ? handle.store()->verify_journal(witness_in_file(*witness))
                          : handle.store()->verify_journal();
         },
         {"witness"});
  method(
      bound, "journal_heads",
      +[](const StoreHandle& handle) { return handle.store()->journal_heads(); });
  method(bound, "change_journal_signer",
         +[](const StoreHandle& handle, const std::optional<Path>& file) {
           std::optional<JournalSigner> next;
           if (file) next = signer_in_file(*file);
           handle.store()->change_journal_signer(next);
         },
         {"file"});
  method(bound, "_archive_journal",
         +[](const StoreHandle& handle, const Date& before, const Path& folder) {
           return handle.store()->archive_journal(before, folder);
         },
         {"before", "folder"});
  method(bound, "bring_back_journal",
         +[](const StoreHandle& handle, const Path& file) {
           return handle.store()->bring_back_journal(file);
         },
         {"file"});
  method(
      bound, "journal_segments",
      +[](const StoreHandle& handle) { return handle.store()->journal_segments(); });
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
  method(bound, "_add_service_administrator",
         +[](const StoreHandle& handle, const NewMember& input) {
           return handle.store()->add_service_administrator(input);
         },
         {"input"});
  method(
      bound, "municipalities",
      +[](const StoreHandle& handle) { return handle.store()->municipalities(); });
  method(bound, "_sign_in",
         +[](const StoreHandle& handle, const SignIn& input) {
           return handle.store()->sign_in(input);
         },
         {"input"});
  method(bound, "recover_administrator",
         +[](const StoreHandle& handle, const Text& key, const Text& municipality,
             const Text& login, const Text& password) {
           handle.store()->recover_administrator({key}, municipality, login, password);
         },
         {"key", "municipality", "login", "password"});
  method(bound, "_act_as",
         +[](const StoreHandle& handle, const Text& assertion) {
           return handle.store()->act_as(assertion);
         },
         {"assertion"});
  method(
      bound, "_resume",
      +[](const StoreHandle& handle, const Text& token) { return handle.store()->resume(token); },
      {"token"});
  method(bound, "_backup",
         +[](const StoreHandle& handle, const Path& folder, const Text& to_key, std::int32_t keep,
             const std::optional<Date>& keep_until) {
           return handle.store()->backup(folder, {to_key, keep, keep_until});
         },
         {"folder", "to_key", "keep", "keep_until"});
  method(
      bound, "check", +[](const StoreHandle& handle) { return handle.store()->check(); });
  method(
      bound, "is_strict", +[](const StoreHandle& handle) { return handle.store()->is_strict(); });
  method(
      bound, "flush", +[](const StoreHandle& handle) { handle.store()->flush(); });
  bind_key_slots(bound);
  bind_store_journal(bound);
  function(module, "create", &create,
           {"address", "passphrase", "host_key", "slot_name", "idle_minutes", "absolute_minutes",
            "journal_signer", "witness", "home", "keeper"});
  function(module, "open", &open,
           {"address", "passphrase", "recovery_key", "host_key", "idle_minutes", "absolute_minutes",
            "journal_signer", "journal_signer_lost", "witness", "home", "keeper"});
}

}  // namespace renraku::python
