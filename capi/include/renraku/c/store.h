/* A store: one folder that holds everything, encrypted; or the database of a PostgreSQL server. */
#ifndef RENRAKU_C_STORE_H
#define RENRAKU_C_STORE_H

#include <renraku/c/error.h>
#include <renraku/c/journal.h>
#include <renraku/c/log.h>
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

/* No file that a keeper keeps is larger. */
#define RENRAKU_KEEPER_BYTES_MAX 65536

/* Keeps what belongs to stores on servers and must not lie there, in place of files in a home: a
 * host without a disk gives its key-management service, its own database, its secrets store. Names
 * begin with a store's id and have at most 64 letters, digits and dashes: "<store id>-keys" is the
 * key header, without which nobody opens the store, the same 32 KiB as the file "keys" of a home;
 * "<store id>-access" says how far what decides access had come (8 bytes, written at most once in
 * ten seconds and when the store is closed); "<store id>-arriving" is there while a store is
 * carried to its place. None holds a secret in the clear or personal data.
 *
 * All three functions are needed, else RENRAKU_INVALID_ARGUMENT (field "keeper"). They are called
 * on the threads of those who open, call or free a store or its sessions, also at the same time,
 * never on one of the library's own (a witness hears hourly only when somebody calls, therefore),
 * and must not call into the store. They give 0 when all is well;
 * anything else is RENRAKU_IO (field "keeper") of the call that needed the file. A write is whole
 * or does nothing, and from its return on every process that asks this keeper reads it. Two
 * processes that change key slots at the same time are kept apart by the store's server. */
typedef struct renraku_keeper {
  uint64_t struct_size;
  /* Writes the bytes last written under this name into `bytes`, which has room for
   * RENRAKU_KEEPER_BYTES_MAX, and how many they are into `size`: 0 where nothing was written, or it
   * was removed. */
  int32_t (*read)(void* user, const char* name, uint8_t* bytes, uint64_t* size);
  /* Keeps the bytes in place of those before. */
  int32_t (*write)(void* user, const char* name, const uint8_t* bytes, uint64_t size);
  /* Forgets them; also where there are none. */
  int32_t (*remove)(void* user, const char* name);
  void* user; /* handed to all three */
} renraku_keeper;

typedef struct renraku_store_options {
  uint64_t struct_size;
  renraku_clock_callback clock; /* NULL: the system's */
  void* user;                   /* handed to `clock` */
  int64_t session_idle;         /* minutes until an unused session ends; 0: 30 */
  int64_t session_absolute;     /* minutes until any session ends; 0: 720 */
  renraku_log_callback log;     /* NULL: nobody listens. Called until the store and the last of
                                   its sessions are freed */
  void* log_user;               /* handed to `log` */
  const renraku_journal_signer* journal_signer; /* the one in use, or for a new store the first;
                                                   NULL: the store's own key. Opening with another
                                                   is RENRAKU_INVALID_ARGUMENT */
  int32_t journal_signer_lost; /* 1: the one in use is lost, this one goes on, and the journal is
                                  forged from there on */
  const renraku_witness*
      witness;      /* gets heads when administrators sign in, with backups, hourly, and
                       when the store is closed, and at once what is taken away; NULL: nobody */
  const char* home; /* of stores on a server: the folder on this machine's own disk where each has a
                       folder "<store id>.renraku" for its key header and tails, shared by all
                       processes that have the store open; NULL: what RENRAKU_HOME names */
  const renraku_keeper* keeper; /* of stores on a server: has the key header in place of the home,
                                   which may then be left out. Where it is not, tails lie there;
                                   without it each read's entry is committed to the database before
                                   its answer (renraku_store_is_strict); NULL: nobody */
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
  const char* part;   /* "keys", "database", "journal", "witness" */
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

/* Makes a store with one key slot, called `slot_name`, and opens it. The address is
 *  - a folder's path: the folder is made (its parent must exist). RENRAKU_EXISTS when there is
 *    anything at that path, RENRAKU_IO on a network file system;
 *  - or "postgresql://host/database?..." (also "postgres://"), as libpq reads it: the database must
 *    be there and be empty, else RENRAKU_EXISTS (field "database"), and `home` or `keeper` says
 *    where the rest lies, else RENRAKU_INVALID_ARGUMENT (field "home"). RENRAKU_INVALID_ARGUMENT
 * (field "address") where the library was built without this engine, or the address can't be read.
 * What fails with a server is RENRAKU_IO with the field server, password, tls, certificate, standby
 * or rights, RENRAKU_BUSY (field "connections"), RENRAKU_NOT_A_STORE (field "database") without
 * such a database. No error and no line of the log tells the address, which may hold a password.
 * RENRAKU_EMPTY_PASSPHRASE; RENRAKU_INVALID_ARGUMENT for a recovery key, which only a store makes.
 */
int32_t renraku_store_create(const char* address, const renraku_secret* secret,
                             const char* slot_name, const renraku_store_options* options,
                             renraku_store** store, renraku_error** error);

/* Opens a store and brings an older one up to date. Nothing is written before the secret has proved
 * right. RENRAKU_NOT_A_STORE, RENRAKU_PLAINTEXT, RENRAKU_WRONG_PASSPHRASE,
 * RENRAKU_EMPTY_PASSPHRASE, RENRAKU_NEWER_FORMAT, RENRAKU_DAMAGED. On a server, what
 * renraku_store_create names, and RENRAKU_NOT_A_STORE with the field "database" where it has no
 * store, with the field "home" where the key header at home is missing or another store's. */
int32_t renraku_store_open(const char* address, const renraku_secret* secret,
                           const renraku_store_options* options, renraku_store** store,
                           renraku_error** error);

/* Closes it, when its sessions are freed too. What waits is written, but nobody is told of an
 * error: renraku_store_flush before it does that. */
void renraku_store_free(renraku_store* store);

/* Writes what waits. */
int32_t renraku_store_flush(renraku_store* store, renraku_error** error);

/* `strict` becomes 1 where each read's entry is on the disk before its answer leaves, because there
 * is no place for tails that can be written; else 0. */
int32_t renraku_store_is_strict(renraku_store* store, int32_t* strict, renraku_error** error);

/* Reads everything: both copies of the key header, every page of the database (of a server's, what
 * its rows need of them), every row, the journal. A damaged store is RENRAKU_OK with findings. */
int32_t renraku_store_check(renraku_store* store, renraku_check_report_page** report,
                            renraku_error** error);

/* Proves all chains of the journal. An altered journal is RENRAKU_OK with a report that says so. */
int32_t renraku_store_verify_journal(renraku_store* store, renraku_journal_report_page** report,
                                     renraku_error** error);

/* The same with another witness than the store's. What it can't tell is RENRAKU_DAMAGED (field
 * "witness") or RENRAKU_IO. */
int32_t renraku_store_verify_journal_with(renraku_store* store, const renraku_witness* witness,
                                          renraku_journal_report_page** report,
                                          renraku_error** error);

/* Where all chains stand, on one page: what a witness is given. */
int32_t renraku_store_journal_heads(renraku_store* store, renraku_signed_head_page** heads,
                                    renraku_error** error);

/* From now on `next` signs the journal's heads, or the store's own key where it is NULL; the signer
 * of before vouches for it. Other processes that have the store open can't change it until they
 * open it anew. RENRAKU_INVALID (field "journal_signer") for one that does not sign for its key. */
int32_t renraku_store_change_journal_signer(renraku_store* store,
                                            const renraku_journal_signer* next,
                                            renraku_error** error);

/* Moves the municipalities' entries of months before `before` ("2027-02"; the month that is not
 * over stays) to new sealed files in `folder`, one a chain and month. RENRAKU_IO,
 * RENRAKU_DISK_FULL, RENRAKU_DAMAGED where the chain does not hold. */
int32_t renraku_store_archive_journal(renraku_store* store, const char* before, const char* folder,
                                      renraku_journal_segment_page** segments,
                                      renraku_error** error);

/* Puts an archive's entries back; the file stays. RENRAKU_INVALID (field "file") for what is no
 * archive, RENRAKU_NOT_FOUND for one that is not of this store or was brought back,
 * RENRAKU_DAMAGED. */
int32_t renraku_store_bring_back_journal(renraku_store* store, const char* file,
                                         renraku_journal_segment_page** segment,
                                         renraku_error** error);

/* What lies in archives, on one page. */
int32_t renraku_store_journal_segments(renraku_store* store,
                                       renraku_journal_segment_page** segments,
                                       renraku_error** error);

/* All key slots, on one page. */
int32_t renraku_store_key_slots(renraku_store* store, renraku_key_slot_page** slots,
                                renraku_error** error);

/* Gives the slot that `current` opens a new passphrase. RENRAKU_WRONG_PASSPHRASE,
 * RENRAKU_EMPTY_PASSPHRASE. */
int32_t renraku_store_change_passphrase(renraku_store* store, const char* current,
                                        const char* replacement, renraku_error** error);

/* The id of the slot that this handle was opened with. Free it with renraku_text_free. */
int32_t renraku_store_opened_with(renraku_store* store, char** slot, renraku_error** error);

/* Adding: RENRAKU_EXISTS for a name that another slot bears, RENRAKU_INVALID (field "name") for one
 * that is empty, long or holds control characters, RENRAKU_TOO_LARGE beyond 32 slots. */
int32_t renraku_store_add_passphrase(renraku_store* store, const char* name, const char* passphrase,
                                     renraku_error** error);

/* Takes a way in away. Whoever used it may have kept the store key, or an older copy of the key
 * header: after a loss or a theft renraku_store_reencrypt as well. RENRAKU_NOT_FOUND;
 * RENRAKU_CONFLICT for the last slot, and for the one that this handle was opened with unless
 * `even_own` is 1. */
int32_t renraku_store_revoke_slot(renraku_store* store, const char* slot, int32_t even_own,
                                  renraku_error** error);

/* Encrypts everything anew into a new database beside the old one, which then goes. Give a secret
 * of every slot that shall stay; the others are dropped. Readers go on meanwhile, writers wait.
 * This handle is open to the new database afterwards; its sessions and the handles of other
 * processes get RENRAKU_BUSY (field "reopen"): open anew, and resume sessions. Killed at any
 * moment, the store is the old one or the new one. Gives the slots that stayed.
 * RENRAKU_WRONG_PASSPHRASE for a secret that opens no slot, RENRAKU_MISSING without any,
 * RENRAKU_INVALID_ARGUMENT (field "address") for a store on a server. */
int32_t renraku_store_reencrypt(renraku_store* store, const renraku_secret* const* kept,
                                uint64_t kept_count, renraku_key_slot_page** slots,
                                renraku_error** error);

/* Adds a slot and gives the key to print: it is shown this once. Free it with renraku_text_free. */
int32_t renraku_store_add_recovery_key(renraku_store* store, const char* name, char** printed_key,
                                       renraku_error** error);

/* Adds a slot for a key of the host's; `key_size` must be 32. */
int32_t renraku_store_add_host_key(renraku_store* store, const char* name, const uint8_t* key,
                                   uint64_t key_size, renraku_error** error);

RENRAKU_END

#endif
