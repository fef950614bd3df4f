#include <renraku/described/municipality.hpp>
#include <renraku/session.hpp>

#include "calls.hpp"
#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

namespace {

Municipality index_texts(const Municipalities& municipalities, bool wanted,
                         const py::object& progress) {
  Calls calls(progress);
  return calls.during([&] { return municipalities.index_texts(wanted, calls.progress()); });
}

}  // namespace

void bind_municipalities(py::module_& module) {
  py::class_<Municipalities> bound(module, "Municipalities");
  bound.def(py::init([](const Session& session) { return session.municipalities(); }));
  method(bound, "view", &Municipalities::view);
  method(bound, "change", &Municipalities::change, {"changed"});
  method(bound, "require_two_factor", &Municipalities::require_two_factor, {"wanted"});
  method(bound, "_index_texts", &index_texts, {"wanted", "progress"});
}

}  // namespace renraku::python
