#include <renraku/described/person.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_people(py::module_& module) {
  py::class_<People> bound(module, "People");
  bound.def(py::init([](const Session& session) { return session.people(); }));
  paged<&People::find>(bound, "_find");
  method(bound, "view", &People::view, {"id"});
  method(bound, "change", &People::change, {"changed"});
  method(bound, "protect", &People::protect, {"id", "revision", "protection"});
}

}  // namespace renraku::python
