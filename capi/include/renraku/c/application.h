/* Vendors' applications that sign their users in themselves.
 *
 * An application is off until an administrator registers it. It then asks for one call at a time,
 * with a signed assertion of whose call it is: renraku_assertion_make writes one, and
 * renraku_session_act_as takes it. The form of the text stands in renraku/applications.hpp. */
#ifndef RENRAKU_C_APPLICATION_H
#define RENRAKU_C_APPLICATION_H

#include <renraku/c/error.h>
#include <renraku/c/page.h>
#include <renraku/c/session.h>
#include <renraku/c/store.h>

RENRAKU_BEGIN

/* What an application is registered for. To register one leave id, revision, municipality,
 * revoked and accepted NULL and 0. */
typedef struct renraku_application {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality; /* whose administrator registered it; empty: the service */
  const char* name;
  /* Ed25519 (RFC 8032): 32 bytes in base64url without padding, 43 characters */
  const char* public_key;
  const char* const* municipalities; /* where the service registers: their codes; else none */
  uint64_t municipalities_count;
  const char* const* professions; /* for members of these, e.g. "nurse"; none: for nobody */
  uint64_t professions_count;
  const char* const* actions; /* of the policy, e.g. "person_view"; none: nothing */
  uint64_t actions_count;
  /* ids of the administrators and protection officers for whom it may speak; for others it never
   * does */
  const char* const* members;
  uint64_t members_count;
  int64_t expires; /* microseconds since 1970-01-01T00:00:00Z */
  int32_t revoked;
  /* of `municipalities` those that accepted it: it does not speak in the others yet */
  const char* const* accepted;
  uint64_t accepted_count;
} renraku_application;
RENRAKU_PAGE(application);

/* What an application says of one call. */
typedef struct renraku_assertion {
  uint64_t struct_size;
  const char* application;  /* its id */
  const char* municipality; /* the six-digit code */
  const char* login;        /* the member's sign-in name */
  const char* reference;    /* the application's own mark, at most 200 bytes; a digest is kept */
  int64_t issued_at;        /* 0: now */
  int64_t expires_at;       /* at most 60 seconds later; 0: that */
  /* by what the member proved who it is: "password", "totp", "certificate", "card",
   * "security_key", "biometric" */
  const char* const* factors;
  uint64_t factors_count;
  const char* nonce; /* never used before: 22 to 86 characters of base64url; NULL: made */
} renraku_assertion;

/* A key pair for Ed25519; both halves as 43 characters of base64url. */
typedef struct renraku_application_key {
  uint64_t struct_size;
  const char* private_key; /* stays with the application, like a password */
  const char* public_key;  /* is registered */
} renraku_application_key;
RENRAKU_PAGE(application_key);

/* For administrators: those of a municipality for its own members, the service's for the
 * municipalities that they name. RENRAKU_REAUTHENTICATE unless the session proved not long ago who
 * its member is; RENRAKU_MISSING, RENRAKU_INVALID and RENRAKU_NOT_FOUND naming the field;
 * RENRAKU_NOT_PERMITTED (field "members") where the service names any: that is the municipality's
 * to say. */
int32_t renraku_application_register(renraku_session* session,
                                     const renraku_application* application,
                                     renraku_application_page** registered, renraku_error** error);

/* The municipality's own and those of the service that name it, the newest first. */
int32_t renraku_application_list(renraku_session* session, const renraku_page_request* request,
                                 renraku_application_page** applications, renraku_error** error);

int32_t renraku_application_view(renraku_session* session, const char* id,
                                 renraku_application_page** application, renraku_error** error);

/* For a municipality's administrators: from now on an application of the service speaks for members
 * of the municipality; until then it does not. RENRAKU_REAUTHENTICATE as above; RENRAKU_INVALID for
 * one that was revoked or has expired. */
int32_t renraku_application_accept(renraku_session* session, const char* id,
                                   renraku_application_page** accepted, renraku_error** error);

/* Holds at once, for calls under way too. A municipality takes itself off an application of the
 * service, its acceptance included. There is no change: register anew. */
int32_t renraku_application_revoke(renraku_session* session, const char* id,
                                   renraku_application_page** revoked, renraku_error** error);

/* A new key pair. */
int32_t renraku_application_key_make(renraku_application_key_page** key, renraku_error** error);

/* The signed text of an assertion, to be freed by renraku_text_free. RENRAKU_INVALID (field
 * "private_key") for a key that is none. */
int32_t renraku_assertion_make(const renraku_assertion* assertion, const char* private_key,
                               char** text, renraku_error** error);

/* A session that is good for one call in the member's name and has no token (an empty one):
 * whatever comes next answers RENRAKU_SESSION_ENDED. It may what the member may and the application
 * is registered for. RENRAKU_SIGN_IN_FAILED for an application, key, member or time that does not
 * count, and for an assertion that was used before; RENRAKU_NOT_PERMITTED where the application is
 * not registered for the municipality, or was not accepted there; RENRAKU_SECOND_FACTOR where that
 * requires two factors of different kinds. */
int32_t renraku_session_act_as(renraku_store* store, const char* assertion,
                               renraku_session** session, renraku_error** error);

RENRAKU_END

#endif
