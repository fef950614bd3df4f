/* Members: the people who sign in. */
#ifndef RENRAKU_C_MEMBER_H
#define RENRAKU_C_MEMBER_H

#include <renraku/c/error.h>
#include <renraku/c/page.h>

RENRAKU_BEGIN

struct renraku_session;

typedef struct renraku_member {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality; /* its six-digit code */
  const char* login;        /* unique in the municipality, compared without regard to case */
  const char* name;
  /* 職種: "physician", "nurse", "pharmacist", "home_helper", "care_manager", "city_officer",
   * "fire_dispatcher", "ambulance_crew", "care_need_assessor", "therapist", "dietitian" */
  const char* profession;
  /* "service_administrator", "administrator", "office_administrator", "roster_officer",
   * "professional", "receiver" */
  const char* const* roles;
  uint64_t roles_count;
  const char* status;       /* "active", "suspended" */
  const char* organisation; /* the id of where the member works, or NULL */
} renraku_member;
RENRAKU_PAGE(member);

typedef struct renraku_new_member {
  uint64_t struct_size;
  const char* login;
  const char* name;
  const char* profession; /* NULL: "city_officer" */
  const char* const* roles;
  uint64_t roles_count;
  const char* password;     /* 13 characters or more; 8 once a second factor exists */
  const char* organisation; /* NULL: none; office administrators and receivers need one */
} renraku_new_member;

/* RENRAKU_EXISTS (field "login") for a sign-in name in use, RENRAKU_INVALID (field "password") for
 * one that is too short. */
int32_t renraku_member_add(struct renraku_session* session, const renraku_new_member* input,
                           renraku_member_page** added, renraku_error** error);

/* By sign-in name. */
int32_t renraku_member_list(struct renraku_session* session, const renraku_page_request* request,
                            renraku_member_page** members, renraku_error** error);

int32_t renraku_member_view(struct renraku_session* session, const char* id,
                            renraku_member_page** member, renraku_error** error);

/* Changes name, profession and roles. RENRAKU_CONFLICT for a stale revision, RENRAKU_NOT_PERMITTED
 * when no administrator would be left. */
int32_t renraku_member_change(struct renraku_session* session, const renraku_member* changed,
                              renraku_member_page** result, renraku_error** error);

/* Ends all of the member's sessions at once; what the member wrote stays. */
int32_t renraku_member_suspend(struct renraku_session* session, const char* id,
                               renraku_member_page** result, renraku_error** error);

/* The return of a suspended member. */
int32_t renraku_member_restore(struct renraku_session* session, const char* id,
                               renraku_member_page** result, renraku_error** error);

RENRAKU_END

#endif
