#include <renraku/described/organisation.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_organisations(py::module_& module) {
  py::class_<Organisations> bound(module, "Organisations");
  bound.def(py::init([](const Session& session) { return session.organisations(); }));
  paged<&Organisations::list>(bound, "_list");
  method(bound, "add", &Organisations::add, {"organisation"});
  method(bound, "view", &Organisations::view, {"id"});
  method(bound, "change", &Organisations::change, {"changed"});
}

}  // namespace renraku::python
