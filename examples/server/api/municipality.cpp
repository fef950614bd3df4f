// The session's municipality and its settings.
#include <renraku/described/municipality.hpp>

#include "api/api.hpp"

namespace renraku::server {

std::vector<Route> municipality_routes() {
  return {
      {"GET", "/municipality", Access::member,
       [](Call& call) { return json_answer(call.session().municipalities().view()); }},
      {"PUT", "/municipality", Access::member,
       [](Call& call) {
         Answer answer =
             json_answer(call.session().municipalities().change(call.json<Municipality>()));
         call.app.refresh_municipalities();
         return answer;
       }},
  };
}

}  // namespace renraku::server
