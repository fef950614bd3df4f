/* Versions, how structs begin, and cancelling. */
#ifndef RENRAKU_C_BASE_H
#define RENRAKU_C_BASE_H

#include <stdint.h>

/* These two enclose each header's declarations, for callers of C++. */
#ifdef __cplusplus
#define RENRAKU_BEGIN extern "C" {
#define RENRAKU_END }
#else
#define RENRAKU_BEGIN
#define RENRAKU_END
#endif

/* The binary interface of this header. A library of the same major number and the same or a higher
 * minor number serves whoever was compiled with it. */
#define RENRAKU_ABI_MAJOR 1
#define RENRAKU_ABI_MINOR 0

RENRAKU_BEGIN

/* The library's own version, e.g. "0.1.0"; never NULL, never freed. */
const char* renraku_version(void);

/* The binary interface of the loaded library. Either pointer may be NULL. */
void renraku_abi(int32_t* major, int32_t* minor);

/* Every struct, in or out, begins with `uint64_t struct_size`: the size its maker knew.
 *
 * In a struct that goes in, it is the caller's sizeof. A smaller struct than the library's, made by
 * an older caller, is read as far as it goes. A larger one is taken if all that the library does
 * not know is zero, else RENRAKU_INVALID_ARGUMENT. Structs begin like this:
 *
 *   renraku_evacuee_filter filter = RENRAKU_INIT(renraku_evacuee_filter);
 *
 * In a struct that comes out, it is the library's: fields beyond it are not there. */
#define RENRAKU_INIT(type) \
  { .struct_size = sizeof(type) }

/* The same for languages without the macro: zeroes `struct_size` bytes and notes that number at
 * their beginning. NULL, or fewer than 8 bytes: nothing happens. */
void renraku_struct_init(void* structure, uint64_t struct_size);

/* Frees a text that a call gave as `char **`, after overwriting it. */
void renraku_text_free(char* text);

/* A token that ends long work from outside. One token can serve several calls; once pulled it stays
 * pulled. It must not be freed before these calls have returned. */
typedef struct renraku_cancel renraku_cancel;

/* NULL only when there is no memory. */
renraku_cancel* renraku_cancel_create(void);
/* From any thread and from signal handlers. Work that looks at the token ends soon with
 * RENRAKU_CANCELLED and has changed nothing. */
void renraku_cancel_pull(renraku_cancel* cancel);
void renraku_cancel_free(renraku_cancel* cancel);

/* Told how far long work is: rows done, bytes done, bytes in all (0 where unknown). Anything but 0
 * cancels. */
typedef int32_t (*renraku_progress_callback)(void* user, int64_t rows, int64_t bytes,
                                             int64_t bytes_in_all);

/* How long work is watched; NULL instead of it, and NULL in it, mean not at all. */
typedef struct renraku_watch {
  uint64_t struct_size;
  renraku_cancel* cancel;
  renraku_progress_callback progress;
  void* user; /* handed to `progress` */
} renraku_watch;

RENRAKU_END

#endif
