#include <renraku/described/journal.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_journal(py::module_& module) {
  py::class_<Journal> bound(module, "Journal");
  bound.def(py::init([](const Session& session) { return session.journal(); }));
  paged<&Journal::list>(bound, "_list");
  paged<&Journal::history>(bound, "_history");
  method(bound, "verify", &Journal::verify);
}

}  // namespace renraku::python
