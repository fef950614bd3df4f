/* Notices: what the member is told. Each has notices of one's own and sees no others. */
#ifndef RENRAKU_C_NOTICE_H
#define RENRAKU_C_NOTICE_H

#include <renraku/c/person.h>

RENRAKU_BEGIN

/* It holds no personal data: ids and kinds, of which a page makes the sentence with what its reader
 * may see. */
typedef struct renraku_notice {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* recipient; /* for whom */
  /* "team_joined", "team_left", "team_ended", "team_asked", "team_declined", "consent_recorded",
   * "consent_withdrawn", "patient_closed" */
  const char* kind;
  const char* subject; /* the record it is about, e.g. a patient */
  const char* member;  /* the member it is about; NULL where it is about none */
  const char* actor;   /* who did it */
  int64_t time;        /* microseconds since 1970-01-01T00:00:00Z */
  int32_t is_read;
  int64_t read_at; /* 0 while unread */
} renraku_notice;
RENRAKU_PAGE(notice);

/* Which notices; all zero lets every one pass. */
typedef struct renraku_notice_filter {
  uint64_t struct_size;
  int32_t unread; /* 1: those not read yet alone */
} renraku_notice_filter;

/* Newest first. */
int32_t renraku_notice_list(renraku_session* session, const renraku_notice_filter* filter,
                            const renraku_page_request* request, renraku_notice_page** notices,
                            renraku_error** error);

/* How many are not read yet. */
int32_t renraku_notice_count_unread(renraku_session* session, int64_t* count,
                                    renraku_error** error);

/* Marks one as read; again does nothing. RENRAKU_NOT_FOUND for a notice that is somebody else's. */
int32_t renraku_notice_read(renraku_session* session, const char* id, renraku_notice_page** notice,
                            renraku_error** error);

RENRAKU_END

#endif
