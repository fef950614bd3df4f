/* Runs every test, or the one whose name is given. */
#include <stdio.h>
#include <string.h>

#include "city.h"
#include "expect.h"

static int failures = 0;

int expect_that(int holds, const char* what, const char* file, int line) {
  if (!holds) {
    printf("%s:%d: not so: %s\n", file, line, what);
    ++failures;
  }
  return holds;
}

int expect_text(const char* text, const char* expected, const char* what, const char* file,
                int line) {
  const int same = text && expected ? strcmp(text, expected) == 0 : text == expected;
  if (!same) printf("%s:%d: \"%s\"\n", file, line, text ? text : "NULL");
  return expect_that(same, what, file, line);
}

int expect_answer(int32_t answered, int32_t expected, const renraku_error* error, const char* about,
                  const char* what, const char* file, int line) {
  int fits = answered == expected && renraku_error_code(error) == answered;
  if (about && strcmp(renraku_error_field(error), about) != 0) fits = 0;
  if (!fits) {
    printf("%s:%d: answered %d %s (field '%s': %s)\n", file, line, (int)answered,
           renraku_status_name(answered), renraku_error_field(error), renraku_error_message(error));
  }
  return expect_that(fits, what, file, line);
}

#define TESTS(test)                                                                             \
  test(versions) test(numbers) test(nothing) test(null_arguments) test(structs) test(stores)    \
      test(store_errors) test(key_slots) test(clock) test(log) test(forked) test(sessions)      \
          test(municipalities) test(members) test(people) test(protection) test(evacuees)       \
              test(pages) test(journal) test(witness) test(signer) test(removals) test(threads) \
                  test(roster) test(backups) test(reencryption) test(erasure) test(regions)     \
                      test(copying) test(moving) test(rotation) test(keeper)

/* Of the files of a store's folder, or with a backup of it. */
static const char* const on_a_folder[] = {"store_errors", "backups", "reencryption", "removals",
                                          "erasure"};

static int runs(const char* name, const char* wanted) {
  if (wanted && strcmp(wanted, name) != 0) return 0;
  for (size_t i = 0; on_a_server() && i < sizeof on_a_folder / sizeof *on_a_folder; ++i) {
    if (strcmp(on_a_folder[i], name) != 0) continue;
    printf("%s: on a folder alone\n", name);
    return 0;
  }
  return 1;
}

#define DECLARE(name) void test_##name(void);
TESTS(DECLARE)

int main(int count, char** names) {
#define RUN(name)                                 \
  if (runs(#name, count < 2 ? NULL : names[1])) { \
    printf("%s\n", #name);                        \
    fflush(stdout);                               \
    test_##name();                                \
  }
  TESTS(RUN)
  printf(failures ? "%d expectations failed\n" : "all well\n", failures);
  return failures != 0;
}
