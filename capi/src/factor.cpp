#include <renraku/c/factor.h>

#include <renraku/factors.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"
#include "store.hpp"

using namespace renraku;
using namespace renraku::capi;

namespace {

std::string lines(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) {
    if (!text.empty()) text += '\n';
    text += code;
  }
  return text;
}

/// What a sign-in brings, with the secrets in it overwritten when the call ends.
struct GivenSignIn {
  explicit GivenSignIn(const renraku_sign_in* given) : input(read_record<SignIn>(given, "input")) {}
  GivenSignIn(const GivenSignIn&) = delete;
  GivenSignIn& operator=(const GivenSignIn&) = delete;
  ~GivenSignIn() {
    ::explicit_bzero(input.password.data(), input.password.size());
    ::explicit_bzero(input.code.data(), input.code.size());
  }
  SignIn input;
};

}  // namespace

int32_t renraku_session_sign_in_with(renraku_store* store, const renraku_sign_in* input,
                                     renraku_session** session, renraku_error** error) {
  return deliver(error, session, [&] { return at(store).sign_in(GivenSignIn(input).input); });
}

const char* renraku_session_second_factor(const renraku_session* session) {
  return session && session->told ? session->told->second_factor.c_str() : nullptr;
}

const char* renraku_session_device(const renraku_session* session) {
  if (!session || !session->told || session->told->device.empty()) return nullptr;
  return session->told->device.c_str();
}

int32_t renraku_session_recoveries(const renraku_session* session,
                                   renraku_access_recovery_page** recoveries,
                                   renraku_error** error) {
  return deliver(error, recoveries, [&] {
    const auto& told = need(session, "session").told;
    return told ? told->recoveries : std::vector<AccessRecovery>{};
  });
}

int32_t renraku_session_reauthenticate(renraku_session* session, const char* proof,
                                       renraku_error** error) {
  return guard(error, [&] { at(session).reauthenticate(Wiped(proof, "proof").text); });
}

int32_t renraku_factor_view(renraku_session* session, const char* member,
                            renraku_factor_status_page** status, renraku_error** error) {
  return deliver(error, status,
                 [&] { return at(session).factors().view(read_id_of<Member>(member, "member")); });
}

int32_t renraku_factor_begin_totp(renraku_session* session, renraku_totp_enrolment_page** enrolment,
                                  renraku_error** error) {
  return deliver(error, enrolment, [&] { return at(session).factors().begin_totp(); });
}

int32_t renraku_factor_confirm_totp(renraku_session* session, const char* code,
                                    char** recovery_codes, renraku_error** error) {
  return deliver_text(error, recovery_codes, [&] {
    return lines(at(session).factors().confirm_totp(read_text(code, "code")));
  });
}

int32_t renraku_factor_remove_totp(renraku_session* session, renraku_error** error) {
  return guard(error, [&] { at(session).factors().remove_totp(); });
}

int32_t renraku_factor_new_recovery_codes(renraku_session* session, char** recovery_codes,
                                          renraku_error** error) {
  return deliver_text(error, recovery_codes,
                      [&] { return lines(at(session).factors().new_recovery_codes()); });
}

int32_t renraku_factor_reset(renraku_session* session, const char* member, renraku_error** error) {
  return guard(error, [&] { at(session).factors().reset(read_id_of<Member>(member, "member")); });
}

int32_t renraku_certificate_bind(renraku_session* session, const char* member,
                                 const renraku_client_certificate* input,
                                 renraku_certificate_page** bound, renraku_error** error) {
  return deliver(error, bound, [&] {
    return at(session).factors().bind_certificate(read_id_of<Member>(member, "member"),
                                                  read_record<ClientCertificate>(input, "input"));
  });
}

int32_t renraku_certificate_list(renraku_session* session, const char* member,
                                 renraku_certificate_page** certificates, renraku_error** error) {
  return deliver(error, certificates, [&] {
    return at(session).factors().certificates(read_id_of<Member>(member, "member"));
  });
}

int32_t renraku_certificate_revoke(renraku_session* session, const char* member, const char* id,
                                   renraku_certificate_page** revoked, renraku_error** error) {
  return deliver(error, revoked, [&] {
    return at(session).factors().revoke_certificate(read_id_of<Member>(member, "member"),
                                                    read_id_of<Certificate>(id, "id"));
  });
}

int32_t renraku_session_list(renraku_session* session, const char* member,
                             renraku_login_session_page** sessions, renraku_error** error) {
  return deliver(error, sessions, [&] {
    return at(session).factors().sessions(read_id_of<Member>(member, "member"));
  });
}

int32_t renraku_session_revoke(renraku_session* session, const char* member, const char* id,
                               renraku_error** error) {
  return guard(error, [&] {
    at(session).factors().revoke_session(read_id_of<Member>(member, "member"),
                                         read_parsed<Uuid>(&need(id, "id"), "id"));
  });
}

int32_t renraku_store_recover_administrator(renraku_store* store, const char* recovery_key,
                                            const char* municipality, const char* login,
                                            const char* password, renraku_error** error) {
  return guard(error, [&] {
    const Wiped key(recovery_key, "recovery_key");
    at(store).recover_administrator({key.text}, read_text(municipality, "municipality"),
                                    read_text(login, "login"), Wiped(password, "password").text);
  });
}
