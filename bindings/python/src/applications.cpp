#include <renraku/applications.hpp>
#include <renraku/described/application.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_applications(py::module_& module) {
  py::class_<Applications> bound(module, "Applications");
  bound.def(py::init([](const Session& session) { return session.applications(); }));
  method(bound, "_register_application", &Applications::register_application, {"application"});
  paged<&Applications::list>(bound, "_list");
  method(bound, "view", &Applications::view, {"id"});
  method(bound, "accept", &Applications::accept, {"id"});
  method(bound, "revoke", &Applications::revoke, {"id"});
  function(module, "make_application_key", &make_application_key, {});
  function(module, "make_assertion", &make_assertion, {"assertion", "private_key"});
}

}  // namespace renraku::python
