#include <renraku/backup.hpp>
#include <renraku/described/member.hpp>
#include <renraku/described/store.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_session(py::module_& module) {
  py::class_<Session> bound(module, "Session");
  bound.def(py::init<const Session&>());
  method(bound, "_member", &Session::member);
  method(bound, "_token", &Session::token);
  method(bound, "change_password", &Session::change_password, {"current", "replacement"});
  method(bound, "reauthenticate", &Session::reauthenticate, {"proof"});
  method(bound, "_on_behalf_of", &Session::on_behalf_of, {"colleague"});
  method(bound, "_backup",
         +[](const Session& session, const std::filesystem::path& folder, const std::string& to_key,
             std::int32_t keep, const std::optional<Date>& keep_until) {
           return make_backup(session, folder, {to_key, keep, keep_until});
         },
         {"folder", "to_key", "keep", "keep_until"});
  method(bound, "sign_out", &Session::sign_out);
}

}  // namespace renraku::python
