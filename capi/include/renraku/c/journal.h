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
  int64_t recorded; /* when the entry came into the chain; for a read up to a minute after `time` */
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
  const char* state; /* "intact", "altered", "missing", "shortened", "forged", "forked" */
  int64_t entries;
  const char* municipality; /* chain and number of the first bad entry; "" and 0 when intact */
  int64_t sequence;
  int32_t witnessed;
  /* how often the journal tells that entries of reads were lost on their way into it */
  int64_t reads_lost;
  int64_t archived; /* entries in archives whose files are not where they were put */
} renraku_journal_report;
RENRAKU_PAGE(journal_report);

/* How far a chain had come, signed: no personal data and no secret. Whoever keeps it can prove
 * later that the chain was shortened or rewritten. */
typedef struct renraku_signed_head {
  uint64_t struct_size;
  int64_t time;             /* when the last entry came into the chain */
  const char* node;         /* the store that writes the chain */
  const char* municipality; /* its code; "" for the store's own chain */
  int64_t sequence;         /* the number of the last entry */
  const char* hash;         /* that entry's hash, in hex */
  const char* signer;    /* Ed25519 public key and signature (RFC 8032), in base64url, over the */
  const char* signature; /* text "renraku journal head 1", node, municipality, sequence and hash,
                            each with a line feed behind it */
} renraku_signed_head;
RENRAKU_PAGE(signed_head);

/* That something was taken away in a store, or is there, signed: ids and no personal data. Whoever
 * keeps it can tell a store that is restored from a backup what happened since. Of a member the
 * line with the latest time counts; of all else that it was taken away once does, because it never
 * comes back. */
typedef struct renraku_signed_removal {
  uint64_t struct_size;
  const char* kind; /* "member_suspended", "certificate_revoked", "application_revoked",
                       "application_left" (a municipality took itself off an application of the
                       service), "person_erased", "key_slot_removed", "store_key_replaced"
                       (everything was encrypted anew) */
  const char* id;   /* of the member, certificate, application, person or slot; of a store key, one
                       that does not lead back to it */
  const char* municipality; /* the code of the one that left an application; else "" */
  int32_t taken;            /* 0: it is there, or there again */
  int64_t time;             /* when the witness was told */
  const char* node;         /* the store that says so */
  const char* signer;    /* Ed25519 public key and signature (RFC 8032), in base64url, over the */
  const char* signature; /* text "renraku removal 1", kind, id, municipality, "taken" or "there",
                            time (RFC 3339) and node, each with a line feed behind it */
  const char* const* successions; /* how `signer` came to sign, the oldest first: "signer", the key
                                     before, the key after, and the signature of the one before */
  uint64_t successions_count;
} renraku_signed_removal;

/* Entries of one chain that lie in an archive file. */
typedef struct renraku_journal_segment {
  uint64_t struct_size;
  const char* id;
  const char* node;
  const char* municipality;
  int64_t first; /* numbers of the first and the last entry */
  int64_t last;
  int64_t time;       /* when the last entry came into the chain */
  const char* file;   /* where it was put */
  const char* digest; /* SHA-256 of the file, in hex */
} renraku_journal_segment;
RENRAKU_PAGE(journal_segment);

/* Heads on their way from a witness to the library. */
typedef struct renraku_head_list renraku_head_list;
/* Adds a copy. RENRAKU_INVALID, RENRAKU_INVALID_ARGUMENT. */
int32_t renraku_head_list_add(renraku_head_list* list, const renraku_signed_head* head,
                              renraku_error** error);

/* Removals on their way from a witness to the library. */
typedef struct renraku_removal_list renraku_removal_list;
/* Adds a copy. RENRAKU_INVALID, RENRAKU_INVALID_ARGUMENT. */
int32_t renraku_removal_list_add(renraku_removal_list* list, const renraku_signed_removal* removal,
                                 renraku_error** error);

/* Keep heads: when it returns 0 they are kept, else they come again. Called when nothing is
 * locked, on the thread of whoever calls the store or, when nobody did for an hour, on one of the
 * library's own, by one at a time. */
typedef int32_t (*renraku_witness_record)(void* user, const renraku_signed_head* const* heads,
                                          uint64_t heads_count);
/* Add all that were ever kept, in any order, to `list`; not 0: they can't be read. */
typedef int32_t (*renraku_witness_heads)(void* user, renraku_head_list* list);
/* The same two for what is taken away: right after the act that did, and whenever heads are kept.
 * What was ever kept is asked for each time, so that only what is new is handed over. */
typedef int32_t (*renraku_witness_record_removals)(void* user,
                                                   const renraku_signed_removal* const* removals,
                                                   uint64_t removals_count);
typedef int32_t (*renraku_witness_removals)(void* user, renraku_removal_list* list);

/* Who remembers heads and removals outside the store: a file, or the host by its callbacks. */
typedef struct renraku_witness {
  uint64_t struct_size;
  const char* file; /* one line of JSON a head or removal, made where there is none; else NULL */
  renraku_witness_record record;
  renraku_witness_heads heads;
  void* user;                                      /* handed to all */
  renraku_witness_record_removals record_removals; /* these two both or neither: without, it */
  renraku_witness_removals removals; /* remembers heads alone, and tells no restored store what was
                                        taken away since its backup */
} renraku_witness;

/* Sign `message` with Ed25519 into `signature`, 64 bytes; not 0: it can't be signed, and the act is
 * undone. Called with each commit, by one thread at a time, which may be one of the library's own;
 * it must not call into the store. */
typedef int32_t (*renraku_sign_callback)(void* user, const uint8_t* message, uint64_t message_size,
                                         uint8_t* signature);

/* Who signs heads with a key that does not lie in the store: a file, or the host. */
typedef struct renraku_journal_signer {
  uint64_t struct_size;
  const char* file; /* the key's file, made where there is none; keep it apart from the store */
  const uint8_t* public_key; /* 32 bytes; with `sign` */
  uint64_t public_key_size;
  renraku_sign_callback sign;
  void* user; /* handed to it */
} renraku_journal_signer;

/* Newest first, of the session's municipality, without the changed fields. Where older entries lie
 * in archives, a last one of action "journal_archive", without node and hash, says how many. */
int32_t renraku_journal_list(struct renraku_session* session, const renraku_journal_filter* filter,
                             const renraku_page_request* request,
                             renraku_journal_entry_page** entries, renraku_error** error);

/* Every change of one person, and of the records about that person, oldest first. What the reader
 * may not see of a protected person is left out. */
int32_t renraku_journal_history(struct renraku_session* session, const char* subject,
                                const renraku_page_request* request,
                                renraku_journal_entry_page** entries, renraku_error** error);

/* Who has looked at, or changed, one person or patient (for the care team too) or oneself: the
 * entries that name the subject, newest first, without what else they name. */
int32_t renraku_journal_lookers(struct renraku_session* session, const char* subject,
                                const renraku_page_request* request,
                                renraku_journal_entry_page** entries, renraku_error** error);

/* As renraku_store_verify_journal, by a member. */
int32_t renraku_journal_verify(struct renraku_session* session,
                               renraku_journal_report_page** report, renraku_error** error);
/* The same with another witness than the store's. What it can't tell is RENRAKU_DAMAGED (field
 * "witness") or RENRAKU_IO. */
int32_t renraku_journal_verify_with(struct renraku_session* session, const renraku_witness* witness,
                                    renraku_journal_report_page** report, renraku_error** error);

/* Where all chains of the store stand, on one page: what a witness is given. */
int32_t renraku_journal_heads(struct renraku_session* session, renraku_signed_head_page** heads,
                              renraku_error** error);

RENRAKU_END

#endif
