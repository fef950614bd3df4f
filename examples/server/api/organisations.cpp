// Clinics, visiting-nurse stations, pharmacies, city offices, fire stations.
#include <renraku/described/organisation.hpp>

#include "api/api.hpp"

namespace renraku::server {

std::vector<Route> organisation_routes() {
  return {
      {"GET", "/organisations", Access::member,
       [](Call& call) { return json_answer(call.session().organisations().list(call.page())); }},
      {"POST", "/organisations", Access::member,
       [](Call& call) {
         return json_answer(call.session().organisations().add(call.json<Organisation>()));
       }},
      {"GET", "/organisations/{id}", Access::member,
       [](Call& call) {
         return json_answer(call.session().organisations().view(call.record<Organisation>()));
       }},
      {"PUT", "/organisations/{id}", Access::member,
       [](Call& call) {
         auto changed = call.json<Organisation>();
         changed.id = call.record<Organisation>();
         return json_answer(call.session().organisations().change(changed));
       }},
  };
}

}  // namespace renraku::server
