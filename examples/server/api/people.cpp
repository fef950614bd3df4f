// Residents: find, view, change, protect.
#include <renraku/described/person.hpp>

#include "api/api.hpp"
#include "api/search.hpp"

namespace renraku::server {
namespace {

struct ProtectionChange {
  std::int64_t revision = 0;
  /// null lifts it.
  std::optional<Protection> protection;
};
RENRAKU_DESCRIBE(ProtectionChange, revision, protection)

Answer find(Call& call) {
  const auto search = call.json<PersonSearch>();
  return json_answer(call.session().people().find(search.filter, {search.after, search.size}));
}

Answer view(Call& call) {
  return json_answer(call.session().people().view(call.record<Person>()));
}

Answer change(Call& call) {
  auto changed = call.json<Person>();
  changed.id = call.record<Person>();
  return json_answer(call.session().people().change(changed));
}

Answer protect(Call& call) {
  const auto input = call.json<ProtectionChange>();
  return json_answer(
      call.session().people().protect(call.record<Person>(), input.revision, input.protection));
}

}  // namespace

std::vector<Route> people_routes() {
  return {
      {"POST", "/people/search", Access::member, find},
      {"GET", "/people/{id}", Access::member, view},
      {"PUT", "/people/{id}", Access::member, change},
      {"PUT", "/people/{id}/protection", Access::member, protect},
  };
}

}  // namespace renraku::server
