// Vendors' applications. Their own calls come by any route, with an assertion instead of a cookie.
#include <renraku/applications.hpp>
#include <renraku/described/application.hpp>

#include "api/api.hpp"

namespace renraku::server {

std::vector<Route> application_routes() {
  return {
      {"GET", "/applications", Access::member,
       [](Call& call) { return json_answer(call.session().applications().list(call.page())); }},
      {"POST", "/applications", Access::member,
       [](Call& call) {
         return json_answer(
             call.session().applications().register_application(call.json<renraku::Application>()));
       }},
      {"GET", "/applications/{id}", Access::member,
       [](Call& call) {
         return json_answer(
             call.session().applications().view(call.record<renraku::Application>()));
       }},
      {"POST", "/applications/{id}/accept", Access::member,
       [](Call& call) {
         return json_answer(
             call.session().applications().accept(call.record<renraku::Application>()));
       }},
      {"POST", "/applications/{id}/revoke", Access::member,
       [](Call& call) {
         return json_answer(
             call.session().applications().revoke(call.record<renraku::Application>()));
       }},
  };
}

}  // namespace renraku::server
