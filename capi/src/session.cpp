#include "session.hpp"

#include "call.hpp"
#include "pages.hpp"
#include "store.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_session_sign_in(renraku_store* store, const char* municipality, const char* login,
                                const char* password, renraku_session** session,
                                renraku_error** error) {
  return deliver(error, session, [&] {
    return at(store).sign_in(read_text(municipality, "municipality"), read_text(login, "login"),
                             Wiped(password, "password").text);
  });
}

int32_t renraku_session_resume(renraku_store* store, const char* token, renraku_session** session,
                               renraku_error** error) {
  return deliver(error, session, [&] { return at(store).resume(Wiped(token, "token").text); });
}

void renraku_session_free(renraku_session* session) {
  delete session;
}

int32_t renraku_session_sign_out(renraku_session* session, renraku_error** error) {
  return guard(error, [&] { at(session).sign_out(); });
}

const char* renraku_session_token(const renraku_session* session) {
  return session ? session->session.token().c_str() : nullptr;
}

int32_t renraku_session_member(const renraku_session* session, renraku_member_page** member,
                               renraku_error** error) {
  return deliver(error, member, [&] { return at(session).member(); });
}

int32_t renraku_session_change_password(renraku_session* session, const char* current,
                                        const char* replacement, renraku_error** error) {
  return guard(error, [&] {
    at(session).change_password(Wiped(current, "current").text,
                                Wiped(replacement, "replacement").text);
  });
}
