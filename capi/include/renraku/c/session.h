/* A session: a store seen by one member. Everything that a member does goes through one. */
#ifndef RENRAKU_C_SESSION_H
#define RENRAKU_C_SESSION_H

#include <renraku/c/error.h>
#include <renraku/c/member.h>
#include <renraku/c/store.h>

RENRAKU_BEGIN

/* Used by one thread at a time; different sessions of one store run side by side. Any call on it
 * can answer RENRAKU_SESSION_ENDED and RENRAKU_NOT_PERMITTED. */
typedef struct renraku_session renraku_session;

/* Signs a member in. RENRAKU_SIGN_IN_FAILED whatever was wrong; RENRAKU_BACK_OFF when there were
 * too many failures. `municipality` is the six-digit code. */
int32_t renraku_session_sign_in(renraku_store* store, const char* municipality, const char* login,
                                const char* password, renraku_session** session,
                                renraku_error** error);

/* Takes a session up again by its token, e.g. for each request of a server.
 * RENRAKU_SESSION_ENDED. */
int32_t renraku_session_resume(renraku_store* store, const char* token, renraku_session** session,
                               renraku_error** error);

/* Frees the handle; the session itself goes on, for whoever has its token, until it is signed out
 * or runs out. */
void renraku_session_free(renraku_session* session);

/* Ends the session. The handle stays to be freed. */
int32_t renraku_session_sign_out(renraku_session* session, renraku_error** error);

/* 64 characters, valid until _free; whoever has them is the member. NULL for NULL. */
const char* renraku_session_token(const renraku_session* session);

/* Who is signed in, as of the sign-in. */
int32_t renraku_session_member(const renraku_session* session, renraku_member_page** member,
                               renraku_error** error);

/* Changes the member's own password and ends all other sessions of the member.
 * RENRAKU_SIGN_IN_FAILED for a wrong current one, RENRAKU_INVALID for a new one that is too short.
 */
int32_t renraku_session_change_password(renraku_session* session, const char* current,
                                        const char* replacement, renraku_error** error);

RENRAKU_END

#endif
