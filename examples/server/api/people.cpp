// Residents: find, view, change, protect, erase, and let a member see a protected place.
#include <renraku/described/erasure.hpp>
#include <renraku/described/person.hpp>
#include <renraku/described/place_grant.hpp>

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

struct PlaceToGrant {
  Id<Member> member;
  Date until;
  std::string reason;
};
RENRAKU_DESCRIBE(PlaceToGrant, member, until, reason)

struct GrantToRevoke {
  Id<PlaceGrant> id;
};
RENRAKU_DESCRIBE(GrantToRevoke, id)

struct PersonToErase {
  ErasureReason reason = ErasureReason::request;
};
RENRAKU_DESCRIBE(PersonToErase, reason)

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

Answer grant_place(Call& call) {
  const auto input = call.json<PlaceToGrant>();
  Answer answer = json_answer(call.session().people().grant_place(
      call.record<Person>(), input.member, input.until, input.reason));
  answer.status = 201;
  return answer;
}

Answer place_grants(Call& call) {
  return json_answer(call.session().people().place_grants(call.record<Person>(), call.page()));
}

Answer revoke_place_grant(Call& call) {
  return json_answer(call.session().people().revoke_place_grant(call.record<Person>(),
                                                                call.json<GrantToRevoke>().id));
}

Answer erase(Call& call) {
  return json_answer(
      call.session().people().erase(call.record<Person>(), call.json<PersonToErase>().reason));
}

Answer erasure(Call& call) {
  return json_answer(call.session().people().erasure(call.record<Person>()));
}

}  // namespace

std::vector<Route> people_routes() {
  return {
      {"POST", "/people/search", Access::member, find},
      {"GET", "/people/{id}", Access::member, view},
      {"PUT", "/people/{id}", Access::member, change},
      {"PUT", "/people/{id}/protection", Access::member, protect},
      {"POST", "/people/{id}/erasure", Access::member, erase},
      {"GET", "/people/{id}/erasure", Access::member, erasure},
      {"GET", "/people/{id}/place-grants", Access::member, place_grants},
      {"POST", "/people/{id}/place-grants", Access::member, grant_place},
      {"POST", "/people/{id}/place-grants/revoke", Access::member, revoke_place_grant},
  };
}

}  // namespace renraku::server
