#include <renraku/described/rotation.hpp>
#include <renraku/rotation.hpp>

#include "calls.hpp"
#include "method.hpp"
#include "nouns.hpp"
#include "store_handle.hpp"

namespace renraku::python {
namespace {

KeyRotation rotate(const StoreHandle& handle, const std::string& municipality,
                   const py::object& progress) {
  Calls calls(progress);
  return calls.during([&] { return rotate_keys(*handle.store(), municipality, calls.progress()); });
}

}  // namespace

void bind_rotation(py::module_& module) {
  function(module, "rotate_keys", &rotate, {"store", "municipality", "progress"});
}

}  // namespace renraku::python
