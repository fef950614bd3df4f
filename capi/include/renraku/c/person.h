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

/* Sets, changes or (NULL) lifts a protection. Whoever may set one decides on a provisional one; any
 * other only the officers whom it names. RENRAKU_CONFLICT for a stale revision. */
int32_t renraku_person_protect(renraku_session* session, const char* id, int64_t revision,
                               const renraku_protection* protection, renraku_person_page** result,
                               renraku_error** error);

RENRAKU_END

#endif
