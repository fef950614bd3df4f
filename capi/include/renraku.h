/* The C API of renraku: an encrypted store of what a municipality keeps about its residents.
 *
 * Start at c/store.h, then c/session.h, then one header a noun. What holds for all of them:
 *
 * Calls: renraku_<noun>_<verb>(object, inputs, outputs, error). They return 0, or the number of
 * what went wrong (c/error.h); then outputs are NULL and nothing has been changed. What a noun's
 * call does, it does wholly or not at all, and leaves an entry in the journal.
 *
 * Texts: UTF-8 with a NUL at the end. Ids are their 36 characters; days "1940-03-05", or shorter
 * where less is known; values of a fixed list are words, e.g. "granted". Instants are microseconds
 * since 1970-01-01T00:00:00Z. Truth values are 0 and 1.
 *
 * Absence: NULL. In an input it means the default, which is also what all zero means.
 *
 * Structs: begin with struct_size and grow only at the end (c/base.h).
 *
 * Ownership: what a call gives is a handle with a _free of its own, from any thread, NULL allowed.
 * What a handle shows is valid until that _free. Inputs are the caller's and are not kept.
 *
 * Threads: a store, a region and a cancel token are used from any thread, everything else from one
 * at a time.
 * Callbacks run on the calling thread, before the call returns; they must come back (no longjmp).
 *
 * Fork: in a child process every call on a store of the parent answers RENRAKU_FORKED.
 *
 * Pure C99; no size_t, enum, bool, bit-field, union, struct by value or variable arguments, so that
 * C#, Java, Node and others can call everything. The library writes to no standard stream and sets
 * no signal handler, locale or environment variable. One process opens a store through this library
 * or through renraku::cpp, not through both. */
#ifndef RENRAKU_H
#define RENRAKU_H

#include <renraku/c/account.h>
#include <renraku/c/application.h>
#include <renraku/c/backup.h>
#include <renraku/c/base.h>
#include <renraku/c/copying.h>
#include <renraku/c/disclosure.h>
#include <renraku/c/error.h>
#include <renraku/c/evacuee.h>
#include <renraku/c/factor.h>
#include <renraku/c/journal.h>
#include <renraku/c/log.h>
#include <renraku/c/member.h>
#include <renraku/c/moving.h>
#include <renraku/c/municipality.h>
#include <renraku/c/notice.h>
#include <renraku/c/organisation.h>
#include <renraku/c/page.h>
#include <renraku/c/patient.h>
#include <renraku/c/person.h>
#include <renraku/c/region.h>
#include <renraku/c/roster.h>
#include <renraku/c/rotation.h>
#include <renraku/c/session.h>
#include <renraku/c/store.h>

#endif
