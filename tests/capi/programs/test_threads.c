/* Two threads on one store, each with a session of its own. */
#include <pthread.h>
#include <stdio.h>

#include "city.h"
#include "expect.h"

enum { ROUNDS = 20 };

struct worker {
  renraku_session* session;
  const char* name;
  int failures; /* read after the thread has ended */
};

static void* work(void* argument) {
  struct worker* worker = argument;
  for (int i = 0; i < ROUNDS; ++i) {
    renraku_person person = RENRAKU_INIT(renraku_person);
    renraku_evacuee entry = RENRAKU_INIT(renraku_evacuee);
    renraku_evacuee_page* added = NULL;
    renraku_evacuee_line_page* lines = NULL;
    person.name = worker->name;
    worker->failures +=
        renraku_evacuee_add(worker->session, &person, &entry, &added, NULL) != RENRAKU_OK;
    worker->failures +=
        renraku_evacuee_list(worker->session, NULL, NULL, &lines, NULL) != RENRAKU_OK;
    worker->failures += renraku_evacuee_line_page_count(lines) < (uint64_t)i + 1;
    renraku_evacuee_page_free(added);
    renraku_evacuee_line_page_free(lines);
  }
  return NULL;
}

void test_threads(void) {
  struct city city;
  city_open(&city);
  struct worker workers[2] = {{NULL, "架空　一子", 0}, {NULL, "架空　二子", 0}};
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i) {
    EXPECT_OK(
        renraku_session_sign_in(city.store, JOSO, "kanri", PASSWORD, &workers[i].session, &error));
    EXPECT(pthread_create(&threads[i], NULL, work, &workers[i]) == 0);
  }
  for (int i = 0; i < 2; ++i) {
    pthread_join(threads[i], NULL);
    EXPECT(workers[i].failures == 0);
  }

  /* A session keeps its store open. */
  renraku_store_free(city.store);
  city.store = NULL;
  renraku_page_request request = RENRAKU_INIT(renraku_page_request);
  request.size = 200;
  renraku_evacuee_line_page* lines = NULL;
  EXPECT_OK(renraku_evacuee_list(workers[1].session, NULL, &request, &lines, &error));
  EXPECT(renraku_evacuee_line_page_count(lines) == 2 * ROUNDS);
  renraku_evacuee_line_page_free(lines);
  renraku_journal_report_page* report = NULL;
  EXPECT_OK(renraku_journal_verify(workers[0].session, &report, &error));
  EXPECT_TEXT(renraku_journal_report_page_at(report, 0)->state, "intact");
  renraku_journal_report_page_free(report);
  renraku_session_free(workers[0].session);
  renraku_session_free(workers[1].session);
  city_close(&city);
}
