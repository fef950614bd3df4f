#include <renraku/c/patient.h>

#include <renraku/patients.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"

using namespace renraku;
using namespace renraku::capi;

namespace {

Id<Patient> read_patient(const char* patient) {
  return read_id_of<Patient>(patient, "patient");
}

}  // namespace

int32_t renraku_patient_add(renraku_session* session, const renraku_person* person,
                            const renraku_patient_consent* consent, const char* role,
                            renraku_patient_page** added, renraku_error** error) {
  return deliver(error, added, [&] {
    return at(session).patients().add(read_record<Person>(person, "person"),
                                      read_record<PatientConsent>(consent, "consent"),
                                      role ? role : "");
  });
}

int32_t renraku_patient_list(renraku_session* session, const renraku_patient_filter* filter,
                             const renraku_page_request* request, renraku_patient_line_page** lines,
                             renraku_error** error) {
  return deliver(error, lines, [&] {
    return at(session).patients().list(read_or_default<PatientFilter>(filter, "filter"),
                                       read_page_request(request));
  });
}

int32_t renraku_patient_view(renraku_session* session, const char* id,
                             renraku_patient_sheet_page** sheet, renraku_error** error) {
  return deliver(error, sheet,
                 [&] { return at(session).patients().view(read_id_of<Patient>(id, "id")); });
}

int32_t renraku_patient_change(renraku_session* session, const renraku_patient* changed,
                               renraku_patient_page** result, renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).patients().change(read_record<Patient>(changed, "changed"));
  });
}

int32_t renraku_patient_consent_record(renraku_session* session,
                                       const renraku_patient_consent* consent,
                                       renraku_patient_consent_page** recorded,
                                       renraku_error** error) {
  return deliver(error, recorded, [&] {
    return at(session).patients().record_consent(read_record<PatientConsent>(consent, "consent"));
  });
}

int32_t renraku_patient_consent_withdraw(renraku_session* session, const char* patient,
                                         const char* id, int64_t revision, const char* withdrawn,
                                         renraku_patient_consent_page** result,
                                         renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).patients().withdraw_consent(
        read_patient(patient), read_id_of<PatientConsent>(id, "id"), revision,
        read_parsed<Date>(&need(withdrawn, "withdrawn"), "withdrawn"));
  });
}

int32_t renraku_patient_consent_list(renraku_session* session, const char* patient,
                                     const renraku_page_request* request,
                                     renraku_patient_consent_page** consents,
                                     renraku_error** error) {
  return deliver(error, consents, [&] {
    return at(session).patients().consents(read_patient(patient), read_page_request(request));
  });
}

int32_t renraku_team_view(renraku_session* session, const char* patient,
                          const renraku_page_request* request, renraku_team_line_page** lines,
                          renraku_error** error) {
  return deliver(error, lines, [&] {
    return at(session).patients().team(read_patient(patient), read_page_request(request));
  });
}

int32_t renraku_team_list(renraku_session* session, const renraku_patient_filter* filter,
                          const renraku_page_request* request, renraku_team_overview_page** teams,
                          renraku_error** error) {
  return deliver(error, teams, [&] {
    return at(session).patients().teams(read_or_default<PatientFilter>(filter, "filter"),
                                        read_page_request(request));
  });
}

int32_t renraku_team_add(renraku_session* session, const renraku_team_member* place,
                         renraku_team_member_page** added, renraku_error** error) {
  return deliver(error, added, [&] {
    return at(session).patients().add_to_team(read_record<TeamMember>(place, "place"));
  });
}

int32_t renraku_team_end(renraku_session* session, const char* patient, const char* member,
                         renraku_error** error) {
  return guard(error, [&] {
    at(session).patients().end_in_team(read_patient(patient), read_id_of<Member>(member, "member"));
  });
}

int32_t renraku_team_leave(renraku_session* session, const char* patient, renraku_error** error) {
  return guard(error, [&] { at(session).patients().leave(read_patient(patient)); });
}

int32_t renraku_team_request_make(renraku_session* session, const renraku_team_request* request,
                                  renraku_error** error) {
  return guard(error, [&] {
    at(session).patients().ask_to_join(read_record<TeamRequest>(request, "request"));
  });
}

int32_t renraku_team_request_list(renraku_session* session, const char* patient,
                                  const renraku_page_request* request,
                                  renraku_team_request_page** requests, renraku_error** error) {
  return deliver(error, requests, [&] {
    return at(session).patients().requests(read_patient(patient), read_page_request(request));
  });
}

int32_t renraku_team_request_answer(renraku_session* session, const char* patient, const char* id,
                                    int64_t revision, const char* answer,
                                    renraku_team_request_page** result, renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).patients().answer(
        read_patient(patient), read_id_of<TeamRequest>(id, "id"), revision,
        read_word<RequestAnswer>(&need(answer, "answer"), "answer"));
  });
}
