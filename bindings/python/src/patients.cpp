#include <renraku/described/patient.hpp>
#include <renraku/patients.hpp>
#include <renraku/session.hpp>

#include "method.hpp"
#include "nouns.hpp"

namespace renraku::python {

void bind_patients(py::module_& module) {
  py::class_<Patients> bound(module, "Patients");
  bound.def(py::init([](const Session& session) { return session.patients(); }));
  method(bound, "_add", &Patients::add, {"person", "consent", "role"});
  paged<&Patients::list>(bound, "_list");
  method(bound, "view", &Patients::view, {"id"});
  method(bound, "change", &Patients::change, {"changed"});
  method(bound, "record_consent", &Patients::record_consent, {"consent"});
  method(bound, "withdraw_consent", &Patients::withdraw_consent,
         {"patient", "id", "revision", "withdrawn"});
  paged<&Patients::consents>(bound, "_consents");
  paged<&Patients::team>(bound, "_team");
  paged<&Patients::teams>(bound, "_teams");
  method(bound, "_add_to_team", &Patients::add_to_team, {"place"});
  method(bound, "end_in_team", &Patients::end_in_team, {"patient", "member"});
  method(bound, "leave", &Patients::leave, {"patient"});
  method(bound, "_ask_to_join", &Patients::ask_to_join, {"request"});
  paged<&Patients::requests>(bound, "_requests");
  method(bound, "answer", &Patients::answer, {"patient", "id", "revision", "answer"});
}

}  // namespace renraku::python
