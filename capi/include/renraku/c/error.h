/* What can go wrong.
 *
 * A number is never changed or used again. Its thousands say whose turn it is: 1 the machine or
 * another process, 2 the caller's program, 3 who you are, 4 what you may do, 5 what you brought,
 * 6 the store itself. */
#ifndef RENRAKU_C_ERROR_H
#define RENRAKU_C_ERROR_H

#include <renraku/c/base.h>

#define RENRAKU_OK 0

#define RENRAKU_INTERNAL 1001 /* a mistake in the library, or no memory */
#define RENRAKU_BUSY 1002     /* another process is writing; try again */
#define RENRAKU_DISK_FULL 1003
#define RENRAKU_IO 1004
#define RENRAKU_CANCELLED 1005
#define RENRAKU_FORKED 1006 /* the store was opened before a fork */

#define RENRAKU_INVALID_ARGUMENT 2001 /* NULL where something is needed, a wrong struct_size */
#define RENRAKU_EMPTY_PASSPHRASE 2002

#define RENRAKU_WRONG_PASSPHRASE 3001 /* or a wrong recovery key or host key */
#define RENRAKU_SIGN_IN_FAILED 3002
#define RENRAKU_BACK_OFF 3003 /* too many failed sign-ins; wait */
#define RENRAKU_SESSION_ENDED 3004
#define RENRAKU_SECOND_FACTOR 3005 /* the password was right; the second factor is needed too */

#define RENRAKU_NOT_PERMITTED 4001
#define RENRAKU_REAUTHENTICATE 4002 /* the member must prove once more who it is */

#define RENRAKU_INVALID 5001 /* a value is not what its field holds */
#define RENRAKU_MISSING 5002 /* something needed is not there */
#define RENRAKU_TOO_LARGE 5003
#define RENRAKU_ENCODING 5004
#define RENRAKU_NOT_FOUND 5005
#define RENRAKU_EXISTS 5006
#define RENRAKU_CONFLICT 5007 /* somebody changed it since the revision you saw */
#define RENRAKU_NOT_A_STORE 5008
#define RENRAKU_PLAINTEXT 5009        /* an unencrypted database */
#define RENRAKU_NEWER_FORMAT 5010     /* made by a newer version of the library */
#define RENRAKU_TOO_MANY_CHANGES 5011 /* an import that would change or miss too many people */

#define RENRAKU_DAMAGED 6001

RENRAKU_BEGIN

/* One error, owned by whoever asked for it by passing an `renraku_error **`; passing NULL asks for
 * none. A call that succeeds sets it to NULL. */
typedef struct renraku_error renraku_error;

/* The same number that the call returned; 0 for NULL. */
int32_t renraku_error_code(const renraku_error* error);
/* Its stable name, e.g. "wrong_passphrase". For NULL these four give "". */
const char* renraku_error_name(const renraku_error* error);
/* The argument, field, column or file concerned, or "". */
const char* renraku_error_field(const renraku_error* error);
/* For developers, in English: what, where, what to do next. Holds no personal data. */
const char* renraku_error_message(const renraku_error* error);
/* For users: one Japanese sentence that fits the kind. */
const char* renraku_error_message_ja(const renraku_error* error);
void renraku_error_free(renraku_error* error);

/* Name and Japanese sentence of a number, for callers who keep no renraku_error. */
const char* renraku_status_name(int32_t status);
const char* renraku_status_message_ja(int32_t status);

RENRAKU_END

#endif
