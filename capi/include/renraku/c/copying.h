/* Moving house: a whole store carried to another place, from a folder to a server and back, or to
 * another folder or server; and two stores held against each other. */
#ifndef RENRAKU_C_COPYING_H
#define RENRAKU_C_COPYING_H

#include <renraku/c/store.h>

RENRAKU_BEGIN

typedef struct renraku_copy_options {
  uint64_t struct_size;
  const renraku_store_options* options; /* as when the store is opened; or NULL */
  const char* home; /* where the second address is a server's: the home of that store; NULL: the
                       one in `options`, else the environment's RENRAKU_HOME */
  const renraku_watch* watch; /* told of rows: how many were read, again in place of bytes, and how
                                 many there are to read. Work that was ended goes on with the same
                                 call; or NULL */
  const renraku_keeper* keeper; /* where the second address is a server's: the keeper of that store;
                                   NULL with `home` NULL: the one in `options` */
} renraku_copy_options;

/* A copy of a store that is complete. */
typedef struct renraku_copy_report {
  uint64_t struct_size;
  const char* node; /* the store that writes the copy's journal from now on */
  int64_t at;       /* what the copied store held then is in the copy */
  int64_t rows;     /* each read back from the copy and found the same */
  int64_t written;  /* by this call; fewer where an earlier one was ended half-way */
  const renraku_journal_report* journal; /* the proof of the copy's journal */
  const char* const* archives; /* files of months that were moved out: they stay where they are */
  uint64_t archives_count;
} renraku_copy_report;
RENRAKU_PAGE(copy_report);

/* How one table of a store stands to another store's. */
typedef struct renraku_table_comparison {
  uint64_t struct_size;
  const char* table;
  int64_t same; /* rows that are the same in both */
  int64_t different;
  int64_t only_one;
  int64_t only_other;
  const char* const* first; /* keys of the first ten that are not the same */
  uint64_t first_count;
} renraku_table_comparison;

typedef struct renraku_store_comparison {
  uint64_t struct_size;
  int32_t same; /* 1 when nothing differs */
  const renraku_table_comparison* const* tables;
  uint64_t tables_count;
  const renraku_journal_report* journal;
  const renraku_journal_report* other_journal;
} renraku_store_comparison;
RENRAKU_PAGE(store_comparison);

/* Carries the store at `from` to `to`, a folder or a server's empty database, as
 * renraku_store_create takes them. The same secrets open the copy; its journal is the same to the
 * byte and goes on under a node of its own. The copied store stays as it was, and its journal tells
 * that it was copied. At the end, while everything is read back, changes there wait. Nothing opens
 * as a store at `to` before everything is there.
 *
 * Status: those of renraku_store_open, RENRAKU_EXISTS (there is something else at `to`, or with the
 * field "home" a key header of this store at its home), RENRAKU_CANCELLED, RENRAKU_BUSY (another
 * process copies there, or keeps writing into the store), RENRAKU_DISK_FULL. */
int32_t renraku_store_copy(const char* from, const renraku_secret* secret, const char* to,
                           const renraku_copy_options* options, renraku_copy_report_page** report,
                           renraku_error** error);

/* Holds two stores against each other, row by row and column by column. `secret` opens both. Writes
 * into neither, unless one is to be brought up to date. Status: those of renraku_store_open,
 * RENRAKU_CANCELLED. */
int32_t renraku_store_compare(const char* one, const char* other, const renraku_secret* secret,
                              const renraku_copy_options* options,
                              renraku_store_comparison_page** comparison, renraku_error** error);

RENRAKU_END

#endif
