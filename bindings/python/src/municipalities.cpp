#include <renraku/described/municipality.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_municipalities(py::module_& module) {
  py::class_<Municipalities> bound(module, "Municipalities");
  bound.def(py::init([](const Session& session) { return session.municipalities(); }));
  method(bound, "view", &Municipalities::view);
  method(bound, "change", &Municipalities::change, {"changed"});
  method(bound, "require_two_factor", &Municipalities::require_two_factor, {"wanted"});
}

}  // namespace renraku::python
