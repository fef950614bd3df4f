#include <renraku/described/erasure.hpp>
#include <renraku/described/person.hpp>
#include <renraku/described/place_grant.hpp>
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
  method(bound, "_grant_place", &People::grant_place, {"person", "member", "until", "reason"});
  paged<&People::place_grants>(bound, "_place_grants");
  method(bound, "erase", &People::erase, {"id", "reason"});
  method(bound, "erasure", &People::erasure, {"id"});
  method(bound, "revoke_place_grant", &People::revoke_place_grant, {"person", "id"});
}

}  // namespace renraku::python
