#define _XOPEN_SOURCE 700
#include "city.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const uint8_t host_key[32] = {1, 2, 3, 4, 5, 6, 7, 8};

static void must(int32_t status, const char* what) {
  if (status == RENRAKU_OK) return;
  fprintf(stderr, "%s: %s\n", what, renraku_status_name(status));
  exit(1);
}

void make_folder(char folder[64]) {
  const char* temporary = getenv("TMPDIR");
  snprintf(folder, 64, "%.40s/renraku-XXXXXX", temporary ? temporary : "/tmp");
  if (!mkdtemp(folder)) must(RENRAKU_IO, "temporary folder");
}

static int remove_one(const char* path, const struct stat* about, int kind, struct FTW* place) {
  (void)about, (void)kind, (void)place;
  return remove(path);
}

void remove_folder(const char* folder) {
  nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

renraku_secret host_secret(void) {
  renraku_secret secret = RENRAKU_INIT(renraku_secret);
  secret.host_key = host_key;
  secret.host_key_size = sizeof host_key;
  return secret;
}

int32_t add_city(renraku_store* store, renraku_error** error) {
  const char* const roles[] = {"administrator", "roster_officer"};
  renraku_new_member administrator = RENRAKU_INIT(renraku_new_member);
  administrator.login = "kanri";
  administrator.name = "管理 太郎";
  administrator.roles = roles;
  administrator.roles_count = 2;
  administrator.password = PASSWORD;
  renraku_new_municipality input = RENRAKU_INIT(renraku_new_municipality);
  input.code = JOSO;
  input.name = "常総市";
  input.administrator = &administrator;
  renraku_municipality_page* added = NULL;
  const int32_t status = renraku_municipality_add(store, &input, &added, error);
  renraku_municipality_page_free(added);
  return status;
}

int on_a_server(void) {
  const char* engine = getenv("RENRAKU_TEST_ENGINE");
  return engine && strcmp(engine, "postgresql") == 0;
}

/* A new database of the server that with_postgresql runs; it goes with the server. */
static void make_database(struct city* city) {
  static int count = 0;
  const char* server = getenv("RENRAKU_TEST_SERVER");
  const char* place = server ? strstr(server, "{}") : NULL;
  if (!place) must(RENRAKU_INVALID_ARGUMENT, "RENRAKU_TEST_SERVER");
  char command[64];
  snprintf(command, sizeof command, "createdb capi%d", ++count);
  if (system(command) != 0) must(RENRAKU_IO, command);
  snprintf(city->address, sizeof city->address, "%.*scapi%d%s", (int)(place - server), server,
           count, place + 2);
  setenv("RENRAKU_HOME", city->folder, 1);
}

void city_open(struct city* city) {
  make_folder(city->folder);
  if (on_a_server()) {
    make_database(city);
  } else {
    snprintf(city->address, sizeof city->address, "%s/city.renraku", city->folder);
  }
  const renraku_secret secret = host_secret();
  must(renraku_store_create(city->address, &secret, "情報政策課", NULL, &city->store, NULL),
       "create");
  must(add_city(city->store, NULL), "municipality");
  must(renraku_session_sign_in(city->store, JOSO, "kanri", PASSWORD, &city->officer, NULL),
       "sign-in");
}

void city_close(struct city* city) {
  renraku_session_free(city->officer);
  renraku_store_free(city->store);
  remove_folder(city->folder);
}

renraku_session* city_member(struct city* city, const char* login, const char* role) {
  renraku_new_member input = RENRAKU_INIT(renraku_new_member);
  input.login = login;
  input.name = login;
  input.roles = &role;
  input.roles_count = 1;
  input.password = PASSWORD;
  renraku_member_page* added = NULL;
  must(renraku_member_add(city->officer, &input, &added, NULL), "member");
  renraku_member_page_free(added);
  renraku_session* session = NULL;
  must(renraku_session_sign_in(city->store, JOSO, login, PASSWORD, &session, NULL), "sign-in");
  return session;
}

void city_resident(struct city* city, const char* name, const char* kana, char evacuee[37],
                   char person[37]) {
  renraku_phone phone = RENRAKU_INIT(renraku_phone);
  phone.kind = "home";
  phone.digits = "0297000001";
  phone.written = "0297-00-0001";
  const renraku_phone* const phones[] = {&phone};
  renraku_address address = RENRAKU_INIT(renraku_address);
  address.text = "茨城県常総市水海道架空町１丁目２番３号";
  const renraku_address* const addresses[] = {&address};
  renraku_person resident = RENRAKU_INIT(renraku_person);
  resident.name = name;
  resident.kana = kana;
  resident.birth_date = "1940-03-05";
  resident.sex = "female";
  resident.phones = phones;
  resident.phones_count = 1;
  resident.addresses = addresses;
  resident.addresses_count = 1;
  renraku_extra_column extra = RENRAKU_INIT(renraku_extra_column);
  extra.name = "自治会";
  extra.value = "架空会";
  const renraku_extra_column* const extras[] = {&extra};
  renraku_evacuee entry = RENRAKU_INIT(renraku_evacuee);
  entry.district = "第一";
  entry.reason = "独居高齢者";
  entry.label = "red";
  entry.consent = "granted";
  entry.extra = extras;
  entry.extra_count = 1;
  renraku_evacuee_page* added = NULL;
  must(renraku_evacuee_add(city->officer, &resident, &entry, &added, NULL), "resident");
  const renraku_evacuee* one = renraku_evacuee_page_at(added, 0);
  memcpy(evacuee, one->id, 37);
  memcpy(person, one->person, 37);
  renraku_evacuee_page_free(added);
}
