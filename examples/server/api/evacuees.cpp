// The roster: list, add, view, change.
#include <renraku/described/evacuee.hpp>

#include "api/api.hpp"
#include "api/search.hpp"

namespace renraku::server {
namespace {

struct NewEvacuee {
  Person person;
  Evacuee evacuee;
};
RENRAKU_DESCRIBE(NewEvacuee, person, evacuee)

// By what is no personal data; names are searched by POST.
Answer list(Call& call) {
  EvacueeFilter filter;
  filter.label = call.choice<Label>("label");
  filter.consent = call.choice<Consent>("consent");
  if (const std::string level = call.query("care_level"); !level.empty()) {
    filter.care_level = level;
  }
  return json_answer(call.session().evacuees().list(filter, call.page()));
}

Answer search(Call& call) {
  const auto search = call.json<EvacueeSearch>();
  return json_answer(call.session().evacuees().list(search.filter, {search.after, search.size}));
}

Answer add(Call& call) {
  const auto input = call.json<NewEvacuee>();
  Answer answer = json_answer(call.session().evacuees().add(input.person, input.evacuee));
  answer.status = 201;
  return answer;
}

Answer view(Call& call) {
  return json_answer(call.session().evacuees().view(call.record<Evacuee>()));
}

Answer change(Call& call) {
  auto changed = call.json<Evacuee>();
  changed.id = call.record<Evacuee>();
  return json_answer(call.session().evacuees().change(changed));
}

}  // namespace

std::vector<Route> evacuee_routes() {
  return {
      {"GET", "/evacuees", Access::member, list},
      {"POST", "/evacuees/search", Access::member, search},
      {"POST", "/evacuees", Access::member, add},
      {"GET", "/evacuees/{id}", Access::member, view},
      {"PUT", "/evacuees/{id}", Access::member, change},
  };
}

}  // namespace renraku::server
