/* Many stores behind one door: a directory says in which of them a municipality is. */
#ifndef RENRAKU_C_REGION_H
#define RENRAKU_C_REGION_H

#include <renraku/c/page.h>
#include <renraku/c/store.h>

RENRAKU_BEGIN

/* The stores of a directory, used from any thread. The directory is a file in TOML, UTF-8, of at
 * most 1 MiB and 2,000 municipalities:
 *
 *     home = "home"              # of stores on servers: as in renraku_store_options
 *
 *     [082112]                   # 全国地方公共団体コード, with its check digit
 *     name = "常総市"             # optional, to be shown
 *     address = "postgresql://renraku@db1.example/north?sslmode=verify-full"
 *
 *     [082023]
 *     address = "hitachi.renraku"
 *
 * `address` is as for renraku_store_open; an entry may have a `home` of its own. Paths that don't
 * begin at the root begin at the directory's folder. Municipalities of the same address and home
 * share one open store. No error and no line of the log tells anything that stands in the file but
 * municipalities' codes.
 *
 * The file is read again when it changed: it is looked at when a store is asked for, at most once a
 * second. Put a changed file in its place by renaming. One that can't be read, or breaks a rule,
 * changes nothing; the log tells of it once ("region_refused"). */
typedef struct renraku_region renraku_region;

/* What the directory says of a municipality. */
typedef struct renraku_served_municipality {
  uint64_t struct_size;
  const char* code; /* six digits */
  const char* name; /* "" where the directory does not say */
} renraku_served_municipality;
RENRAKU_PAGE(served_municipality);

/* Reads the directory; opens no store yet. `secret` opens each of them and is kept in memory until
 * the _free. `options` (NULL: the defaults) are those of every store; `home` counts where the
 * directory names none; what they point at is called until the region, its stores and their
 * sessions are freed, for several stores at the same time. A line of a store's log begins with the
 * code of a municipality of it. RENRAKU_IO where the file can't be read, RENRAKU_TOO_LARGE,
 * RENRAKU_INVALID with the line that breaks a rule; the field is "region". */
int32_t renraku_region_open(const char* file, const renraku_secret* secret,
                            const renraku_store_options* options, renraku_region** region,
                            renraku_error** error);

/* Lets go of the stores; those that are still held stay open. */
void renraku_region_free(renraku_region* region);

/* The store of a municipality, by its six digits: opened when it is first asked for, and open from
 * then on, until the directory names it no more and nobody holds it. Free what you get after a
 * piece of work: asking again costs next to nothing, and gives the store where the municipality is
 * then. RENRAKU_NOT_FOUND (field "municipality") where the directory does not name it; what
 * renraku_store_open answers. */
int32_t renraku_region_store(renraku_region* region, const char* municipality,
                             renraku_store** store, renraku_error** error);

/* What the directory names, by code, on one page. No store is opened or asked. */
int32_t renraku_region_municipalities(renraku_region* region,
                                      renraku_served_municipality_page** municipalities,
                                      renraku_error** error);

/* Reads the directory now. Errors as renraku_region_open; then what was known goes on. */
int32_t renraku_region_reload(renraku_region* region, renraku_error** error);

RENRAKU_END

#endif
