/* Keys made anew, a municipality at a time, while work goes on. */
#ifndef RENRAKU_C_ROTATION_H
#define RENRAKU_C_ROTATION_H

#include <renraku/c/page.h>
#include <renraku/c/store.h>

RENRAKU_BEGIN

/* A municipality whose keys were made anew, or the store itself. */
typedef struct renraku_key_rotation {
  uint64_t struct_size;
  const char* municipality; /* its code; empty for what is the store's own */
  int64_t number;           /* the keys in use now: 2 after the first rotation */
  int32_t resumed;          /* 1: a rotation that had been ended half-way went on */
  int64_t people_keys;      /* what this call did: keys of people wrapped under the new key, */
  int64_t secrets;          /* secrets of second factors sealed again, */
  int64_t rows;             /* and rows; none in a folder */
} renraku_key_rotation;
RENRAKU_PAGE(key_rotation);

/* Makes the keys of a municipality anew, or with an empty code those of what is the store's own.
 * From the beginning of the call on everything is written under the new keys, by whatever process.
 * Then, in small parts between which others write, what is under older keys is taken over: people's
 * keys, second factors, and on a server all rows, whose older keys are destroyed at the end. What
 * the journal says can't be sealed again: the older keys of the municipality and of people are kept
 * for reading alone. Erasing a person destroys all keys of that person.
 *
 * `watch` (or NULL) is told how many parts are done, and again in place of bytes, and how many
 * there are. However a call was ended, the next one for the municipality goes on with it.
 * RENRAKU_NOT_FOUND (field "municipality"), RENRAKU_CANCELLED, RENRAKU_CONFLICT where another
 * process began the next rotation meanwhile; RENRAKU_BUSY (field "readers") where somebody has been
 * reading for a minute: then only the older keys' end is missing. */
int32_t renraku_store_rotate_keys(renraku_store* store, const char* municipality,
                                  const renraku_watch* watch, renraku_key_rotation_page** rotation,
                                  renraku_error** error);

RENRAKU_END

#endif
