/* Accounts: whom one works with, accounts from a file, and entering for a colleague. */
#ifndef RENRAKU_C_ACCOUNT_H
#define RENRAKU_C_ACCOUNT_H

#include <renraku/c/session.h>

RENRAKU_BEGIN

/* What members see of one another. */
typedef struct renraku_colleague {
  uint64_t struct_size;
  const char* id; /* the member's */
  const char* name;
  const char* profession;   /* as in renraku_member */
  const char* organisation; /* its id, or NULL */
  const char* organisation_name;
} renraku_colleague;
RENRAKU_PAGE(colleague);

/* NULL lets all pass. */
typedef struct renraku_colleague_filter {
  uint64_t struct_size;
  const char* text; /* anywhere in the name of the member or the organisation, in any spelling */
  const char* profession;
  const char* organisation;
} renraku_colleague_filter;

/* Whom one can choose for a team or write to: all active members, by name. */
int32_t renraku_colleague_list(struct renraku_session* session,
                               const renraku_colleague_filter* filter,
                               const renraku_page_request* request,
                               renraku_colleague_page** colleagues, renraku_error** error);

typedef struct renraku_account_import_options {
  uint64_t struct_size;
  int32_t dry_run;      /* do everything but write */
  const char* encoding; /* "utf-8", "cp932", "utf-16le", "utf-16be"; NULL: find out */
} renraku_account_import_options;

typedef struct renraku_account_rejection {
  uint64_t struct_size;
  int64_t line;
  const char* column; /* the canonical Japanese name; "" for a whole row */
  const char* reason; /* "missing", "invalid", "exists", "not_permitted", "not_found" */
} renraku_account_rejection;

/* A first password that the library made because the row had none. It is told this once. */
typedef struct renraku_issued_password {
  uint64_t struct_size;
  int64_t line;
  const char* login;
  const char* password;
} renraku_issued_password;

typedef struct renraku_account_import_report {
  uint64_t struct_size;
  const char* encoding;
  int64_t rows;
  int64_t added;
  const renraku_account_rejection* const* rejected;
  uint64_t rejected_count;
  const renraku_issued_password* const* issued;
  uint64_t issued_count;
} renraku_account_import_report;
RENRAKU_PAGE(account_import_report);

/* Accounts from a CSV file with the columns ID, 氏名, 職種, and where wanted 役割, 事業所,
 * パスワード or パスワードハッシュ. RENRAKU_MISSING for a needed column, RENRAKU_TOO_LARGE above
 * 5,000 rows, RENRAKU_REAUTHENTICATE. */
int32_t renraku_account_import(struct renraku_session* session, const char* file,
                               const renraku_account_import_options* options,
                               renraku_account_import_report_page** report, renraku_error** error);

/* Gives a member who forgot it a new password and ends all of the member's sessions. */
int32_t renraku_member_reset_password(struct renraku_session* session, const char* id,
                                      const char* replacement, renraku_error** error);

/* The same session entering for a colleague of the same organisation (代行入力): the journal names
 * both. To be freed like any session. RENRAKU_NOT_PERMITTED. */
int32_t renraku_session_on_behalf_of(struct renraku_session* session, const char* colleague,
                                     struct renraku_session** deputy, renraku_error** error);

/* Adds a member who runs the service; signs in with an empty municipality. Roles do not count. */
int32_t renraku_store_add_service_administrator(struct renraku_store* store,
                                                const renraku_new_member* input,
                                                renraku_member_page** added, renraku_error** error);

RENRAKU_END

#endif
