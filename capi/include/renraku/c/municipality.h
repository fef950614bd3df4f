/* A municipality (市区町村) that keeps its records in a store. */
#ifndef RENRAKU_C_MUNICIPALITY_H
#define RENRAKU_C_MUNICIPALITY_H

#include <renraku/c/member.h>
#include <renraku/c/session.h>
#include <renraku/c/store.h>

RENRAKU_BEGIN

typedef struct renraku_municipality {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* code; /* 全国地方公共団体コード: six digits, the last one a check digit */
  const char* name;
  /* Showing the roster to helpers before a disaster (災害対策基本法 49条の11 第2項): "opt_in" with
   * consent alone, "presumed" unless refused after notice, "unless_refused" without asking. */
  const char* disclosure;
  const char* label_red; /* what the three labels are called here */
  const char* label_blue;
  const char* label_yellow;
  /* Whether a second factor is asked for: "off", "warned" or "required". */
  const char* two_factor;
  /* Whether a server keeps by which pairs of characters people are found: "off", "filling" (nobody
   * is found by them yet) or "on". */
  const char* text_index;
} renraku_municipality;
RENRAKU_PAGE(municipality);

/* A municipality and the member who is its administrator and first roster officer. */
typedef struct renraku_new_municipality {
  uint64_t struct_size;
  const char* code;
  const char* name;
  const renraku_new_member* administrator;
} renraku_new_municipality;

/* For the holder of a key slot. RENRAKU_INVALID (field "code") when the check digit is wrong,
 * RENRAKU_EXISTS; for the member as renraku_member_add. */
int32_t renraku_municipality_add(renraku_store* store, const renraku_new_municipality* input,
                                 renraku_municipality_page** added, renraku_error** error);

/* All municipalities of the store, on one page. */
int32_t renraku_municipality_list(renraku_store* store, renraku_municipality_page** municipalities,
                                  renraku_error** error);

/* The municipality of the session. */
int32_t renraku_municipality_view(renraku_session* session,
                                  renraku_municipality_page** municipality, renraku_error** error);

/* Changes name and labels. RENRAKU_CONFLICT for a stale revision, RENRAKU_INVALID for another
 * disclosure policy: see renraku/c/disclosure.h. */
int32_t renraku_municipality_change(renraku_session* session, const renraku_municipality* changed,
                                    renraku_municipality_page** result, renraku_error** error);

/* Switches two_factor. Needs a session that proved not long ago who its member is.
 * RENRAKU_SECOND_FACTOR for "required" by a session that has proved none itself. */
int32_t renraku_municipality_require_two_factor(renraku_session* session, const char* two_factor,
                                                renraku_municipality_page** result,
                                                renraku_error** error);

/* Switches text_index: 1 has a server keep, under the municipality's own key, which pairs of
 * characters people's texts have, 0 takes them away. With them somebody is found by part of a text
 * without opening everybody; the server learns how often each pair occurs, and with which others
 * (docs/security.md). A folder keeps none: there the switch says only what a copy of it on a server
 * does. The work is done in small parts between which others work; `watch` (or NULL) is told how
 * many people are done, and again in place of bytes, and how many there are. However a call was
 * ended, the next one goes on. Needs a session that proved not long ago who its member is.
 * RENRAKU_CANCELLED; RENRAKU_CONFLICT (field "text_index") where somebody switched it off
 * meanwhile.
 */
int32_t renraku_municipality_index_texts(renraku_session* session, int32_t wanted,
                                         const renraku_watch* watch,
                                         renraku_municipality_page** result, renraku_error** error);

RENRAKU_END

#endif
