/* What calls give: pages of records. */
#ifndef RENRAKU_C_PAGE_H
#define RENRAKU_C_PAGE_H

#include <renraku/c/base.h>

/* RENRAKU_PAGE(noun) declares the handle renraku_<noun>_page and its four calls. A call whose
 * answer is one record gives a page of one; there is no other kind of answer.
 *
 *   count  how many records the page holds
 *   at     the record at an index from 0, valid until the page is freed; NULL beyond the last
 *   next   where the list goes on, for renraku_page_request.after; NULL when this was the end
 *   free
 *
 * For a NULL page: 0, NULL, NULL, nothing. */
#define RENRAKU_PAGE(noun)                                                          \
  typedef struct renraku_##noun##_page renraku_##noun##_page;                       \
  uint64_t renraku_##noun##_page_count(const renraku_##noun##_page* page);          \
  const renraku_##noun* renraku_##noun##_page_at(const renraku_##noun##_page* page, \
                                                 uint64_t index);                   \
  const char* renraku_##noun##_page_next(const renraku_##noun##_page* page);        \
  void renraku_##noun##_page_free(renraku_##noun##_page* page)

RENRAKU_BEGIN

/* Which page of a list; NULL instead of it is the first one. */
typedef struct renraku_page_request {
  uint64_t struct_size;
  const char* after; /* what _next gave, unchanged; NULL: the beginning */
  int32_t size;      /* 1 to 200; 0: 50 */
} renraku_page_request;

RENRAKU_END

#endif
