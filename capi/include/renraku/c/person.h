/* A resident. Identity, addresses, phones and protection of a person exist once; evacuee and every
 * other record about that person refer to it. */
#ifndef RENRAKU_C_PERSON_H
#define RENRAKU_C_PERSON_H

#include <renraku/c/session.h>

RENRAKU_BEGIN

typedef struct renraku_address {
  uint64_t struct_size;
  const char* kind; /* "residence" 住所又は居所, "registered" 住民票の住所 where it differs */
  const char* postal_code; /* seven digits, or "" */
  const char* text;        /* as written */
} renraku_address;

typedef struct renraku_phone {
  uint64_t struct_size;
  const char* kind;    /* "home", "mobile", "other" */
  const char* digits;  /* with the leading 0; "" when what was written is no phone number */
  const char* written; /* as written */
} renraku_phone;

/* Protection of a person whose whereabouts must stay hidden (DV・ストーカー等支援措置). While it is
 * in force, whatever leads to the person's place is shown to the named officers only. */
typedef struct renraku_protection {
  uint64_t struct_size;
  const char* ground; /* 支援措置 and its kind, or the roster's text that raised the suspicion */
  const char* from;   /* first day in force; NULL: from the beginning */
  const char* until;  /* last day in force; NULL: until ended */
  const char* const* officers; /* members who may see everything */
  uint64_t officers_count;
  const char* const* household; /* other persons whom it covers too */
  uint64_t household_count;
  int32_t provisional; /* set by an import; an officer has to confirm or lift it */
} renraku_protection;

typedef struct renraku_person {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality; /* its six-digit code */
  const char* name;         /* as written, 髙 and 﨑 and private-use characters included */
  const char* kana;         /* full-width katakana */
  const char* kana_written; /* as written */
  const char* birth_date;   /* to the day, month or year; NULL: unknown (不詳) */
  const char* birth_written;
  const char* sex; /* "male", "female"; NULL: unknown */
  const renraku_address* const* addresses;
  uint64_t addresses_count;
  const renraku_phone* const* phones;
  uint64_t phones_count;
  const char* municipal_number;         /* 宛名番号: another system's number, not unique */
  const renraku_protection* protection; /* NULL: none */
  int32_t withheld; /* 1 when protected fields were left out because the reader may not see them */
} renraku_person;
RENRAKU_PAGE(person);

/* Who is looked for; every field given must fit, in any spelling: 髙﨑 finds 高崎, ﾜﾀﾅﾍﾞ finds
 * わたなべ, full-width digits find plain ones. Phone and address find no protected person, unless
 * the reader is one of the named officers. */
typedef struct renraku_person_filter {
  uint64_t struct_size;
  const char* name;             /* anywhere in the name */
  const char* kana;             /* anywhere in the reading */
  const char* birth_date;       /* a whole date, in any notation of rosters */
  const char* phone;            /* the whole number; dropped leading zeros are restored */
  const char* municipal_number; /* whole */
  const char* address;          /* anywhere in an address */
  const char* text;             /* anywhere in name, reading, number, phone or address */
} renraku_person_filter;

/* By reading. RENRAKU_MISSING for an empty filter, RENRAKU_INVALID for a birth date or phone that
 * is none. */
int32_t renraku_person_find(renraku_session* session, const renraku_person_filter* filter,
                            const renraku_page_request* request, renraku_person_page** people,
                            renraku_error** error);

int32_t renraku_person_view(renraku_session* session, const char* id, renraku_person_page** person,
                            renraku_error** error);

/* Changes everything but the protection; a field left NULL or 0 becomes empty, so begin with a copy
 * of what renraku_person_view gave. Where fields were withheld from the caller, the stored ones
 * stay. RENRAKU_CONFLICT for a stale revision. */
int32_t renraku_person_change(renraku_session* session, const renraku_person* changed,
                              renraku_person_page** result, renraku_error** error);

/* Of the protection itself the others see that there is one, and while it is provisional its
 * ground; the rest is empty in their copies.
 *
 * Sets, changes or (NULL) lifts a protection. Whoever may set one decides on a provisional one; any
 * other only the officers whom it names. RENRAKU_CONFLICT for a stale revision. */
int32_t renraku_person_protect(renraku_session* session, const char* id, int64_t revision,
                               const renraku_protection* protection, renraku_person_page** result,
                               renraku_error** error);

/* A named officer lets one member of the care team see the place of a person under protection. It
 * counts while that officer is named and the member is in the team, and opens the place alone. */
typedef struct renraku_place_grant {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* person;
  const char* member; /* who may see the place */
  const char* granted_by;
  const char* since;   /* the first day, in Japan */
  const char* until;   /* the last */
  const char* reason;  /* why; needed */
  const char* revoked; /* the day it was taken back, which counts at once; NULL while it stands */
} renraku_place_grant;
RENRAKU_PAGE(place_grant);

/* Grants until that day. The same officer's grant to the same member that stands is revoked.
 * RENRAKU_INVALID (field "member") for a member who is not in the team, (field "until") for a day
 * that is past or more than ninety days ahead; RENRAKU_MISSING without a reason. */
int32_t renraku_person_grant_place(renraku_session* session, const char* person, const char* member,
                                   const char* until, const char* reason,
                                   renraku_place_grant_page** grant, renraku_error** error);

/* All that were ever given, in the order they were; a member to whom one was given sees the own
 * ones alone. */
int32_t renraku_person_place_grants(renraku_session* session, const char* person,
                                    const renraku_page_request* request,
                                    renraku_place_grant_page** grants, renraku_error** error);

/* Takes one back, at once. RENRAKU_NOT_FOUND unless it is the person's, RENRAKU_CONFLICT when it
 * was revoked already. */
int32_t renraku_person_revoke_place_grant(renraku_session* session, const char* person,
                                          const char* id, renraku_place_grant_page** grant,
                                          renraku_error** error);

/* What is left of a person who was erased. It tells nobody who that was. */
typedef struct renraku_erasure {
  uint64_t struct_size;
  const char* person;
  int64_t at;
  const char* erased_by; /* a member's id; NULL where a restored store erased again */
  const char* reason;    /* "request", "retention_over", "mistake", "other" */
  const char* proof;     /* what is signed: lines that say the store, the municipality, the person,
                            when, by whom and why, the last entry of the chain before, and each
                            backup that still holds the person */
  const char* signer;    /* Ed25519, base64url */
  const char* signature;
} renraku_erasure;
RENRAKU_PAGE(erasure);

/* Erases a person: every current row goes, and what the journal's words said; that something was
 * done, by whom and when stays, and the journal still verifies. Can't be undone.
 * RENRAKU_NOT_PERMITTED for a protected person whose place the caller may not see;
 * RENRAKU_CONFLICT (field "protection") where the person's protection covers others. */
int32_t renraku_person_erase(renraku_session* session, const char* id, const char* reason,
                             renraku_erasure_page** erasure, renraku_error** error);

/* The proof of an earlier erasure. RENRAKU_NOT_FOUND. */
int32_t renraku_person_erasure(renraku_session* session, const char* id,
                               renraku_erasure_page** erasure, renraku_error** error);

RENRAKU_END

#endif
