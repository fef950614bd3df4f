// What RENRAKU_PAGE declares.
#include "pages.hpp"

#define RENRAKU_PAGE_CALLS(noun, Record)                                            \
  uint64_t renraku_##noun##_page_count(const renraku_##noun##_page* page) {         \
    return page ? page->count() : 0;                                                \
  }                                                                                 \
  const renraku_##noun* renraku_##noun##_page_at(const renraku_##noun##_page* page, \
                                                 uint64_t index) {                  \
    return page ? page->at(index) : nullptr;                                        \
  }                                                                                 \
  const char* renraku_##noun##_page_next(const renraku_##noun##_page* page) {       \
    return page ? page->next() : nullptr;                                           \
  }                                                                                 \
  void renraku_##noun##_page_free(renraku_##noun##_page* page) {                    \
    delete page;                                                                    \
  }

RENRAKU_PAGES(RENRAKU_PAGE_CALLS)
