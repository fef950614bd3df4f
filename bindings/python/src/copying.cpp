#include <renraku/copying.hpp>
#include <renraku/described/copying.hpp>
#include <renraku/moving.hpp>
#include <renraku/witness.hpp>

#include "calls.hpp"
#include "keeper.hpp"
#include "method.hpp"
#include "nouns.hpp"
#include "secrets.hpp"
#include "store_handle.hpp"

namespace renraku::python {
namespace {

using Path = std::filesystem::path;
using Text = std::string;

/// Where the small files of a store on a server lie.
struct Home {
  const std::optional<Path>& folder;
  const py::object& keeper;

  /// The other store's, where it has none of its own.
  [[nodiscard]] const Home& or_that(const Home& other) const {
    return folder || !keeper.is_none() ? *this : other;
  }
};

StoreOptions store_options(const Home& home, const std::optional<Path>& journal_signer) {
  StoreOptions options;
  options.log = hear_in_python();
  if (home.folder) options.home = *home.folder;
  options.keeper = keeper_in_python(home.keeper);
  if (journal_signer) options.journal_signer = signer_in_file(*journal_signer);
  return options;
}

CopyOptions copy_options(const Home& home, const Home& other,
                         const std::optional<Path>& journal_signer, Calls& calls) {
  CopyOptions options;
  options.options = store_options(home, journal_signer);
  if (other.folder) options.home = *other.folder;
  options.keeper = keeper_in_python(other.keeper);
  options.progress = calls.progress();
  return options;
}

CopyReport copy(const Path& source, const Path& target, const std::optional<Text>& passphrase,
                const std::optional<Text>& recovery_key, const std::optional<HostKey>& host_key,
                const std::optional<Path>& home, const std::optional<Path>& target_home,
                const py::object& keeper, const py::object& target_keeper,
                const std::optional<Path>& journal_signer, const py::object& progress) {
  Calls calls(progress);
  return calls.during([&] {
    return copy_store(
        source, GivenSecret{passphrase, recovery_key, host_key}.secret(), target,
        copy_options({home, keeper}, {target_home, target_keeper}, journal_signer, calls));
  });
}

StoreComparison compare(const Path& one, const Path& other, const std::optional<Text>& passphrase,
                        const std::optional<Text>& recovery_key,
                        const std::optional<HostKey>& host_key, const std::optional<Path>& home,
                        const std::optional<Path>& other_home, const py::object& keeper,
                        const py::object& other_keeper, const std::optional<Path>& journal_signer,
                        const py::object& progress) {
  Calls calls(progress);
  return calls.during([&] {
    return compare_stores(
        one, other, GivenSecret{passphrase, recovery_key, host_key}.secret(),
        copy_options({home, keeper}, {other_home, other_keeper}, journal_signer, calls));
  });
}

CopyReport copy_one(const Path& source, const Path& target, const Text& municipality,
                    const std::optional<Text>& passphrase, const std::optional<Text>& recovery_key,
                    const std::optional<HostKey>& host_key,
                    const std::optional<Text>& target_passphrase,
                    const std::optional<Text>& target_recovery_key,
                    const std::optional<HostKey>& target_host_key, const std::optional<Path>& home,
                    const std::optional<Path>& target_home, const py::object& keeper,
                    const py::object& target_keeper, const std::optional<Path>& journal_signer,
                    const std::optional<Path>& target_signer, const py::object& progress) {
  Calls calls(progress);
  const Home own{home, keeper};
  const Home targets{target_home, target_keeper};
  return calls.during([&] {
    return copy_municipality(
        source, GivenSecret{passphrase, recovery_key, host_key}.secret(), target,
        GivenSecret{target_passphrase, target_recovery_key, target_host_key}.secret(), municipality,
        {store_options(own, journal_signer), store_options(targets.or_that(own), target_signer),
         calls.progress()});
  });
}

StoreComparison compare_one(const Path& one, const Path& other, const Text& municipality,
                            const std::optional<Text>& passphrase,
                            const std::optional<Text>& recovery_key,
                            const std::optional<HostKey>& host_key,
                            const std::optional<Text>& other_passphrase,
                            const std::optional<Text>& other_recovery_key,
                            const std::optional<HostKey>& other_host_key,
                            const std::optional<Path>& home, const std::optional<Path>& other_home,
                            const py::object& keeper, const py::object& other_keeper,
                            const std::optional<Path>& journal_signer,
                            const std::optional<Path>& other_signer, const py::object& progress) {
  Calls calls(progress);
  const Home own{home, keeper};
  const Home others{other_home, other_keeper};
  return calls.during([&] {
    return compare_municipality(
        one, GivenSecret{passphrase, recovery_key, host_key}.secret(), other,
        GivenSecret{other_passphrase, other_recovery_key, other_host_key}.secret(), municipality,
        {store_options(own, journal_signer), store_options(others.or_that(own), other_signer),
         calls.progress()});
  });
}

void take_back(const StoreHandle& handle, const Text& municipality) {
  take_back_municipality(*handle.store(), municipality);
}

}  // namespace

void bind_copying(py::module_& module) {
  function(module, "copy_store", &copy,
           {"source", "target", "passphrase", "recovery_key", "host_key", "home", "target_home",
            "keeper", "target_keeper", "journal_signer", "progress"});
  function(module, "compare_stores", &compare,
           {"one", "other", "passphrase", "recovery_key", "host_key", "home", "other_home",
            "keeper", "other_keeper", "journal_signer", "progress"});
  function(module, "copy_municipality", &copy_one,
           {"source", "target", "municipality", "passphrase", "recovery_key", "host_key",
            "target_passphrase", "target_recovery_key", "target_host_key", "home", "target_home",
            "keeper", "target_keeper", "journal_signer", "target_signer", "progress"});
  function(module, "compare_municipality", &compare_one,
           {"one", "other", "municipality", "passphrase", "recovery_key", "host_key",
            "other_passphrase", "other_recovery_key", "other_host_key", "home", "other_home",
            "keeper", "other_keeper", "journal_signer", "other_signer", "progress"});
  function(module, "take_back_municipality", &take_back, {"store", "municipality"});
}

}  // namespace renraku::python
