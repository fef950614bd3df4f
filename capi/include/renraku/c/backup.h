/* Backups: sealed copies of a store, one file each, and the keys that open them. Whoever opens one
 * has everything; it says outside of the seal only which store it is of and when it was made. */
#ifndef RENRAKU_C_BACKUP_H
#define RENRAKU_C_BACKUP_H

#include <renraku/c/store.h>

RENRAKU_BEGIN

struct renraku_session;

typedef struct renraku_backup_options {
  uint64_t struct_size;
  const char* to_key; /* public half of a backup key; NULL: sealed to the store's key slots */
  int32_t keep; /* how many of this store's backups the folder keeps, this one included; 0: all */
  const char*
      keep_until; /* a day, for proofs of erasure: how long this one will be kept; or NULL */
} renraku_backup_options;

typedef struct renraku_backup_report {
  uint64_t struct_size;
  const char* file; /* its name inside the folder */
  int64_t at;
  int64_t bytes;
  const char* const* removed; /* names of older backups that were removed */
  uint64_t removed_count;
} renraku_backup_report;
RENRAKU_PAGE(backup_report);

typedef struct renraku_restore_options {
  uint64_t struct_size;
  const char* old_store; /* folder of the store that was lost or is being replaced, where it can be
                            read: what was suspended, revoked or erased there since the backup was
                            made is so in the restored store; or NULL */
  const renraku_secret* old_secret;     /* opens it */
  const char* passphrase;               /* adds a slot, for who lost the secrets of all others */
  const renraku_store_options* options; /* as when a store is opened; their witness hears of the
                                           restored store when that is opened */
  const renraku_witness* witness; /* of the old store, for when its folder is gone too: what it was
                                     told to be taken away is so in the restored store; or NULL.
                                     What no signer of the store signed is RENRAKU_DAMAGED (field
                                     "witness"); the journal_signer of `options` counts as one */
} renraku_restore_options;

/* What a restored store is, and what was applied again. */
typedef struct renraku_restore_report {
  uint64_t struct_size;
  const char* node; /* the store that writes the journal from now on */
  const char* from; /* the one that made the backup */
  int64_t at;
  int64_t sequence; /* the last entry of that one's own chain */
  int32_t old_store_read;
  int64_t members_suspended;
  int64_t certificates_revoked;
  int64_t applications_revoked;
  int64_t slots_revoked;
  int64_t people_erased;
  int32_t reencrypt;    /* 1: the old store was encrypted anew since; do so here */
  int32_t witness_read; /* 1: a witness told what was taken away; 0 for one that remembers heads
                           alone, or other stores */
} renraku_restore_report;
RENRAKU_PAGE(restore_report);

/* Makes a key pair. The public half goes with the store and can seal only; the private half, shown
 * this once, belongs elsewhere. Free both with renraku_text_free; wipe the private one. */
int32_t renraku_backup_key_make(char** public_half, char** private_half, renraku_error** error);

/* Seals everything into a new file in `folder` while work goes on, reads it back, and removes the
 * oldest beyond `keep`. RENRAKU_INVALID (field "to_key"), RENRAKU_IO, RENRAKU_DISK_FULL,
 * RENRAKU_INVALID_ARGUMENT (field "address") for a store on a server, which is backed up with the
 * server's own means. */
int32_t renraku_store_backup(renraku_store* store, const char* folder,
                             const renraku_backup_options* options,
                             renraku_backup_report_page** report, renraku_error** error);

/* The same by order of a member who runs the service and proved not long ago who it is, as the
 * journal tells. RENRAKU_NOT_PERMITTED, RENRAKU_REAUTHENTICATE. */
int32_t renraku_session_backup(struct renraku_session* session, const char* folder,
                               const renraku_backup_options* options,
                               renraku_backup_report_page** report, renraku_error** error);

/* Opens a backup into a new folder. Give the private half of the key that it was sealed to, or
 * (NULL there) the secret of a slot that the store had then. All sessions are ended.
 * RENRAKU_EXISTS, RENRAKU_WRONG_PASSPHRASE, RENRAKU_DAMAGED with the place in the file,
 * RENRAKU_NOT_A_STORE for a file that is no backup, RENRAKU_NEWER_FORMAT. */
int32_t renraku_store_restore(const char* file, const char* private_key,
                              const renraku_secret* secret, const char* folder,
                              const renraku_restore_options* options,
                              renraku_restore_report_page** report, renraku_error** error);

RENRAKU_END

#endif
