/* Patients and care teams: only the team sees a patient. */
#ifndef RENRAKU_C_PATIENT_H
#define RENRAKU_C_PATIENT_H

#include <renraku/c/person.h>

RENRAKU_BEGIN

/* A person who is cared for at home by people of several offices. */
typedef struct renraku_patient {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality; /* its six-digit code */
  const char* person;       /* who it is: the id of a person */
  const char* registered;   /* a day */
  const char* closed;       /* the day the care here ended; NULL while it goes on */
} renraku_patient;
RENRAKU_PAGE(patient);

/* A consent form (同意書). Several can stand beside each other; each ends when it is withdrawn. */
typedef struct renraku_patient_consent {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* patient;
  const char* form; /* which form was signed, and where the paper is kept */
  const char* date; /* the day it was signed */
  /* With whom the person agrees to share: "team", "wide_area", "emergency", "family" */
  const char* const* scopes;
  uint64_t scopes_count;
  const char* withdrawn; /* the day it was withdrawn; NULL while it stands */
} renraku_patient_consent;
RENRAKU_PAGE(patient_consent);

/* A member's place in the team of a patient (担当メンバー). */
typedef struct renraku_team_member {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* patient;
  const char* member;
  const char* role;  /* what the member does for the patient; NULL: the profession says it */
  int32_t lead;      /* 1: adds and ends the team's members */
  const char* since; /* the day the place was given; the library sets it */
  const char* until; /* the first day on which it no longer counts; NULL without an end */
} renraku_team_member;
RENRAKU_PAGE(team_member);

/* One line of a team: the place and who has it. */
typedef struct renraku_team_line {
  uint64_t struct_size;
  const char* id;
  const char* member;
  const char* name;
  const char* profession;   /* as in renraku_member */
  const char* organisation; /* NULL: none */
  const char* role;
  int32_t lead;
  const char* since;
  const char* until;
  int32_t active; /* 0 for who left, whose place ended, or whose account is suspended */
} renraku_team_line;
RENRAKU_PAGE(team_line);

/* Somebody asks that a member joins a team. It needs a second person. */
typedef struct renraku_team_request {
  uint64_t struct_size;
  const char* id;
  int64_t revision;
  const char* municipality;
  const char* patient;
  const char* member; /* who is to join */
  const char* asker;  /* who asks */
  const char* role;   /* what the member will do for the patient */
  const char* reason;
  int64_t asked_at;     /* microseconds since 1970-01-01T00:00:00Z */
  const char* answer;   /* "open", "accepted", "declined" */
  const char* answerer; /* NULL while open */
  int64_t answered_at;  /* 0 while open */
} renraku_team_request;
RENRAKU_PAGE(team_request);

/* A patient as the team sees it. */
typedef struct renraku_patient_sheet {
  uint64_t struct_size;
  const renraku_patient* patient;
  /* Without the place, and `withheld`, where the person is under protection and the reader may not
   * see it. */
  const renraku_person* person;
  const char* const* scopes; /* what the consents that stand cover together */
  uint64_t scopes_count;
} renraku_patient_sheet;
RENRAKU_PAGE(patient_sheet);

/* One line of the list: a patient of the reader's own. */
typedef struct renraku_patient_line {
  uint64_t struct_size;
  const char* id;
  const char* person;
  const char* name;
  const char* kana;
  const char* birth_date; /* NULL: unknown */
  const char* sex;        /* "male", "female"; NULL: unknown */
  const char* closed;     /* NULL while the care goes on */
  const char* role;       /* the reader's place in the team */
  int32_t lead;
  int32_t is_protected; /* 1: the person is under protection */
} renraku_patient_line;
RENRAKU_PAGE(patient_line);

/* Which patients; all zero lets everyone pass whose care goes on. */
typedef struct renraku_patient_filter {
  uint64_t struct_size;
  /* Anywhere in name, kana, 宛名番号, phone or address, in any spelling; the latter two find no
   * protected person whose place is hidden from the reader. */
  const char* text;
  int32_t closed; /* 1: those whose care here ended, instead of those whose goes on */
} renraku_patient_filter;

/* A team as administrators see it: whose it is and how many are in it, nothing else. */
typedef struct renraku_team_overview {
  uint64_t struct_size;
  const char* patient;
  const char* name;
  const char* kana;
  int64_t members; /* active ones */
  int64_t leads;   /* 0: the team waits for a new lead */
} renraku_team_overview;
RENRAKU_PAGE(team_overview);

/* The team of a patient is the members with a place in it that has not ended and an account that is
 * active, as of each call. Whoever is not in it gets RENRAKU_NOT_PERMITTED, whether there is such a
 * patient or not. While no consent to the team stands, the leads alone see the patient: they have
 * to end the others' places and close it, or record a new consent. Whatever a lead may do to the
 * team, a care manager in it may too. The person is viewed and changed by renraku_person_view and
 * renraku_person_change. */

/* Registers a new person as a patient, with the consent; whoever registers leads the team, in
 * `role` (NULL: the profession says it). Where a person of the same name and birth date is known,
 * the pair waits for a roster officer. RENRAKU_MISSING (field "name", "form" or "scopes"): the
 * consent covers the team. */
int32_t renraku_patient_add(renraku_session* session, const renraku_person* person,
                            const renraku_patient_consent* consent, const char* role,
                            renraku_patient_page** added, renraku_error** error);

/* The member's own patients, by reading. */
int32_t renraku_patient_list(renraku_session* session, const renraku_patient_filter* filter,
                             const renraku_page_request* request, renraku_patient_line_page** lines,
                             renraku_error** error);

int32_t renraku_patient_view(renraku_session* session, const char* id,
                             renraku_patient_sheet_page** sheet, renraku_error** error);

/* Changes `registered` and, by a lead alone, `closed`. RENRAKU_CONFLICT for a stale revision. */
int32_t renraku_patient_change(renraku_session* session, const renraku_patient* changed,
                               renraku_patient_page** result, renraku_error** error);

/* Adds a consent of `consent->patient` beside those that stand; the team is told. RENRAKU_INVALID
 * for a day to come. */
int32_t renraku_patient_consent_record(renraku_session* session,
                                       const renraku_patient_consent* consent,
                                       renraku_patient_consent_page** recorded,
                                       renraku_error** error);

/* Ends a consent at once, whatever the day on which it was withdrawn; the team is told.
 * RENRAKU_CONFLICT for a stale revision or one that is withdrawn already. */
int32_t renraku_patient_consent_withdraw(renraku_session* session, const char* patient,
                                         const char* id, int64_t revision, const char* withdrawn,
                                         renraku_patient_consent_page** result,
                                         renraku_error** error);

/* In the order they came, those withdrawn too. */
int32_t renraku_patient_consent_list(renraku_session* session, const char* patient,
                                     const renraku_page_request* request,
                                     renraku_patient_consent_page** consents,
                                     renraku_error** error);

/* Everybody who is or was in the team, in the order they came. Administrators see it too. */
int32_t renraku_team_view(renraku_session* session, const char* patient,
                          const renraku_page_request* request, renraku_team_line_page** lines,
                          renraku_error** error);

/* All teams, by the reading of whose they are: for administrators, who see no more of a patient
 * than this. The filter's text finds names and readings alone. */
int32_t renraku_team_list(renraku_session* session, const renraku_patient_filter* filter,
                          const renraku_page_request* request, renraku_team_overview_page** teams,
                          renraku_error** error);

/* A lead gives `place->member` a place from today, with `role`, `lead` and `until`; who has one
 * already gets these. The whole team is told. RENRAKU_INVALID (field "member") for somebody who
 * does no care work, (field "until") for a past end; RENRAKU_NOT_PERMITTED (field "lead") when no
 * lead would be left. */
int32_t renraku_team_add(renraku_session* session, const renraku_team_member* place,
                         renraku_team_member_page** added, renraku_error** error);

/* A lead ends a member's place, at once; what the member wrote stays. The whole team is told.
 * RENRAKU_NOT_FOUND without a place, RENRAKU_NOT_PERMITTED (field "lead") for the last lead. */
int32_t renraku_team_end(renraku_session* session, const char* patient, const char* member,
                         renraku_error** error);

/* The same for the member's own place. */
int32_t renraku_team_leave(renraku_session* session, const char* patient, renraku_error** error);

/* Asks that `request->member` joins: a member for itself, an administrator or one of the team for
 * anybody. Does nothing where there is no such patient, or where the member is in the team or asked
 * for already: nobody learns here who is a patient. Uses `patient`, `member`, `role` and `reason`.
 * RENRAKU_MISSING without a reason. */
int32_t renraku_team_request_make(renraku_session* session, const renraku_team_request* request,
                                  renraku_error** error);

/* Those that wait, in the order they came. Administrators see them too. */
int32_t renraku_team_request_list(renraku_session* session, const char* patient,
                                  const renraku_page_request* request,
                                  renraku_team_request_page** requests, renraku_error** error);

/* `answer` is "accepted" or "declined". RENRAKU_NOT_PERMITTED unless the member is a second person:
 * of the team, and neither who asked nor who is to join; where the team has nobody else, an
 * administrator. Who joins a team without a lead leads it. RENRAKU_CONFLICT for a stale revision or
 * a request that was answered. */
int32_t renraku_team_request_answer(renraku_session* session, const char* patient, const char* id,
                                    int64_t revision, const char* answer,
                                    renraku_team_request_page** result, renraku_error** error);

RENRAKU_END

#endif
