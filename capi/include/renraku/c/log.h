/* What the library has to say to whoever runs the host program. */
#ifndef RENRAKU_C_LOG_H
#define RENRAKU_C_LOG_H

#include <renraku/c/base.h>

RENRAKU_BEGIN

/* One thing that happened. It never holds personal data, a sign-in name, a password or a key. */
typedef struct renraku_log_line {
  uint64_t struct_size;
  int64_t time;      /* when it happened, by the system's clock; it may be told later */
  const char* level; /* "info": as it should be; "warning": somebody should look; "error":
                        something is lost or damaged */
  const char* event; /* a stable name, e.g. "store_opened"; docs/c-api.md lists them, and more may
                        come */
  const char* text;  /* one English sentence for operators; its wording may change */
} renraku_log_line;

/* Takes the lines of one store, one at a time and in order, on the thread of whoever calls the
 * store or one of its sessions (the _free that closes it is such a call), at the end of the call.
 * What the background has to say waits for the next call; when too much waits, the oldest lines are
 * dropped and counted. It must not call into the store. The line is valid until it returns. */
typedef void (*renraku_log_callback)(void* user, const renraku_log_line* line);

RENRAKU_END

#endif
