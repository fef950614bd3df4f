#include "api/api.hpp"

namespace renraku::server {

std::vector<Route> api_routes() {
  std::vector<Route> all;
  for (auto* noun :
       {session_routes, municipality_routes, member_routes, people_routes, evacuee_routes,
        roster_routes, organisation_routes, disclosure_routes, application_routes, factor_routes,
        patient_routes, notice_routes, journal_routes, backup_routes}) {
    for (Route& route : noun()) all.push_back(std::move(route));
  }
  return all;
}

}  // namespace renraku::server
