#include <renraku/described/factor.hpp>
#include <renraku/factors.hpp>
#include <renraku/session.hpp>
#include <renraku/store.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_factors(py::module_& module) {
  py::class_<SignedIn> signed_in(module, "SignedIn");
  method(
      signed_in, "_session", +[](const SignedIn& in) { return in.session; });
  method(
      signed_in, "_second_factor", +[](const SignedIn& in) { return in.second_factor; });
  method(
      signed_in, "_device", +[](const SignedIn& in) { return in.device; });
  method(
      signed_in, "_recoveries", +[](const SignedIn& in) { return in.recoveries; });

  py::class_<Factors> bound(module, "Factors");
  bound.def(py::init([](const Session& session) { return session.factors(); }));
  method(bound, "view", &Factors::view, {"member"});
  method(bound, "begin_totp", &Factors::begin_totp);
  method(bound, "confirm_totp", &Factors::confirm_totp, {"code"});
  method(bound, "remove_totp", &Factors::remove_totp);
  method(bound, "new_recovery_codes", &Factors::new_recovery_codes);
  method(bound, "reset", &Factors::reset, {"member"});
  method(bound, "bind_certificate", &Factors::bind_certificate, {"member", "input"});
  method(bound, "certificates", &Factors::certificates, {"member"});
  method(bound, "revoke_certificate", &Factors::revoke_certificate, {"member", "id"});
  method(bound, "sessions", &Factors::sessions, {"member"});
  method(bound, "revoke_session", &Factors::revoke_session, {"member", "id"});
}

}  // namespace renraku::python
