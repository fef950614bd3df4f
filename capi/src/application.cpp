#include <renraku/c/application.h>

#include <renraku/applications.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"
#include "store.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_application_register(renraku_session* session,
                                     const renraku_application* application,
                                     renraku_application_page** registered, renraku_error** error) {
  return deliver(error, registered, [&] {
    return at(session).applications().register_application(
        read_record<Application>(application, "application"));
  });
}

int32_t renraku_application_list(renraku_session* session, const renraku_page_request* request,
                                 renraku_application_page** applications, renraku_error** error) {
  return deliver(error, applications,
                 [&] { return at(session).applications().list(read_page_request(request)); });
}

int32_t renraku_application_view(renraku_session* session, const char* id,
                                 renraku_application_page** application, renraku_error** error) {
  return deliver(error, application, [&] {
    return at(session).applications().view(read_id_of<Application>(id, "id"));
  });
}

int32_t renraku_application_accept(renraku_session* session, const char* id,
                                   renraku_application_page** accepted, renraku_error** error) {
  return deliver(error, accepted, [&] {
    return at(session).applications().accept(read_id_of<Application>(id, "id"));
  });
}

int32_t renraku_application_revoke(renraku_session* session, const char* id,
                                   renraku_application_page** revoked, renraku_error** error) {
  return deliver(error, revoked, [&] {
    return at(session).applications().revoke(read_id_of<Application>(id, "id"));
  });
}

int32_t renraku_application_key_make(renraku_application_key_page** key, renraku_error** error) {
  return deliver(error, key, [] { return make_application_key(); });
}

int32_t renraku_assertion_make(const renraku_assertion* assertion, const char* private_key,
                               char** text, renraku_error** error) {
  return deliver_text(error, text, [&] {
    return make_assertion(read_record<Assertion>(assertion, "assertion"),
                          Wiped(private_key, "private_key").text);
  });
}

int32_t renraku_session_act_as(renraku_store* store, const char* assertion,
                               renraku_session** session, renraku_error** error) {
  return deliver(error, session,
                 [&] { return at(store).act_as(read_text(assertion, "assertion")); });
}
