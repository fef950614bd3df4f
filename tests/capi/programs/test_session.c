/* Signing in, the municipality's settings, and the people who work there. */
#include <string.h>

#include "city.h"
#include "expect.h"

static void expect_sign_in(struct city* city, const char* login, const char* password,
                           int32_t status) {
  renraku_session* session = NULL;
  EXPECT_STATUS(renraku_session_sign_in(city->store, JOSO, login, password, &session, &error),
                status, NULL);
  EXPECT((session != NULL) == (status == RENRAKU_OK));
  renraku_session_free(session);
}

void test_sessions(void) {
  struct city city;
  city_open(&city);
  renraku_member_page* member = NULL;
  EXPECT_OK(renraku_session_member(city.officer, &member, &error));
  const renraku_member* kanri = renraku_member_page_at(member, 0);
  EXPECT_TEXT(kanri->login, "kanri");
  EXPECT_TEXT(kanri->status, "active");
  EXPECT_TEXT(kanri->profession, "city_officer");
  EXPECT(kanri->roles_count == 2);
  EXPECT_TEXT(kanri->roles[1], "roster_officer");
  renraku_member_page_free(member);

  char token[65];
  EXPECT(strlen(renraku_session_token(city.officer)) == 64);
  memcpy(token, renraku_session_token(city.officer), 65);
  renraku_session* again = NULL;
  EXPECT_OK(renraku_session_resume(city.store, token, &again, &error));
  EXPECT_TEXT(renraku_session_token(again), token);

  expect_sign_in(&city, "kanri", "wrong password 12345", RENRAKU_SIGN_IN_FAILED);
  expect_sign_in(&city, "nobody", PASSWORD, RENRAKU_SIGN_IN_FAILED);

  EXPECT_STATUS(renraku_session_change_password(city.officer, "wrong", "long enough 12345", &error),
                RENRAKU_SIGN_IN_FAILED, "current");
  EXPECT_STATUS(renraku_session_change_password(city.officer, PASSWORD, "short", &error),
                RENRAKU_INVALID, "password");
  renraku_session* other = NULL;
  EXPECT_OK(renraku_session_sign_in(city.store, JOSO, "kanri", PASSWORD, &other, &error));
  EXPECT_OK(renraku_session_change_password(city.officer, PASSWORD, "a new one of 13+", &error));
  renraku_municipality_page* page = NULL;
  EXPECT_STATUS(renraku_municipality_view(other, &page, &error), RENRAKU_SESSION_ENDED, NULL);
  renraku_session_free(other);
  expect_sign_in(&city, "kanri", "a new one of 13+", RENRAKU_OK);

  EXPECT_OK(renraku_session_sign_out(city.officer, &error));
  EXPECT_STATUS(renraku_municipality_view(again, &page, &error), RENRAKU_SESSION_ENDED, NULL);
  EXPECT(page == NULL);
  renraku_session_free(again);
  EXPECT_STATUS(renraku_session_resume(city.store, token, &again, &error), RENRAKU_SESSION_ENDED,
                NULL);
  EXPECT_STATUS(renraku_session_resume(city.store, "no token", &again, &error),
                RENRAKU_SESSION_ENDED, NULL);
  city_close(&city);
}

void test_municipalities(void) {
  struct city city;
  city_open(&city);
  EXPECT_STATUS(add_city(city.store, &error), RENRAKU_EXISTS, NULL);
  renraku_new_municipality input = RENRAKU_INIT(renraku_new_municipality);
  renraku_new_member administrator = RENRAKU_INIT(renraku_new_member);
  renraku_municipality_page* page = NULL;
  input.code = "082113"; /* the check digit is 2 */
  input.name = "架空市";
  input.administrator = &administrator;
  administrator.login = "kanri";
  administrator.password = "short";
  EXPECT_STATUS(renraku_municipality_add(city.store, &input, &page, &error), RENRAKU_INVALID,
                "password");
  administrator.password = PASSWORD;
  EXPECT_STATUS(renraku_municipality_add(city.store, &input, &page, &error), RENRAKU_INVALID,
                "code");

  EXPECT_OK(renraku_municipality_view(city.officer, &page, &error));
  renraku_municipality changed = *renraku_municipality_page_at(page, 0);
  EXPECT_TEXT(changed.disclosure, "opt_in");
  EXPECT_TEXT(changed.label_red, "赤");
  renraku_municipality_page* result = NULL;
  changed.disclosure = "presumed";
  EXPECT_STATUS(renraku_municipality_change(city.officer, &changed, &result, &error),
                RENRAKU_INVALID, "disclosure"); /* a second officer decides that */
  changed.disclosure = "opt_in";
  changed.label_red = "最優先";
  EXPECT_OK(renraku_municipality_change(city.officer, &changed, &result, &error));
  EXPECT_TEXT(renraku_municipality_page_at(result, 0)->label_red, "最優先");
  renraku_municipality_page_free(result);
  EXPECT_STATUS(renraku_municipality_change(city.officer, &changed, &result, &error),
                RENRAKU_CONFLICT, NULL); /* the revision is the one before */
  EXPECT(result == NULL);
  renraku_municipality_page_free(page);
  city_close(&city);
}

void test_members(void) {
  struct city city;
  city_open(&city);
  renraku_session* nurse = city_member(&city, "kango", "professional");
  renraku_member_page *page = NULL, *result = NULL;
  EXPECT_OK(renraku_member_list(city.officer, NULL, &page, &error));
  EXPECT(renraku_member_page_count(page) == 2);
  renraku_member changed = *renraku_member_page_at(page, 1);
  if (strcmp(changed.login, "kango") != 0) changed = *renraku_member_page_at(page, 0);
  const char* const roles[] = {"professional", "roster_officer"};
  changed.name = "看護 花子";
  changed.profession = "nurse";
  changed.roles = roles;
  changed.roles_count = 2;
  EXPECT_OK(renraku_member_change(city.officer, &changed, &result, &error));
  EXPECT_TEXT(renraku_member_page_at(result, 0)->profession, "nurse");
  EXPECT(renraku_member_page_at(result, 0)->roles_count == 2);
  renraku_member_page_free(result);
  EXPECT_STATUS(renraku_member_change(city.officer, &changed, &result, &error), RENRAKU_CONFLICT,
                NULL);

  EXPECT_OK(renraku_member_suspend(city.officer, changed.id, &result, &error));
  EXPECT_TEXT(renraku_member_page_at(result, 0)->status, "suspended");
  renraku_member_page_free(result);
  EXPECT_STATUS(renraku_session_sign_out(nurse, &error), RENRAKU_SESSION_ENDED, NULL);
  expect_sign_in(&city, "kango", PASSWORD, RENRAKU_SIGN_IN_FAILED);
  EXPECT_OK(renraku_member_restore(city.officer, changed.id, &result, &error));
  renraku_member_page_free(result);
  expect_sign_in(&city, "kango", PASSWORD, RENRAKU_OK);
  EXPECT_OK(renraku_member_view(city.officer, changed.id, &result, &error));
  EXPECT_TEXT(renraku_member_page_at(result, 0)->name, "看護 花子");
  renraku_member_page_free(result);

  EXPECT_STATUS(
      renraku_member_view(city.officer, "00000000-0000-7000-8000-000000000000", &result, &error),
      RENRAKU_NOT_FOUND, NULL);
  EXPECT_STATUS(renraku_member_view(city.officer, "kango", &result, &error), RENRAKU_INVALID, "id");
  renraku_new_member input = RENRAKU_INIT(renraku_new_member);
  input.login = "KANGO";
  input.name = "看護";
  input.roles = roles;
  input.roles_count = 1;
  input.password = PASSWORD;
  EXPECT_STATUS(renraku_member_add(city.officer, &input, &result, &error), RENRAKU_EXISTS, "login");
  input.login = "iryou";
  input.profession = "wizard";
  EXPECT_STATUS(renraku_member_add(city.officer, &input, &result, &error), RENRAKU_INVALID,
                "profession");
  input.profession = NULL;
  input.password = "short";
  EXPECT_STATUS(renraku_member_add(city.officer, &input, &result, &error), RENRAKU_INVALID,
                "password");
  renraku_session_free(nurse);
  renraku_member_page_free(page);

  renraku_session* professional = city_member(&city, "yakuzai", "professional");
  EXPECT_STATUS(renraku_member_list(professional, NULL, &page, &error), RENRAKU_NOT_PERMITTED,
                NULL);
  renraku_session_free(professional);
  city_close(&city);
}
