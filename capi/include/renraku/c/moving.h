/* One municipality carried from one store into another, and held against what the other has. */
#ifndef RENRAKU_C_MOVING_H
#define RENRAKU_C_MOVING_H

#include <renraku/c/copying.h>

RENRAKU_BEGIN

typedef struct renraku_move_options {
  uint64_t struct_size;
  const renraku_store_options* options; /* as when the first store is opened; or NULL */
  const renraku_store_options* other;   /* as when the second one is; or NULL */
  const renraku_watch* watch; /* as in renraku_copy_options; called also while the municipality's
                                 members wait; or NULL */
} renraku_move_options;

/* Carries a municipality (six digits) out of the store at `from` into the one at `to`, which is
 * there and may hold others and be in use: records, members, journal and keys, which are wrapped
 * anew. Sessions, counts of failed sign-ins, and the service's administrators and applications stay
 * behind. Each secret opens its own store.
 *
 * Everybody goes on working meanwhile. At the end calls of this municipality's members are
 * RENRAKU_BUSY (field "moving") while the rest is carried, and then for good RENRAKU_BUSY (field
 * "moved") in the first store, which keeps the rows as they were. The journal is the same to the
 * byte; the second store signs for it and goes on with a chain of its own.
 *
 * A call that was ended is gone on with by the same call. Status: those of renraku_store_open;
 * RENRAKU_INVALID (field "municipality"); RENRAKU_NOT_FOUND (field "municipality");
 * RENRAKU_INVALID_ARGUMENT (field "to") for the same store twice; RENRAKU_EXISTS (field
 * "municipality") where the second store has it; RENRAKU_CONFLICT (field "municipality") where the
 * first one has it no more or not yet, or the second one knows of it what the first does not;
 * RENRAKU_BUSY (field "rotation") while its keys are made anew, (field "moving") where another
 * process took over; RENRAKU_DAMAGED (field "journal"); RENRAKU_CANCELLED; RENRAKU_DISK_FULL. */
int32_t renraku_municipality_copy(const char* from, const renraku_secret* secret, const char* to,
                                  const renraku_secret* to_secret, const char* municipality,
                                  const renraku_move_options* options,
                                  renraku_copy_report_page** report, renraku_error** error);

/* Holds what two stores have of a municipality against each other, as renraku_store_compare does;
 * the proofs are of the whole journals. Status: those of renraku_store_open, RENRAKU_NOT_FOUND
 * (field "municipality") where the first one never had it, RENRAKU_CANCELLED. */
int32_t renraku_municipality_compare(const char* one, const renraku_secret* secret,
                                     const char* other, const renraku_secret* other_secret,
                                     const char* municipality, const renraku_move_options* options,
                                     renraku_store_comparison_page** comparison,
                                     renraku_error** error);

/* Lets a municipality's members work again in this store, which they were moved out of, with what
 * was here then: for when the store that they were moved to is lost for good. What they did there
 * is lost with it. Nobody asks the other store: where it is still there, people work in both.
 * Status: RENRAKU_NOT_FOUND for a code that the store does not know, RENRAKU_CONFLICT where the
 * municipality was not moved out of it (both field "municipality"). */
int32_t renraku_municipality_take_back(renraku_store* store, const char* municipality,
                                       renraku_error** error);

RENRAKU_END

#endif
