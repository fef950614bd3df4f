// The members of the session's municipality.
#include <renraku/described/member.hpp>

#include "api/api.hpp"

namespace renraku::server {

std::vector<Route> member_routes() {
  return {
      {"GET", "/members", Access::member,
       [](Call& call) { return json_answer(call.session().members().list(call.page())); }},
      {"POST", "/members", Access::member,
       [](Call& call) {
         return json_answer(call.session().members().add(call.json<NewMember>()));
       }},
      {"GET", "/members/{id}", Access::member,
       [](Call& call) {
         return json_answer(call.session().members().view(call.record<Member>()));
       }},
      {"PUT", "/members/{id}", Access::member,
       [](Call& call) {
         auto changed = call.json<Member>();
         changed.id = call.record<Member>();
         return json_answer(call.session().members().change(changed));
       }},
      {"POST", "/members/{id}/suspend", Access::member,
       [](Call& call) {
         return json_answer(call.session().members().suspend(call.record<Member>()));
       }},
      {"POST", "/members/{id}/restore", Access::member,
       [](Call& call) {
         return json_answer(call.session().members().restore(call.record<Member>()));
       }},
  };
}

}  // namespace renraku::server
