// The session's municipality and its settings.
#include <renraku/described/municipality.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

struct Wanted {
  TwoFactor two_factor = TwoFactor::off;
};
RENRAKU_DESCRIBE(Wanted, two_factor)

}  // namespace

std::vector<Route> municipality_routes() {
  return {
      {"GET", "/municipality", Access::member,
       [](Call& call) { return json_answer(call.session().municipalities().view()); }},
      {"PUT", "/municipality", Access::member,
       [](Call& call) {
         Answer answer =
             json_answer(call.session().municipalities().change(call.json<Municipality>()));
         call.app.stores.refresh_municipalities();
         return answer;
       }},
      {"PUT", "/municipality/two-factor", Access::member,
       [](Call& call) {
         return json_answer(
             call.session().municipalities().require_two_factor(call.json<Wanted>().two_factor));
       }},
  };
}

}  // namespace renraku::server
