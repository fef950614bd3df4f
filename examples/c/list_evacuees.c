/* Lists the residents of a store who need help to evacuate, one a line.
 *
 * The store is RENRAKU_STORE, opened by RENRAKU_PASSPHRASE; the officer signs in as RENRAKU_LOGIN
 * with RENRAKU_PASSWORD, in RENRAKU_MUNICIPALITY or, where that is not set, in the store's first.
 * Exits with the thousands of renraku's error number: 3 wrong passphrase or sign-in, 4 not
 * permitted, 5 not a store, 6 damaged.
 *
 *   cc list_evacuees.c $(pkg-config --cflags --libs renraku) */
#include <renraku.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int report(const renraku_error* error) {
  const int32_t code = renraku_error_code(error);
  fprintf(stderr, "%s\n%s: %s\n", renraku_error_message_ja(error), renraku_error_name(error),
          renraku_error_message(error));
  return (int)(code / 1000);
}

static int32_t open_store(renraku_store** store, renraku_error** error) {
  renraku_secret secret = RENRAKU_INIT(renraku_secret);
  secret.passphrase = getenv("RENRAKU_PASSPHRASE");
  return renraku_store_open(getenv("RENRAKU_STORE"), &secret, NULL, store, error);
}

static int32_t sign_in(renraku_store* store, renraku_session** session, renraku_error** error) {
  const char* municipality = getenv("RENRAKU_MUNICIPALITY");
  renraku_municipality_page* all = NULL;
  int32_t status = renraku_municipality_list(store, &all, error);
  if (status != RENRAKU_OK) return status;
  const renraku_municipality* first = renraku_municipality_page_at(all, 0);
  if (!municipality && first) municipality = first->code;
  status = renraku_session_sign_in(store, municipality, getenv("RENRAKU_LOGIN"),
                                   getenv("RENRAKU_PASSWORD"), session, error);
  renraku_municipality_page_free(all);
  return status;
}

static void print(const renraku_evacuee_line* line) {
  printf("%s\t%s\t%s\t%s\n", line->name, line->kana, line->birth_date ? line->birth_date : "不詳",
         line->withheld ? "（非表示）" : line->phone);
}

/* Page by page, until there is no next one. */
static int32_t list(renraku_session* session, renraku_error** error) {
  renraku_evacuee_line_page* page = NULL;
  for (;;) {
    renraku_page_request request = RENRAKU_INIT(renraku_page_request);
    request.after = renraku_evacuee_line_page_next(page);
    request.size = 200;
    renraku_evacuee_line_page* read = NULL;
    const int32_t status = renraku_evacuee_list(session, NULL, &request, &read, error);
    renraku_evacuee_line_page_free(page);
    if (status != RENRAKU_OK) return status;
    page = read;
    for (uint64_t i = 0; i < renraku_evacuee_line_page_count(page); ++i) {
      print(renraku_evacuee_line_page_at(page, i));
    }
    if (!renraku_evacuee_line_page_next(page)) break;
  }
  renraku_evacuee_line_page_free(page);
  return RENRAKU_OK;
}

int main(void) {
  renraku_store* store = NULL;
  renraku_session* session = NULL;
  renraku_error* error = NULL;
  int result = EXIT_SUCCESS;
  if (open_store(&store, &error) != RENRAKU_OK || sign_in(store, &session, &error) != RENRAKU_OK ||
      list(session, &error) != RENRAKU_OK) {
    result = report(error);
  }
  if (session) renraku_session_sign_out(session, NULL);
  renraku_error_free(error);
  renraku_session_free(session);
  renraku_store_free(store);
  return result;
}
