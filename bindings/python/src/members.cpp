#include <renraku/described/account.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_members(py::module_& module) {
  py::class_<Members> bound(module, "Members");
  bound.def(py::init([](const Session& session) { return session.members(); }));
  paged<&Members::list>(bound, "_list");
  method(bound, "_add", &Members::add, {"member"});
  method(bound, "view", &Members::view, {"id"});
  method(bound, "change", &Members::change, {"changed"});
  method(bound, "suspend", &Members::suspend, {"id"});
  method(bound, "restore", &Members::restore, {"id"});
  method(bound, "reset_password", &Members::reset_password, {"id", "replacement"});
  method(bound, "_import_accounts", &Members::import_accounts, {"file", "options"});
  paged<&Members::colleagues>(bound, "_colleagues");
}

}  // namespace renraku::python
