// The routes below /api/v1, one file a noun. docs/server.md lists them.
#pragma once

#include <vector>

#include "router.hpp"

namespace renraku::server {

std::vector<Route> session_routes();
std::vector<Route> municipality_routes();
std::vector<Route> member_routes();
std::vector<Route> people_routes();
std::vector<Route> evacuee_routes();
std::vector<Route> roster_routes();
std::vector<Route> organisation_routes();
std::vector<Route> disclosure_routes();
std::vector<Route> application_routes();
std::vector<Route> factor_routes();
std::vector<Route> patient_routes();
std::vector<Route> notice_routes();
std::vector<Route> journal_routes();
std::vector<Route> backup_routes();

/// All of them.
std::vector<Route> api_routes();

}  // namespace renraku::server
