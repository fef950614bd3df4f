/* The small files of a store on a server with a keeper of the host's, which here is memory. */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "city.h"
#include "expect.h"

enum { kept_max = 4 };

struct kept {
  char name[65];
  uint8_t bytes[RENRAKU_KEEPER_BYTES_MAX];
  uint64_t size;
};

struct cupboard {
  struct kept kept[kept_max];
  char home[64]; /* where it finds the key header when it is first asked */
  int writes;
  int32_t answer;
};

static struct kept* find(struct cupboard* cupboard, const char* name) {
  for (int i = 0; i < kept_max; ++i) {
    if (strcmp(cupboard->kept[i].name, name) == 0) return &cupboard->kept[i];
  }
  return NULL;
}

/* The file "keys" of a home and a keeper's "<store id>-keys" are the same bytes. */
static struct kept* bring_from_home(struct cupboard* cupboard, const char* name) {
  char path[160];
  snprintf(path, sizeof path, "%s/%.36s.renraku/keys", cupboard->home, name);
  FILE* file = strcmp(name + 36, "-keys") == 0 ? fopen(path, "rb") : NULL;
  struct kept* const kept = find(cupboard, "");
  if (!file || !EXPECT(kept != NULL)) return NULL;
  snprintf(kept->name, sizeof kept->name, "%s", name);
  kept->size = fread(kept->bytes, 1, sizeof kept->bytes, file);
  fclose(file);
  return kept;
}

static int32_t read_kept(void* user, const char* name, uint8_t* bytes, uint64_t* size) {
  struct cupboard* const cupboard = (struct cupboard*)user;
  const struct kept* kept = find(cupboard, name);
  if (!kept) kept = bring_from_home(cupboard, name);
  *size = kept ? kept->size : 0;
  if (kept) memcpy(bytes, kept->bytes, kept->size);
  return cupboard->answer;
}

static int32_t write_kept(void* user, const char* name, const uint8_t* bytes, uint64_t size) {
  struct cupboard* const cupboard = (struct cupboard*)user;
  if (cupboard->answer != 0) return cupboard->answer;
  struct kept* kept = find(cupboard, name);
  if (!kept) kept = find(cupboard, "");
  if (!EXPECT(kept && size <= sizeof kept->bytes && strlen(name) < sizeof kept->name)) return 1;
  snprintf(kept->name, sizeof kept->name, "%s", name);
  memcpy(kept->bytes, bytes, size);
  kept->size = size;
  ++cupboard->writes;
  return 0;
}

static int32_t remove_kept(void* user, const char* name) {
  struct kept* const kept = find((struct cupboard*)user, name);
  if (kept) memset(kept, 0, sizeof *kept);
  return 0;
}

static void expect_strict(renraku_store* store, int32_t expected) {
  int32_t strict = -1;
  EXPECT_OK(renraku_store_is_strict(store, &strict, &error));
  EXPECT(strict == expected);
}

void test_keeper(void) {
  struct city city;
  city_open(&city);
  expect_strict(city.store, 0);
  EXPECT_STATUS(renraku_store_is_strict(city.store, NULL, &error), RENRAKU_INVALID_ARGUMENT,
                "strict");
  struct cupboard* const cupboard = calloc(1, sizeof *cupboard);
  if (!EXPECT(cupboard != NULL)) return;
  snprintf(cupboard->home, sizeof cupboard->home, "%s", city.folder);
  renraku_keeper keeper = RENRAKU_INIT(renraku_keeper);
  keeper.read = read_kept;
  keeper.write = write_kept;
  keeper.user = cupboard;
  renraku_store_options options = RENRAKU_INIT(renraku_store_options);
  options.keeper = &keeper;
  const renraku_secret secret = host_secret();
  renraku_store* store = NULL;
  EXPECT_STATUS(renraku_store_open(city.address, &secret, &options, &store, &error),
                RENRAKU_INVALID_ARGUMENT, "keeper");
  keeper.remove = remove_kept;

  unsetenv("RENRAKU_HOME");
  EXPECT_OK(renraku_store_open(city.address, &secret, &options, &store, &error));
  expect_strict(store, on_a_server());
  EXPECT_OK(renraku_store_add_passphrase(store, "福祉課", "二番の言葉", &error));
  cupboard->answer = 1;
  const int32_t expected = on_a_server() ? RENRAKU_IO : RENRAKU_OK;
  EXPECT_STATUS(renraku_store_add_passphrase(store, "税務課", "三番の言葉", &error), expected,
                on_a_server() ? "keeper" : "");
  cupboard->answer = 0;
  renraku_session* officer = NULL;
  EXPECT_OK(renraku_session_sign_in(store, JOSO, "kanri", PASSWORD, &officer, &error));
  renraku_session_free(officer);
  renraku_store_free(store);
  /* The key header, and how far access had come. A folder is not asked. */
  EXPECT(on_a_server() ? cupboard->writes >= 2 : cupboard->writes == 0);

  EXPECT_OK(renraku_store_open(city.address, &secret, &options, &store, &error));
  renraku_key_slot_page* slots = NULL;
  EXPECT_OK(renraku_store_key_slots(store, &slots, &error));
  EXPECT(renraku_key_slot_page_count(slots) == (on_a_server() ? 2 : 3));
  renraku_key_slot_page_free(slots);
  renraku_store_free(store);
  free(cupboard);
  city_close(&city);
}
