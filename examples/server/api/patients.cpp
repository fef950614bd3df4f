// Patients and care teams.
#include <renraku/described/patient.hpp>
#include <renraku/patients.hpp>

#include "api/api.hpp"
#include "api/search.hpp"

namespace renraku::server {
namespace {

struct NewPatient {
  Person person;
  PatientConsent consent;
  std::string role;
};
RENRAKU_DESCRIBE(NewPatient, person, consent, role)

struct ConsentWithdrawal {
  Id<PatientConsent> id;
  std::int64_t revision = 0;
  Date withdrawn;
};
RENRAKU_DESCRIBE(ConsentWithdrawal, id, revision, withdrawn)

struct PlaceToEnd {
  Id<Member> member;
};
RENRAKU_DESCRIBE(PlaceToEnd, member)

struct Answering {
  Id<TeamRequest> id;
  std::int64_t revision = 0;
  RequestAnswer answer = RequestAnswer::open;
};
RENRAKU_DESCRIBE(Answering, id, revision, answer)

Answer search(Call& call) {
  const auto search = call.json<PatientSearch>();
  return json_answer(call.session().patients().list(search.filter, {search.after, search.size}));
}

Answer search_teams(Call& call) {
  const auto search = call.json<PatientSearch>();
  return json_answer(call.session().patients().teams(search.filter, {search.after, search.size}));
}

Answer add(Call& call) {
  const auto input = call.json<NewPatient>();
  Answer answer =
      json_answer(call.session().patients().add(input.person, input.consent, input.role));
  answer.status = 201;
  return answer;
}

Answer view(Call& call) {
  return json_answer(call.session().patients().view(call.record<Patient>()));
}

Answer change(Call& call) {
  auto changed = call.json<Patient>();
  changed.id = call.record<Patient>();
  return json_answer(call.session().patients().change(changed));
}

Answer record_consent(Call& call) {
  auto consent = call.json<PatientConsent>();
  consent.patient = call.record<Patient>();
  return json_answer(call.session().patients().record_consent(consent));
}

Answer withdraw_consent(Call& call) {
  const auto input = call.json<ConsentWithdrawal>();
  return json_answer(call.session().patients().withdraw_consent(call.record<Patient>(), input.id,
                                                                input.revision, input.withdrawn));
}

Answer add_to_team(Call& call) {
  auto place = call.json<TeamMember>();
  place.patient = call.record<Patient>();
  return json_answer(call.session().patients().add_to_team(place));
}

Answer end_in_team(Call& call) {
  call.session().patients().end_in_team(call.record<Patient>(), call.json<PlaceToEnd>().member);
  return nothing();
}

Answer leave(Call& call) {
  call.session().patients().leave(call.record<Patient>());
  return nothing();
}

Answer ask(Call& call) {
  auto request = call.json<TeamRequest>();
  request.patient = call.record<Patient>();
  call.session().patients().ask_to_join(request);
  return nothing();
}

Answer answer_request(Call& call) {
  const auto input = call.json<Answering>();
  return json_answer(call.session().patients().answer(call.record<Patient>(), input.id,
                                                      input.revision, input.answer));
}

template <class Item>
auto list(Page<Item> (Patients::*method)(const Id<Patient>&, const PageRequest&) const) {
  return [method](Call& call) {
    const Patients patients = call.session().patients();
    return json_answer((patients.*method)(call.record<Patient>(), call.page()));
  };
}

}  // namespace

std::vector<Route> patient_routes() {
  return {
      {"POST", "/patients/search", Access::member, search},
      {"POST", "/patients", Access::member, add},
      {"GET", "/patients/{id}", Access::member, view},
      {"PUT", "/patients/{id}", Access::member, change},
      {"GET", "/patients/{id}/consents", Access::member, list(&Patients::consents)},
      {"POST", "/patients/{id}/consents", Access::member, record_consent},
      {"POST", "/patients/{id}/consents/withdraw", Access::member, withdraw_consent},
      {"GET", "/patients/{id}/team", Access::member, list(&Patients::team)},
      {"POST", "/patients/{id}/team", Access::member, add_to_team},
      {"POST", "/patients/{id}/team/end", Access::member, end_in_team},
      {"POST", "/patients/{id}/team/leave", Access::member, leave},
      {"GET", "/patients/{id}/requests", Access::member, list(&Patients::requests)},
      {"POST", "/patients/{id}/requests", Access::member, ask},
      {"POST", "/patients/{id}/requests/answer", Access::member, answer_request},
      {"POST", "/teams/search", Access::member, search_teams},
  };
}

}  // namespace renraku::server
