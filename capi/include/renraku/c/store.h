/* A store: one folder that holds everything, encrypted. */
#ifndef RENRAKU_C_STORE_H
#define RENRAKU_C_STORE_H

#include <renraku/c/error.h>
#include <renraku/c/journal.h>
#include <renraku/c/page.h>

RENRAKU_BEGIN

/* An open store, used from any thread. Sessions keep it open after its _free. */
typedef struct renraku_store renraku_store;

/* What opens a store: exactly one of the three. Copies that the library makes are wiped when the
 * call ends; the caller wipes its own. */
typedef struct renraku_secret {
  uint64_t struct_size;
  const char* passphrase;
  const char* recovery_key; /* as printed */
  const uint8_t* host_key; /* 32 bytes of the host's own key store: no key stretching, so instant */
  uint64_t host_key_size;
} renraku_secret;

/* The clock of every act, in microseconds since 1970. Called from any thread, until the store and
 * the last of its sessions are freed. */
typedef int64_t (*renraku_clock_callback)(void* user);

typedef struct renraku_store_options {
  uint64_t struct_size;
  renraku_clock_callback clock; /* NULL: the system's */
  void* user;                   /* handed to `clock` */
  int64_t session_idle;         /* minutes until an unused session ends; 0: 30 */
  int64_t session_absolute;     /* minutes until any session ends; 0: 720 */
} renraku_store_options;

/* A way to open the store. Whoever has its secret can read everything, whatever the policy says. */
typedef struct renraku_key_slot {
  uint64_t struct_size;
  const char* id;
  const char* kind; /* "passphrase", "host_key", "recovery" */
  const char* name;
  int64_t created;
} renraku_key_slot;
RENRAKU_PAGE(key_slot);

/* One thing that is wrong with a store. */
typedef struct renraku_finding {
  uint64_t struct_size;
  const char* part;   /* "keys", "database", "journal" */
  const char* detail; /* what and where, without contents */
} renraku_finding;

typedef struct renraku_check_report {
  uint64_t struct_size;
  int32_t sound; /* 1 when there are no findings */
  const renraku_finding* const* findings;
  uint64_t findings_count;
  const renraku_journal_report* journal;
} renraku_check_report;
RENRAKU_PAGE(check_report);

/* Makes the folder (its parent must exist) with one key slot, called `slot_name`, and opens it.
 * RENRAKU_EXISTS when there is anything at that path, RENRAKU_IO on a network file system,
 * RENRAKU_EMPTY_PASSPHRASE; RENRAKU_INVALID_ARGUMENT for a recovery key, which only a store makes.
 */
int32_t renraku_store_create(const char* folder, const renraku_secret* secret,
                             const char* slot_name, const renraku_store_options* options,
                             renraku_store** store, renraku_error** error);

/* Opens a store and brings an older one up to date. Nothing is written before the secret has proved
 * right. RENRAKU_NOT_A_STORE, RENRAKU_PLAINTEXT, RENRAKU_WRONG_PASSPHRASE,
 * RENRAKU_EMPTY_PASSPHRASE, RENRAKU_NEWER_FORMAT, RENRAKU_DAMAGED. */
int32_t renraku_store_open(const char* folder, const renraku_secret* secret,
                           const renraku_store_options* options, renraku_store** store,
                           renraku_error** error);

/* Closes it, when its sessions are freed too. What waits is written, but nobody is told of an
 * error: renraku_store_flush before it does that. */
void renraku_store_free(renraku_store* store);

/* Writes what waits. */
int32_t renraku_store_flush(renraku_store* store, renraku_error** error);

/* Reads everything: both copies of the key header, every page of the database, every row, the
 * journal. Takes as long as reading the folder. A damaged store is RENRAKU_OK with findings. */
int32_t renraku_store_check(renraku_store* store, renraku_check_report_page** report,
                            renraku_error** error);

/* Proves all chains of the journal. An altered journal is RENRAKU_OK with a report that says so. */
int32_t renraku_store_verify_journal(renraku_store* store, renraku_journal_report_page** report,
                                     renraku_error** error);

/* All key slots, on one page. */
int32_t renraku_store_key_slots(renraku_store* store, renraku_key_slot_page** slots,
                                renraku_error** error);

/* Gives the slot that `current` opens a new passphrase. RENRAKU_WRONG_PASSPHRASE,
 * RENRAKU_EMPTY_PASSPHRASE. */
int32_t renraku_store_change_passphrase(renraku_store* store, const char* current,
                                        const char* replacement, renraku_error** error);

/* Adds a slot and gives the key to print: it is shown this once. Free it with renraku_text_free. */
int32_t renraku_store_add_recovery_key(renraku_store* store, const char* name, char** printed_key,
                                       renraku_error** error);

/* Adds a slot for a key of the host's; `key_size` must be 32. */
int32_t renraku_store_add_host_key(renraku_store* store, const char* name, const uint8_t* key,
                                   uint64_t key_size, renraku_error** error);

RENRAKU_END

#endif
