/* Versions, error numbers, NULL where a handle is freed or asked, and how structs grow. */
#include <string.h>

#include "city.h"
#include "expect.h"

void test_versions(void) {
  int32_t major = -1, minor = -1;
  renraku_abi(&major, &minor);
  EXPECT(major == RENRAKU_ABI_MAJOR && minor >= RENRAKU_ABI_MINOR);
  renraku_abi(NULL, NULL);
  EXPECT(strchr(renraku_version(), '.') != NULL);
}

void test_numbers(void) {
  EXPECT_TEXT(renraku_status_name(RENRAKU_OK), "ok");
  EXPECT_TEXT(renraku_status_name(RENRAKU_WRONG_PASSPHRASE), "wrong_passphrase");
  EXPECT_TEXT(renraku_status_name(RENRAKU_DAMAGED), "damaged");
  EXPECT_TEXT(renraku_status_name(-1), "unknown");
  EXPECT(strlen(renraku_status_message_ja(RENRAKU_BUSY)) > 10);
  EXPECT(renraku_error_code(NULL) == 0);
  EXPECT_TEXT(renraku_error_name(NULL), "");
  EXPECT_TEXT(renraku_error_field(NULL), "");
  EXPECT_TEXT(renraku_error_message(NULL), "");
  EXPECT_TEXT(renraku_error_message_ja(NULL), "");

  renraku_error* error = NULL;
  renraku_store* store = (renraku_store*)&store;
  const renraku_secret secret = host_secret();
  EXPECT(renraku_store_open(NULL, &secret, NULL, &store, &error) == RENRAKU_INVALID_ARGUMENT);
  EXPECT(store == NULL); /* an output is NULL unless all is well */
  EXPECT_TEXT(renraku_error_name(error), "invalid_argument");
  EXPECT_TEXT(renraku_error_field(error), "address");
  EXPECT(strlen(renraku_error_message(error)) > 10);
  EXPECT_TEXT(renraku_error_message_ja(error), renraku_status_message_ja(2001));
  renraku_error_free(error);
}

void test_nothing(void) {
  renraku_error_free(NULL);
  renraku_text_free(NULL);
  renraku_cancel_pull(NULL);
  renraku_cancel_free(NULL);
  renraku_store_free(NULL);
  renraku_session_free(NULL);
  EXPECT(renraku_session_token(NULL) == NULL);
  renraku_struct_init(NULL, 8);
#define PAGE(noun)                                   \
  renraku_##noun##_page_free(NULL);                  \
  EXPECT(renraku_##noun##_page_count(NULL) == 0);    \
  EXPECT(renraku_##noun##_page_at(NULL, 0) == NULL); \
  EXPECT(renraku_##noun##_page_next(NULL) == NULL);
  // clang-format off: calls without semicolons, one a line
  PAGE(check_report)
  PAGE(evacuee)
  PAGE(evacuee_line)
  PAGE(export_report)
  PAGE(import_conflict)
  PAGE(import_report)
  PAGE(journal_entry)
  PAGE(journal_report)
  PAGE(key_slot)
  PAGE(member)
  PAGE(missing_evacuee)
  PAGE(municipality)
  PAGE(open_row)
  PAGE(person)
  PAGE(suspect)
  // clang-format on
}

#define REFUSED(call) EXPECT_STATUS(call, RENRAKU_INVALID_ARGUMENT, NULL)

/* Every call with nothing at all, then with a session alone. */
static void call_with_null(renraku_store* store, renraku_session* session) {
  renraku_store* new_store = NULL;
  renraku_session* new_session = NULL;
  renraku_municipality_page* municipalities = NULL;
  renraku_member_page* members = NULL;
  renraku_person_page* people = NULL;
  renraku_evacuee_page* evacuees = NULL;
  renraku_journal_entry_page* entries = NULL;
  REFUSED(renraku_store_create(NULL, NULL, NULL, NULL, &new_store, &error));
  REFUSED(renraku_store_create("x", NULL, NULL, NULL, &new_store, &error));
  REFUSED(renraku_store_open("x", NULL, NULL, &new_store, &error));
  REFUSED(renraku_store_open("x", NULL, NULL, NULL, &error));
  REFUSED(renraku_store_check(store, NULL, &error));
  REFUSED(renraku_store_verify_journal(store, NULL, &error));
  REFUSED(renraku_store_key_slots(store, NULL, &error));
  REFUSED(renraku_store_change_passphrase(store, NULL, NULL, &error));
  REFUSED(renraku_store_add_recovery_key(store, NULL, NULL, &error));
  REFUSED(renraku_store_add_host_key(store, NULL, NULL, 32, &error));
  REFUSED(renraku_store_add_host_key(store, "x", NULL, 32, &error));
  REFUSED(renraku_session_sign_in(store, NULL, NULL, NULL, &new_session, &error));
  REFUSED(renraku_session_sign_in(store, JOSO, "kanri", PASSWORD, NULL, &error));
  REFUSED(renraku_session_resume(store, NULL, &new_session, &error));
  REFUSED(renraku_session_member(session, NULL, &error));
  REFUSED(renraku_session_change_password(session, NULL, NULL, &error));
  REFUSED(renraku_municipality_add(store, NULL, &municipalities, &error));
  REFUSED(renraku_municipality_list(store, NULL, &error));
  REFUSED(renraku_municipality_view(session, NULL, &error));
  REFUSED(renraku_municipality_change(session, NULL, &municipalities, &error));
  REFUSED(renraku_member_add(session, NULL, &members, &error));
  REFUSED(renraku_member_list(session, NULL, NULL, &error));
  REFUSED(renraku_member_view(session, NULL, &members, &error));
  REFUSED(renraku_member_change(session, NULL, &members, &error));
  REFUSED(renraku_member_suspend(session, NULL, &members, &error));
  REFUSED(renraku_member_restore(session, NULL, &members, &error));
  REFUSED(renraku_person_find(session, NULL, NULL, NULL, &error));
  REFUSED(renraku_person_view(session, NULL, &people, &error));
  REFUSED(renraku_person_change(session, NULL, &people, &error));
  REFUSED(renraku_person_protect(session, NULL, 1, NULL, &people, &error));
  REFUSED(renraku_evacuee_list(session, NULL, NULL, NULL, &error));
  REFUSED(renraku_evacuee_add(session, NULL, NULL, &evacuees, &error));
  REFUSED(renraku_evacuee_view(session, NULL, &evacuees, &error));
  REFUSED(renraku_evacuee_change(session, NULL, &evacuees, &error));
  REFUSED(renraku_journal_list(session, NULL, NULL, NULL, &error));
  REFUSED(renraku_journal_history(session, NULL, NULL, &entries, &error));
  REFUSED(renraku_journal_verify(session, NULL, &error));
}

void test_null_arguments(void) {
  call_with_null(NULL, NULL);
  EXPECT_STATUS(renraku_store_flush(NULL, &error), RENRAKU_INVALID_ARGUMENT, "store");
  EXPECT_STATUS(renraku_session_sign_out(NULL, &error), RENRAKU_INVALID_ARGUMENT, "session");
  struct city city;
  city_open(&city);
  call_with_null(city.store, city.officer);
  city_close(&city);
}

static int32_t list(struct city* city, const void* filter, uint64_t* count, renraku_error** error) {
  renraku_evacuee_line_page* lines = NULL;
  const int32_t status = renraku_evacuee_list(city->officer, filter, NULL, &lines, error);
  *count = renraku_evacuee_line_page_count(lines);
  if (*count)
    EXPECT(renraku_evacuee_line_page_at(lines, 0)->struct_size == sizeof(renraku_evacuee_line));
  renraku_evacuee_line_page_free(lines);
  return status;
}

void test_structs(void) {
  struct city city;
  char evacuee[37], person[37];
  uint64_t count = 0;
  city_open(&city);
  city_resident(&city, "架空　花子", "カクウ　ハナコ", evacuee, person);

  renraku_evacuee_filter filter;
  memset(&filter, 0xff, sizeof filter);
  renraku_struct_init(&filter, sizeof filter);
  EXPECT(filter.struct_size == sizeof filter && filter.label == NULL && filter.text == NULL);
  EXPECT_OK(list(&city, &filter, &count, &error));
  EXPECT(count == 1);

  /* An older caller, who knew `label` alone: what lies behind it is not his. */
  memset(&filter, 0xff, sizeof filter);
  filter.struct_size = 16;
  filter.label = "red";
  EXPECT_OK(list(&city, &filter, &count, &error));
  EXPECT(count == 1);
  filter.label = "blue";
  EXPECT_OK(list(&city, &filter, &count, &error));
  EXPECT(count == 0);

  /* A newer caller, who knows one more field: unused, then used. */
  struct newer_filter {
    renraku_evacuee_filter known;
    const char* unheard_of;
  } newer;
  renraku_struct_init(&newer, sizeof newer);
  EXPECT_OK(list(&city, &newer, &count, &error));
  EXPECT(count == 1);
  newer.unheard_of = "x";
  EXPECT_STATUS(list(&city, &newer, &count, &error), RENRAKU_INVALID_ARGUMENT, "filter");

  /* Memory that nobody initialised. */
  const uint64_t no_sizes[] = {0, 4, 12, 4097, UINT64_MAX};
  for (uint64_t i = 0; i < sizeof no_sizes / sizeof *no_sizes; ++i) {
    filter.struct_size = no_sizes[i];
    EXPECT_STATUS(list(&city, &filter, &count, &error), RENRAKU_INVALID_ARGUMENT, "filter");
  }

  /* The same inside a record, and a count without items. */
  renraku_evacuee_page* page = NULL;
  renraku_person who = RENRAKU_INIT(renraku_person);
  who.name = "架空　次郎";
  renraku_evacuee entry = RENRAKU_INIT(renraku_evacuee);
  renraku_phone phone = {0, "home", NULL, NULL};
  const renraku_phone* phones[] = {&phone, NULL};
  who.phones = phones;
  who.phones_count = 1;
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &who, &entry, &page, &error),
                RENRAKU_INVALID_ARGUMENT, "phones");
  phone.struct_size = sizeof phone;
  who.phones_count = 2;
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &who, &entry, &page, &error),
                RENRAKU_INVALID_ARGUMENT, "phones");
  who.phones_count = UINT64_MAX;
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &who, &entry, &page, &error),
                RENRAKU_INVALID_ARGUMENT, "phones");
  who.phones = NULL;
  who.phones_count = 1;
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &who, &entry, &page, &error),
                RENRAKU_INVALID_ARGUMENT, "phones");
  EXPECT(page == NULL);

  /* Texts, words and days that are none. */
  who.phones_count = 0;
  who.name = "\xff";
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &who, &entry, &page, &error), RENRAKU_INVALID,
                "name");
  who.name = "架空　次郎";
  who.sex = "男";
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &who, &entry, &page, &error), RENRAKU_INVALID,
                "sex");
  who.sex = NULL;
  who.birth_date = "1940-02-30";
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &who, &entry, &page, &error), RENRAKU_INVALID,
                "birth_date");
  who.birth_date = NULL;
  entry.person = "no id";
  EXPECT_STATUS(renraku_evacuee_add(city.officer, &who, &entry, &page, &error), RENRAKU_INVALID,
                "person");
  city_close(&city);
}
