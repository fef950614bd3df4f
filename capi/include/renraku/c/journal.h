/* The journal: who did what, when, in what capacity, about whom. */
#ifndef RENRAKU_C_JOURNAL_H
#define RENRAKU_C_JOURNAL_H

#include <renraku/c/error.h>
#include <renraku/c/page.h>

RENRAKU_BEGIN

struct renraku_session;

/* One field of one record, before and after, each as JSON ("null" where there was nothing). */
typedef struct renraku_field_change {
  uint64_t struct_size;
  const char* record_kind;
  const char* record;      /* its id */
  int64_t parent_revision; /* the revision that was changed; 0 where the record was added */
  const char* field;
  const char* before;
  const char* after;
} renraku_field_change;

typedef struct renraku_journal_entry {
  uint64_t struct_size;
  const char* node;         /* the store that wrote the entry */
  const char* municipality; /* its code; "" for the store's own chain */
  int64_t sequence;         /* from 1, without gaps, in each chain of node and municipality */
  int64_t time;
  const char* member;          /* NULL for the holder of a key slot and for failed sign-ins */
  const char* on_behalf;       /* for whom the member acted (代行入力); NULL: for oneself */
  const char* capacity;        /* what permitted it: a role, or "slot_holder" */
  const char* authentication;  /* e.g. "password" */
  const char* action;          /* as the policy table lists it */
  const char* outcome;         /* "done", "refused", "failed" */
  const char* detail;          /* further facts without personal data, or "" */
  const char* const* subjects; /* every person (or other record) that was shown or changed */
  uint64_t subjects_count;
  const renraku_field_change* const* changes; /* none for reads, or where the key was destroyed */
  uint64_t changes_count;
  const char* hash; /* SHA-256 over the entry before and this one, in hex */
} renraku_journal_entry;
RENRAKU_PAGE(journal_entry);

/* Which entries; what is NULL lets all pass. */
typedef struct renraku_journal_filter {
  uint64_t struct_size;
  const char* subject; /* entries that name this person, or other record */
  const char* action;
} renraku_journal_filter;

/* What a proof of the chains found. Without a witness outside the store nobody can tell whether the
 * end was cut together with its head. */
typedef struct renraku_journal_report {
  uint64_t struct_size;
  const char* state; /* "intact", "altered", "missing", "shortened", "forged" */
  int64_t entries;
  const char* municipality; /* chain and number of the first bad entry; "" and 0 when intact */
  int64_t sequence;
  int32_t witnessed;
} renraku_journal_report;
RENRAKU_PAGE(journal_report);

/* Newest first, of the session's municipality, without the changed fields. */
int32_t renraku_journal_list(struct renraku_session* session, const renraku_journal_filter* filter,
                             const renraku_page_request* request,
                             renraku_journal_entry_page** entries, renraku_error** error);

/* Every change of one person, and of the records about that person, oldest first. What the reader
 * may not see of a protected person is left out. */
int32_t renraku_journal_history(struct renraku_session* session, const char* subject,
                                const renraku_page_request* request,
                                renraku_journal_entry_page** entries, renraku_error** error);

/* As renraku_store_verify_journal, by a member. */
int32_t renraku_journal_verify(struct renraku_session* session,
                               renraku_journal_report_page** report, renraku_error** error);

RENRAKU_END

#endif
