/* How members prove who they are: second factors, certificates, and where they are signed in.
 *
 * A second factor is a code of an authenticator program (TOTP, RFC 6238), with recovery codes for
 * the day the telephone is lost, or a client certificate. Setting up, changing and removing one
 * needs a session that proved not long ago who its member is: RENRAKU_REAUTHENTICATE otherwise.
 * Whoever is named by id is a member of the session's municipality, else RENRAKU_NOT_FOUND. */
#ifndef RENRAKU_C_FACTOR_H
#define RENRAKU_C_FACTOR_H

#include <renraku/c/error.h>
#include <renraku/c/page.h>
#include <renraku/c/session.h>
#include <renraku/c/store.h>

RENRAKU_BEGIN

/* What a member has to prove who it is. */
typedef struct renraku_factor_status {
  uint64_t struct_size;
  const char* member;
  int32_t totp;           /* 1: an authenticator program shows codes for this member */
  int64_t recovery_codes; /* how many are left */
  int64_t certificates;   /* how many are bound */
  /* "present"; else what the municipality wants: "advised", "warned" (will be required before
   * long), "required" */
  const char* second_factor;
} renraku_factor_status;
RENRAKU_PAGE(factor_status);

/* What an authenticator program needs to know; shown once. */
typedef struct renraku_totp_enrolment {
  uint64_t struct_size;
  const char* secret; /* base 32, to be typed in */
  const char* uri;    /* otpauth://…, to be shown as a QR code */
} renraku_totp_enrolment;
RENRAKU_PAGE(totp_enrolment);

/* A client certificate as the TLS layer saw it. The host has verified it against the authority it
 * is configured with, and that the caller holds its key. */
typedef struct renraku_client_certificate {
  uint64_t struct_size;
  const char* fingerprint; /* SHA-256 of the DER form, in hexadecimal digits */
  const char* issuer;      /* distinguished names in one spelling; compared as they are */
  const char* subject;
} renraku_client_certificate;

/* A client certificate that counts as a second factor of a member. */
typedef struct renraku_certificate {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* member;
  const char* fingerprint; /* empty where issuer and subject are bound */
  const char* issuer;
  const char* subject;
  int64_t bound_at;
  int32_t revoked;
} renraku_certificate;
RENRAKU_PAGE(certificate);

/* One place where a member is signed in. */
typedef struct renraku_login_session {
  uint64_t struct_size;
  const char* id;
  const char* member;
  /* "password", "password+totp", "password+recovery_code" or "password+certificate" */
  const char* authentication;
  int64_t opened_at;
  int64_t seen_at;
} renraku_login_session;
RENRAKU_PAGE(login_session);

/* An administrator's account was opened again by the holder of the recovery key. */
typedef struct renraku_access_recovery {
  uint64_t struct_size;
  const char* member; /* whose account */
  int64_t time;
} renraku_access_recovery;
RENRAKU_PAGE(access_recovery);

/* What is brought to a sign-in. All but municipality, login and password can be NULL. */
typedef struct renraku_sign_in {
  uint64_t struct_size;
  const char* municipality;
  const char* login;
  const char* password;
  const char* code; /* of the authenticator program, or a recovery code */
  /* Where the caller is, e.g. its network address as the host itself saw it. Failures are counted
   * apart by it. At most 100 bytes. */
  const char* source;
  const renraku_client_certificate* certificate;
  const char* device; /* what an earlier sign-in gave as renraku_session_device */
  /* 1: gives such a token. A stranger's failures then never keep this device waiting. */
  int32_t remember_device;
} renraku_sign_in;

/* Signs a member in. RENRAKU_SECOND_FACTOR when the password was right and a code or certificate is
 * needed too; RENRAKU_SIGN_IN_FAILED whatever was wrong; RENRAKU_BACK_OFF when there were too many
 * failures from here. */
int32_t renraku_session_sign_in_with(renraku_store* store, const renraku_sign_in* input,
                                     renraku_session** session, renraku_error** error);

/* How the member stood to the second factor at the sign-in, a word of renraku_factor_status; with
 * "required" the session can do nothing but set one up, and is whole from then on. NULL for a
 * session that was not made by renraku_session_sign_in_with. Valid until _free. */
const char* renraku_session_second_factor(const renraku_session* session);

/* The token that remember_device asked for, 64 characters, else NULL. It opens nothing; it shows
 * that the device is no stranger. Valid until _free. */
const char* renraku_session_device(const renraku_session* session);

/* For administrators, as of the sign-in: whose accounts the recovery key opened in the last thirty
 * days. To be shown in a place that nobody overlooks. */
int32_t renraku_session_recoveries(const renraku_session* session,
                                   renraku_access_recovery_page** recoveries,
                                   renraku_error** error);

/* The member proves once more who it is, by the password or a code: exports, keys, roles and
 * factors are open to it for a while. RENRAKU_SIGN_IN_FAILED, RENRAKU_BACK_OFF. */
int32_t renraku_session_reauthenticate(renraku_session* session, const char* proof,
                                       renraku_error** error);

int32_t renraku_factor_view(renraku_session* session, const char* member,
                            renraku_factor_status_page** status, renraku_error** error);

/* Makes a new secret for the session's own member. It counts once confirmed; until then an earlier
 * one stays. RENRAKU_SECOND_FACTOR when the member has a second factor that this session did not
 * prove. */
int32_t renraku_factor_begin_totp(renraku_session* session, renraku_totp_enrolment_page** enrolment,
                                  renraku_error** error);

/* Takes a first code and gives ten recovery codes, one a line, to be freed by renraku_text_free.
 * They are shown this once; each stands in for one code. Ends the member's other sessions.
 * RENRAKU_SIGN_IN_FAILED (field "code") for a wrong code. */
int32_t renraku_factor_confirm_totp(renraku_session* session, const char* code,
                                    char** recovery_codes, renraku_error** error);

/* RENRAKU_SECOND_FACTOR where the municipality requires one and no certificate is left. */
int32_t renraku_factor_remove_totp(renraku_session* session, renraku_error** error);

/* In place of those there are. RENRAKU_NOT_FOUND without TOTP. */
int32_t renraku_factor_new_recovery_codes(renraku_session* session, char** recovery_codes,
                                          renraku_error** error);

/* For a member who lost everything: takes TOTP and recovery codes away and ends all of the member's
 * sessions. Certificates stay. */
int32_t renraku_factor_reset(renraku_session* session, const char* member, renraku_error** error);

/* Binds one certificate by its fingerprint, or whatever an authority issues to a subject by issuer
 * and subject (fingerprint NULL). RENRAKU_INVALID for a fingerprint that is none, RENRAKU_MISSING
 * where neither is whole, RENRAKU_EXISTS when it is bound to a member already. */
int32_t renraku_certificate_bind(renraku_session* session, const char* member,
                                 const renraku_client_certificate* input,
                                 renraku_certificate_page** bound, renraku_error** error);

/* All that were ever bound to the member on one page, the newest first. */
int32_t renraku_certificate_list(renraku_session* session, const char* member,
                                 renraku_certificate_page** certificates, renraku_error** error);

/* Counts at the next sign-in; the member's sessions are ended. */
int32_t renraku_certificate_revoke(renraku_session* session, const char* member, const char* id,
                                   renraku_certificate_page** revoked, renraku_error** error);

/* Where the member is signed in, on one page, the newest first. */
int32_t renraku_session_list(renraku_session* session, const char* member,
                             renraku_login_session_page** sessions, renraku_error** error);

/* Ends one of them at once. RENRAKU_NOT_FOUND unless it is open and the member's. */
int32_t renraku_session_revoke(renraku_session* session, const char* member, const char* id,
                               renraku_error** error);

/* Lets an administrator in again who lost password or second factor: whoever holds the printed
 * recovery key gives a new password, and the member's second factors, back-off and sessions are
 * gone. The journal and the sign-ins of all administrators tell of it. RENRAKU_WRONG_PASSPHRASE,
 * RENRAKU_INVALID for a mistyped key, RENRAKU_NOT_FOUND (field "login"), RENRAKU_NOT_PERMITTED for
 * who is no administrator. */
int32_t renraku_store_recover_administrator(renraku_store* store, const char* recovery_key,
                                            const char* municipality, const char* login,
                                            const char* password, renraku_error** error);

RENRAKU_END

#endif
