// Second factors, certificates, and where members are signed in.
#include <renraku/described/factor.hpp>
#include <renraku/factors.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

struct Code {
  std::string code;
};
RENRAKU_DESCRIBE(Code, code)

struct Codes {
  std::vector<std::string> recovery_codes;
};
RENRAKU_DESCRIBE(Codes, recovery_codes)

struct Revocation {
  Uuid id;
};
RENRAKU_DESCRIBE(Revocation, id)

std::vector<Route> own_routes() {
  return {
      {"POST", "/session/totp", Access::member,
       [](Call& call) { return json_answer(call.session().factors().begin_totp()); }},
      {"PUT", "/session/totp", Access::member,
       [](Call& call) {
         return json_answer(Codes{call.session().factors().confirm_totp(call.json<Code>().code)});
       }},
      {"DELETE", "/session/totp", Access::member,
       [](Call& call) {
         call.session().factors().remove_totp();
         return nothing();
       }},
      // What this connection shows; empty where TLS asked for none.
      {"GET", "/session/certificate", Access::member,
       [](Call& call) { return json_answer(call.certificate()); }},
      {"POST", "/session/recovery-codes", Access::member,
       [](Call& call) {
         return json_answer(Codes{call.session().factors().new_recovery_codes()});
       }},
  };
}

std::vector<Route> routes_of_members() {
  return {
      {"GET", "/members/{id}/factors", Access::member,
       [](Call& call) {
         return json_answer(call.session().factors().view(call.record<Member>()));
       }},
      {"DELETE", "/members/{id}/factors", Access::member,
       [](Call& call) {
         call.session().factors().reset(call.record<Member>());
         return nothing();
       }},
      {"GET", "/members/{id}/certificates", Access::member,
       [](Call& call) {
         return json_answer(call.session().factors().certificates(call.record<Member>()));
       }},
      {"POST", "/members/{id}/certificates", Access::member,
       [](Call& call) {
         return json_answer(call.session().factors().bind_certificate(
             call.record<Member>(), call.json<ClientCertificate>()));
       }},
      {"POST", "/members/{id}/certificates/revoke", Access::member,
       [](Call& call) {
         return json_answer(call.session().factors().revoke_certificate(
             call.record<Member>(), Id<Certificate>(call.json<Revocation>().id)));
       }},
      {"GET", "/members/{id}/sessions", Access::member,
       [](Call& call) {
         return json_answer(call.session().factors().sessions(call.record<Member>()));
       }},
      {"POST", "/members/{id}/sessions/revoke", Access::member,
       [](Call& call) {
         call.session().factors().revoke_session(call.record<Member>(), call.json<Revocation>().id);
         return nothing();
       }},
  };
}

}  // namespace

std::vector<Route> factor_routes() {
  std::vector<Route> all = own_routes();
  for (Route& route : routes_of_members()) all.push_back(std::move(route));
  return all;
}

}  // namespace renraku::server
