/* The roster of residents who need help to evacuate (避難行動要支援者名簿). */
#ifndef RENRAKU_C_EVACUEE_H
#define RENRAKU_C_EVACUEE_H

#include <renraku/c/person.h>

RENRAKU_BEGIN

/* A column of the city's own that the 26-column layout does not have. */
typedef struct renraku_extra_column {
  uint64_t struct_size;
  const char* name;
  const char* value;
} renraku_extra_column;

/* Why somebody is no longer on the roster: decided by an officer, never by an import. */
typedef struct renraku_withdrawal {
  uint64_t struct_size;
  const char* reason; /* "moved_out", "died", "mistake" */
  const char* date;
} renraku_withdrawal;

/* What 災害対策基本法 49条の10 第2項 lists of a resident, with the plan's items of 49条の14 第3項
 * that rosters carry. */
typedef struct renraku_evacuee {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;            /* its six-digit code */
  const char* person;                  /* who it is: the id of a person */
  const char* reference;               /* 管理番号, zeros kept */
  const char* district;                /* 行政区 */
  const char* reason;                  /* 避難支援等を必要とする事由 */
  const char* care_level;              /* 要介護状態区分 */
  const char* physical_disability;     /* 身体障害者手帳, as written */
  const char* intellectual_disability; /* 療育手帳, as written */
  const char* mental_disability;       /* 精神障害者保健福祉手帳, as written */
  const char* intractable_disease;     /* 難病 */
  const char* medical_devices;         /* 医療機器・電源 */
  const char* consent;                 /* 49条の11 第2項: "unknown", "granted", "refused" */
  const char* consent_written;         /* as written */
  const char* consent_date;            /* NULL: not known */
  const char* plan;                    /* 個別避難計画, as written */
  const char* shelter;                 /* 避難先 */
  const char* supporter;               /* 避難支援等実施者 */
  const char* supporter_contact;       /* and its 連絡先 */
  const char* physician;               /* かかりつけ医 */
  const char* note;                    /* 備考 */
  const char* label;                   /* "none", "red", "blue", "yellow" */
  const renraku_extra_column* const* extra;
  uint64_t extra_count;
  const renraku_withdrawal* withdrawal; /* NULL while on the roster */
  int32_t withheld; /* 1 when protected fields were left out because the reader may not see them */
} renraku_evacuee;
RENRAKU_PAGE(evacuee);

/* One line of the list: what it shows of the evacuee and the person. */
typedef struct renraku_evacuee_line {
  uint64_t struct_size;
  const char* id;
  const char* person;
  const char* reference;
  const char* municipal_number;
  const char* name;
  const char* kana;
  const char* birth_date; /* NULL: unknown */
  const char* sex;        /* "male", "female"; NULL: unknown */
  const char* phone;      /* the first phone's digits */
  const char* consent;
  const char* label;
  const char* district;
  const char* reason;
  const char* care_level;
  int32_t is_protected; /* 1: under protection; where `withheld`, district and phone are left out */
  int32_t withheld;
} renraku_evacuee_line;
RENRAKU_PAGE(evacuee_line);

/* Which lines; what is NULL lets everyone pass. `district` matches no protected person unless the
 * reader is one of the named officers. */
typedef struct renraku_evacuee_filter {
  uint64_t struct_size;
  const char* label;
  const char* district;
  const char* reason; /* anywhere in the reason, in any spelling */
  const char* care_level;
  const char* consent;
  const char* text; /* anywhere in name, kana, number, phone or address, in any spelling */
} renraku_evacuee_filter;

/* The roster by reading, without those withdrawn. A NULL filter lets everyone pass. */
int32_t renraku_evacuee_list(renraku_session* session, const renraku_evacuee_filter* filter,
                             const renraku_page_request* request, renraku_evacuee_line_page** lines,
                             renraku_error** error);

/* Adds a person and the person's entry. Ids, revisions and municipality are the library's to set:
 * leave them NULL and 0. RENRAKU_MISSING (field "name") for a person without name and reading. */
int32_t renraku_evacuee_add(renraku_session* session, const renraku_person* person,
                            const renraku_evacuee* evacuee, renraku_evacuee_page** added,
                            renraku_error** error);

int32_t renraku_evacuee_view(renraku_session* session, const char* id,
                             renraku_evacuee_page** evacuee, renraku_error** error);

/* A field left NULL or 0 becomes empty, so begin with a copy of what renraku_evacuee_view gave.
 * Where fields were withheld from the caller, the stored ones stay. RENRAKU_CONFLICT for a stale
 * revision. */
int32_t renraku_evacuee_change(renraku_session* session, const renraku_evacuee* changed,
                               renraku_evacuee_page** result, renraku_error** error);

RENRAKU_END

#endif
