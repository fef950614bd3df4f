/* Organisations: where the people who help work. */
#ifndef RENRAKU_C_ORGANISATION_H
#define RENRAKU_C_ORGANISATION_H

#include <renraku/c/error.h>
#include <renraku/c/page.h>

RENRAKU_BEGIN

struct renraku_session;

typedef struct renraku_organisation {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality; /* its six-digit code */
  /* "clinic", "visiting_nurse_station", "pharmacy", "city_office", "fire_station",
   * "home_care_office", "care_manager_office", "police_station", "commissioned_welfare",
   * "social_welfare_council", "voluntary_disaster", "other" */
  const char* kind;
  const char* name;
  const char* kana;             /* full-width katakana; the list is in its order */
  const char* phone;            /* as written */
  const char* address;          /* as written */
  const char* const* districts; /* 行政区 that it serves */
  uint64_t districts_count;
} renraku_organisation;
RENRAKU_PAGE(organisation);

/* Id, revision and municipality are the library's to set: leave them NULL and 0. RENRAKU_MISSING
 * (field "name") without a name. */
int32_t renraku_organisation_add(struct renraku_session* session,
                                 const renraku_organisation* organisation,
                                 renraku_organisation_page** added, renraku_error** error);

/* By reading. */
int32_t renraku_organisation_list(struct renraku_session* session,
                                  const renraku_page_request* request,
                                  renraku_organisation_page** organisations, renraku_error** error);

int32_t renraku_organisation_view(struct renraku_session* session, const char* id,
                                  renraku_organisation_page** organisation, renraku_error** error);

/* RENRAKU_CONFLICT for a stale revision. */
int32_t renraku_organisation_change(struct renraku_session* session,
                                    const renraku_organisation* changed,
                                    renraku_organisation_page** result, renraku_error** error);

RENRAKU_END

#endif
