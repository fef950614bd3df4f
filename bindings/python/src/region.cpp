#include <renraku/described/region.hpp>
#include <renraku/region.hpp>

#include "method.hpp"
#include "nouns.hpp"
#include "secrets.hpp"
#include "store_handle.hpp"

namespace renraku::python {
namespace {

using Path = std::filesystem::path;
using Text = std::string;

RegionHandle open(const Path& file, const std::optional<Text>& passphrase,
                  const std::optional<Text>& recovery_key, const std::optional<HostKey>& host_key,
                  std::int64_t idle_minutes, std::int64_t absolute_minutes,
                  const std::optional<Path>& journal_signer, const std::optional<Path>& witness,
                  const std::optional<Path>& home, const py::object& keeper) {
  return RegionHandle(Region::open(file, GivenSecret{passphrase, recovery_key, host_key}.secret(),
                                   store_options(idle_minutes, absolute_minutes,
                                                 {journal_signer, false, witness}, home, keeper)));
}

}  // namespace

void bind_region(py::module_& module) {
  py::class_<RegionHandle> bound(module, "Region");
  bound.def(py::init<const RegionHandle&>());
  method(bound, "close", &RegionHandle::close);
  method(bound, "_store",
         +[](const RegionHandle& handle, const Text& municipality) {
           return StoreHandle(handle.region()->store(municipality), true);
         },
         {"municipality"});
  method(
      bound, "municipalities",
      +[](const RegionHandle& handle) { return handle.region()->municipalities(); });
  method(
      bound, "reload", +[](const RegionHandle& handle) { handle.region()->reload(); });
  function(module, "open_region", &open,
           {"file", "passphrase", "recovery_key", "host_key", "idle_minutes", "absolute_minutes",
            "journal_signer", "witness", "home", "keeper"});
}

}  // namespace renraku::python
