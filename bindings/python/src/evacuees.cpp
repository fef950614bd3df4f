#include <renraku/described/evacuee.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_evacuees(py::module_& module) {
  py::class_<Evacuees> bound(module, "Evacuees");
  bound.def(py::init([](const Session& session) { return session.evacuees(); }));
  paged<&Evacuees::list>(bound, "_list");
  method(bound, "add", &Evacuees::add, {"person", "evacuee"});
  method(bound, "view", &Evacuees::view, {"id"});
  method(bound, "change", &Evacuees::change, {"changed"});
}

}  // namespace renraku::python
