// The session's municipality and its settings.
#include <renraku/described/municipality.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

struct Wanted {
  TwoFactor two_factor = TwoFactor::off;
};
RENRAKU_DESCRIBE(Wanted, two_factor)

struct WantedIndex {
  bool wanted = false;
};
RENRAKU_DESCRIBE(WantedIndex, wanted)

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
      {"PUT", "/municipality/text-index", Access::member,
       [](Call& call) {
         return json_answer(
             call.session().municipalities().index_texts(call.json<WantedIndex>().wanted));
       }},
  };
}

}  // namespace renraku::server
