/* The least of a test framework: a test is a function, an expectation that fails is printed and
 * counted, and the test goes on. */
#ifndef EXPECT_H
#define EXPECT_H

#include <renraku.h>

/* That `condition` holds. */
#define EXPECT(condition) expect_that((condition) ? 1 : 0, #condition, __FILE__, __LINE__)
/* That two texts are equal. */
#define EXPECT_TEXT(text, expected) expect_text((text), (expected), #text, __FILE__, __LINE__)
/* That a call went well, or answered this number; the call's last argument is `&error`. */
#define EXPECT_OK(call) EXPECT_STATUS(call, RENRAKU_OK, "")
/* ... and, where `about` is not NULL, named this field. */
#define EXPECT_STATUS(call, status, about)                                        \
  do {                                                                            \
    renraku_error* error = NULL;                                                  \
    const int32_t answered = (call);                                              \
    expect_answer(answered, (status), error, (about), #call, __FILE__, __LINE__); \
    renraku_error_free(error);                                                    \
  } while (0)

int expect_that(int holds, const char* what, const char* file, int line);
int expect_text(const char* text, const char* expected, const char* what, const char* file,
                int line);
int expect_answer(int32_t answered, int32_t expected, const renraku_error* error, const char* about,
                  const char* what, const char* file, int line);

#endif
