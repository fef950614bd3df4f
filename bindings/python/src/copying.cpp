#include <renraku/copying.hpp>
#include <renraku/described/copying.hpp>
#include <renraku/witness.hpp>

#include "calls.hpp"
#include "method.hpp"
#include "nouns.hpp"
#include "secrets.hpp"

namespace renraku::python {
namespace {

using Path = std::filesystem::path;
using Text = std::string;

CopyOptions copy_options(const std::optional<Path>& home, const std::optional<Path>& other_home,
                         const std::optional<Path>& journal_signer, Calls& calls) {
  CopyOptions options;
  options.options.log = hear_in_python();
  if (home) options.options.home = *home;
  if (other_home) options.home = *other_home;
  if (journal_signer) options.options.journal_signer = signer_in_file(*journal_signer);
  options.progress = calls.progress();
  return options;
}

CopyReport copy(const Path& source, const Path& target, const std::optional<Text>& passphrase,
                const std::optional<Text>& recovery_key, const std::optional<HostKey>& host_key,
                const std::optional<Path>& home, const std::optional<Path>& target_home,
                const std::optional<Path>& journal_signer, const py::object& progress) {
  Calls calls(progress);
  return calls.during([&] {
    return copy_store(source, GivenSecret{passphrase, recovery_key, host_key}.secret(), target,
                      copy_options(home, target_home, journal_signer, calls));
  });
}

StoreComparison compare(const Path& one, const Path& other, const std::optional<Text>& passphrase,
                        const std::optional<Text>& recovery_key,
                        const std::optional<HostKey>& host_key, const std::optional<Path>& home,
                        const std::optional<Path>& other_home,
                        const std::optional<Path>& journal_signer, const py::object& progress) {
  Calls calls(progress);
  return calls.during([&] {
    return compare_stores(one, other, GivenSecret{passphrase, recovery_key, host_key}.secret(),
                          copy_options(home, other_home, journal_signer, calls));
  });
}

}  // namespace

void bind_copying(py::module_& module) {
  function(module, "copy_store", &copy,
           {"source", "target", "passphrase", "recovery_key", "host_key", "home", "target_home",
            "journal_signer", "progress"});
  function(module, "compare_stores", &compare,
           {"one", "other", "passphrase", "recovery_key", "host_key", "home", "other_home",
            "journal_signer", "progress"});
}

}  // namespace renraku::python
