/* Who may see the roster before a disaster: what people agreed to, on what ground the municipality
 * shows it, and what was handed to whom (災害対策基本法 49条の11 and 49条の15).
 *
 * A receiver (避難支援等関係者) is an organisation of one of the kinds "fire_station",
 * "police_station", "commissioned_welfare", "social_welfare_council", "voluntary_disaster" and
 * "other"; its members with the role "receiver" see the people of its districts (for fire and
 * police without districts: of the whole municipality) whom the policy in force shows to it, and
 * nobody else. Whoever is under protection, or was taken off the roster, is shown to no receiver,
 * is found by none and counted for none.
 *
 * Purposes: "list" (name, birth date, sex, address, phone, district, reason, note), "plan" (plan,
 * shelter, supporter), "medical" (devices, intractable disease, physician). Plan and medical are
 * shown to whom the list is shown, and always need that the person agreed. */
#ifndef RENRAKU_C_DISCLOSURE_H
#define RENRAKU_C_DISCLOSURE_H

#include <renraku/c/roster.h>

RENRAKU_BEGIN

/* --- what people said ------------------------------------------------------------------------- */

/* One thing that a person, or somebody for the person, said about being shown. Kept for good. Of
 * all that speaks of a purpose and a receiver the newest counts, and where dates do not tell which
 * is newer, the refusal. The consent of renraku_evacuee is one more of them: for the list and every
 * receiver. */
typedef struct renraku_roster_consent {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* person;
  const char* purpose;     /* a plan's is recorded when the person and the supporter agree */
  const char* receiver;    /* a kind that receives; NULL: all of them */
  const char* state;       /* "granted", "refused", "withdrawn" */
  const char* date;        /* never after today; NULL: unknown */
  const char* given_by;    /* who said it; "" when it was the person */
  const char* capacity;    /* "self", "agent", "family", "guardian", "other" */
  const char* form;        /* "paper", "oral", "telephone", "electronic", "other" */
  const char* evidence;    /* what proves it: a file's name, its SHA-256, a shelf */
  const char* recorded_by; /* these two are set by the library */
  int64_t recorded_at;
  int32_t withheld; /* 1: given_by and evidence were left out, the person is under protection */
} renraku_roster_consent;
RENRAKU_PAGE(roster_consent);

/* Adds to a person's history. RENRAKU_NOT_FOUND for a person who is not here, RENRAKU_INVALID for a
 * receiver of a kind that receives nothing, or a date after today. */
int32_t renraku_roster_consent_record(renraku_session* session,
                                      const renraku_roster_consent* consent,
                                      renraku_roster_consent_page** recorded,
                                      renraku_error** error);

/* What was recorded of a person, newest first. */
int32_t renraku_roster_consent_list(renraku_session* session, const char* person,
                                    const renraku_page_request* request,
                                    renraku_roster_consent_page** consents, renraku_error** error);

/* --- on what ground it is shown --------------------------------------------------------------- */

/* From when on which policy holds. Proposed by one officer, decided by another. Of the adopted ones
 * the last that is valid counts; before the first one, "opt_in" does. */
typedef struct renraku_disclosure_rule {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* kind;       /* as renraku_municipality.disclosure */
  const char* ordinance;  /* its name; needed by every kind but "opt_in" */
  const char* valid_from; /* the first day, a whole date; needed */
  /* When people were told, and until when they could object; needed by "presumed", where silence
   * counts from the day after the deadline. */
  const char* notice_sent;
  const char* objection_deadline;
  const char* state; /* "proposed", "adopted", "declined"; set by the library, as is the rest */
  const char* proposed_by;
  int64_t proposed_at;
  const char* decided_by; /* NULL while nobody decided */
  int64_t decided_at;     /* 0 while nobody decided */
} renraku_disclosure_rule;
RENRAKU_PAGE(disclosure_rule);

/* Newest first. */
int32_t renraku_disclosure_rule_list(renraku_session* session, const renraku_page_request* request,
                                     renraku_disclosure_rule_page** rules, renraku_error** error);

/* How many people the receivers of one kind see, in all the districts they serve together; under
 * today's rule, and under the other one once silence counts. */
typedef struct renraku_disclosure_preview {
  uint64_t struct_size;
  const char* receiver;  /* the kind */
  int64_t organisations; /* how many organisations of the kind there are */
  int64_t visible_now;
  int64_t visible_then;
} renraku_disclosure_preview;
RENRAKU_PAGE(disclosure_preview);

/* What the rule would change, a line for each kind of receiver, on one page; names nobody.
 * RENRAKU_MISSING and RENRAKU_INVALID for a rule that could not be proposed. */
int32_t renraku_disclosure_rule_preview(renraku_session* session,
                                        const renraku_disclosure_rule* rule,
                                        renraku_disclosure_preview_page** preview,
                                        renraku_error** error);

/* RENRAKU_MISSING without what the rule's kind needs, RENRAKU_INVALID for a deadline before the
 * notice. Needs a fresh proof of who the officer is (RENRAKU_REAUTHENTICATE), as deciding does. */
int32_t renraku_disclosure_rule_propose(renraku_session* session,
                                        const renraku_disclosure_rule* rule,
                                        renraku_disclosure_rule_page** proposed,
                                        renraku_error** error);

/* Another officer adopts (1) or declines (0) it. RENRAKU_NOT_PERMITTED for the one who proposed it,
 * RENRAKU_CONFLICT for a stale revision or a rule that is decided. */
int32_t renraku_disclosure_rule_decide(renraku_session* session, const char* id, int64_t revision,
                                       int32_t adopt, renraku_disclosure_rule_page** decided,
                                       renraku_error** error);

/* --- what was handed out ---------------------------------------------------------------------- */

/* A file that was handed to a receiver. Who the people are stands in the journal, under each. */
typedef struct renraku_disclosure {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* receiver; /* the organisation */
  const char* purpose;
  const char* rule; /* the rule that it was made under; NULL for the law's default */
  const char* made_by;
  int64_t made_at;
  int64_t people;          /* how many people it names */
  const char* received_by; /* who took it at the receiver's, and when */
  const char* received_on;
  const char* return_by; /* by when it has to come back or be destroyed, and when it was */
  const char* returned_on;
} renraku_disclosure;
RENRAKU_PAGE(disclosure);

typedef struct renraku_disclosure_options {
  uint64_t struct_size;
  const char* encoding; /* "cp932" (also for NULL) or "utf-8-bom" */
  const char* return_by;
} renraku_disclosure_options;

typedef struct renraku_disclosure_report {
  uint64_t struct_size;
  const char* disclosure;
  int64_t people;
  const renraku_unencodable_cell* const* unencodable;
  uint64_t unencodable_count;
} renraku_disclosure_report;
RENRAKU_PAGE(disclosure_report);

/* Writes a CSV file (the roster's columns) of the people disclosed to the organisation `receiver`
 * for `purpose` today: with "plan" and "medical" only those who agreed to it. It is recorded first:
 * a file without a record is never there; a record whose file could not be put in its place
 * (RENRAKU_IO, RENRAKU_DISK_FULL) is. RENRAKU_EXISTS when the file is there already,
 * RENRAKU_NOT_FOUND for an organisation that is not here, RENRAKU_INVALID for one that receives
 * nothing, RENRAKU_CANCELLED, RENRAKU_REAUTHENTICATE. `options` and `watch` may be NULL. */
int32_t renraku_disclosure_make(renraku_session* session, const char* receiver, const char* purpose,
                                const char* file, const renraku_disclosure_options* options,
                                const renraku_watch* watch, renraku_disclosure_report_page** report,
                                renraku_error** error);

typedef struct renraku_disclosure_filter {
  uint64_t struct_size;
  const char* receiver; /* NULL: every receiver */
  int32_t overdue;      /* 1: only those that should have come back before today and have not */
} renraku_disclosure_filter;

/* Newest first. */
int32_t renraku_disclosure_list(renraku_session* session, const renraku_disclosure_filter* filter,
                                const renraku_page_request* request,
                                renraku_disclosure_page** disclosures, renraku_error** error);

/* Who took it, and when. RENRAKU_MISSING without a name, RENRAKU_INVALID for a day after today,
 * RENRAKU_CONFLICT for a stale revision. */
int32_t renraku_disclosure_record_receipt(renraku_session* session, const char* id,
                                          int64_t revision, const char* received_by,
                                          const char* received_on, renraku_disclosure_page** result,
                                          renraku_error** error);

/* It came back or was destroyed. */
int32_t renraku_disclosure_record_return(renraku_session* session, const char* id, int64_t revision,
                                         const char* returned_on, renraku_disclosure_page** result,
                                         renraku_error** error);

/* --- what a receiver sees --------------------------------------------------------------------- */

typedef struct renraku_disclosed_line {
  uint64_t struct_size;
  const char* person;
  const char* name;
  const char* kana;
  const char* birth_date;
  const char* sex;
  const char* phone; /* the first phone's digits */
  const char* district;
} renraku_disclosed_line;
RENRAKU_PAGE(disclosed_line);

typedef struct renraku_disclosed_filter {
  uint64_t struct_size;
  const char* district;
  const char* text; /* found anywhere in name, kana, phone or address, in any spelling */
} renraku_disclosed_filter;

/* Whom the own organisation may see, by reading. */
int32_t renraku_disclosed_list(renraku_session* session, const renraku_disclosed_filter* filter,
                               const renraku_page_request* request,
                               renraku_disclosed_line_page** lines, renraku_error** error);

/* Fields of purposes that are not disclosed are "". */
typedef struct renraku_disclosed_evacuee {
  uint64_t struct_size;
  const char* person;
  const char* const* purposes; /* which are disclosed */
  uint64_t purposes_count;
  const char* name;
  const char* kana;
  const char* birth_date;
  const char* sex;
  const renraku_address* const* addresses;
  uint64_t addresses_count;
  const renraku_phone* const* phones;
  uint64_t phones_count;
  const char* district;
  const char* reason;
  const char* note;
  const char* plan;
  const char* shelter;
  const char* supporter;
  const char* supporter_contact;
  const char* medical_devices;
  const char* intractable_disease;
  const char* physician;
} renraku_disclosed_evacuee;
RENRAKU_PAGE(disclosed_evacuee);

/* RENRAKU_NOT_PERMITTED for everybody who is not disclosed, known here or not. */
int32_t renraku_disclosed_view(renraku_session* session, const char* person,
                               renraku_disclosed_evacuee_page** evacuee, renraku_error** error);

RENRAKU_END

#endif
