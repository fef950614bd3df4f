#include <renraku/described/notice.hpp>
#include <renraku/notices.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_notices(py::module_& module) {
  py::class_<Notices> bound(module, "Notices");
  bound.def(py::init([](const Session& session) { return session.notices(); }));
  paged<&Notices::list>(bound, "_list");
  method(bound, "count_unread", &Notices::count_unread);
  method(bound, "read", &Notices::read, {"id"});
}

}  // namespace renraku::python
