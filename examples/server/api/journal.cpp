// The journal: who looked, what changed, and whether it is whole.
#include <algorithm>
#include <renraku/described/journal.hpp>
#include <renraku/described/store.hpp>
#include <renraku/described/witness.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

Answer list(Call& call) {
  JournalFilter filter;
  if (const std::string subject = call.query("subject"); !subject.empty()) {
    filter.subject = Uuid::parse(subject, "subject");
  }
  if (const std::string action = call.query("action"); !action.empty()) filter.action = action;
  return json_answer(call.session().journal().list(filter, call.page()));
}

Answer history(Call& call) {
  return json_answer(
      call.session().journal().history(Uuid::parse(call.id, "subject"), call.page()));
}

Answer lookers(Call& call) {
  return json_answer(
      call.session().journal().lookers(Uuid::parse(call.id, "subject"), call.page()));
}

Answer verify(Call& call) {
  return json_answer(call.session().journal().verify());
}

Answer heads(Call& call) {
  return json_answer(call.session().journal().heads());
}

// The whole store is the slot holder's to check, and this process is that; it does so for an
// administrator alone.
Answer check(Call& call) {
  const auto& roles = call.session().member().roles;
  if (std::find(roles.begin(), roles.end(), Role::administrator) == roles.end()) {
    throw Error(ErrorCode::not_permitted, "only an administrator may have the store checked");
  }
  return json_answer(call.app.stores.of(call.session().member().municipality)->check());
}

}  // namespace

std::vector<Route> journal_routes() {
  return {
      {"GET", "/journal", Access::member, list},
      {"GET", "/journal/history/{id}", Access::member, history},
      {"GET", "/journal/lookers/{id}", Access::member, lookers},
      {"POST", "/journal/verify", Access::member, verify},
      {"GET", "/journal/heads", Access::member, heads},
      {"POST", "/check", Access::member, check},
  };
}

}  // namespace renraku::server
