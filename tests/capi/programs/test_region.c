/* A region: which store a municipality is led to, and what changes with its directory. */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <string.h>

#include "city.h"
#include "expect.h"

/* Writes the directory beside itself, then in its place. */
static void write_directory(const struct city* city, const char* file, const char* also) {
  char beside[128];
  snprintf(beside, sizeof beside, "%s.new", file);
  FILE* out = fopen(beside, "wb");
  if (!EXPECT(out != NULL)) return;
  fprintf(out, "home = '%s'\n[%s]\naddress = '%s'\nname = '常総市'\n%s", city->folder, JOSO,
          city->address, also);
  fclose(out);
  EXPECT(rename(beside, file) == 0);
}

static void expect_signed_in(renraku_region* region) {
  renraku_store* store = NULL;
  renraku_session* session = NULL;
  EXPECT_OK(renraku_region_store(region, JOSO, &store, &error));
  EXPECT_OK(renraku_session_sign_in(store, JOSO, "kanri", PASSWORD, &session, &error));
  renraku_session_free(session);
  renraku_store_free(store);
}

void test_regions(void) {
  struct city city;
  city_open(&city);
  char file[100];
  snprintf(file, sizeof file, "%s/region.toml", city.folder);
  write_directory(&city, file, "");
  const renraku_secret secret = host_secret();
  renraku_region* region = NULL;
  EXPECT_OK(renraku_region_open(file, &secret, NULL, &region, &error));
  expect_signed_in(region);

  renraku_store* store = NULL;
  EXPECT_STATUS(renraku_region_store(region, "082023", &store, &error), RENRAKU_NOT_FOUND,
                "municipality");
  EXPECT(store == NULL);
  EXPECT_STATUS(renraku_region_store(region, NULL, &store, &error), RENRAKU_INVALID_ARGUMENT,
                "municipality");

  /* One more, which has no name. */
  write_directory(&city, file, "[082023]\naddress = 'nowhere'\n");
  EXPECT_OK(renraku_region_reload(region, &error));
  renraku_served_municipality_page* served = NULL;
  EXPECT_OK(renraku_region_municipalities(region, &served, &error));
  EXPECT(renraku_served_municipality_page_count(served) == 2);
  EXPECT_TEXT(renraku_served_municipality_page_at(served, 0)->code, "082023");
  EXPECT_TEXT(renraku_served_municipality_page_at(served, 0)->name, "");
  EXPECT_TEXT(renraku_served_municipality_page_at(served, 1)->code, JOSO);
  EXPECT_TEXT(renraku_served_municipality_page_at(served, 1)->name, "常総市");
  renraku_served_municipality_page_free(served);
  EXPECT_STATUS(renraku_region_store(region, "082023", &store, &error), RENRAKU_NOT_A_STORE, NULL);

  /* A broken one changes nothing. */
  write_directory(&city, file, "[082023]\n");
  EXPECT_STATUS(renraku_region_reload(region, &error), RENRAKU_INVALID, "region");
  expect_signed_in(region);

  /* A store that is held outlives the region. */
  EXPECT_OK(renraku_region_store(region, JOSO, &store, &error));
  renraku_region_free(region);
  renraku_municipality_page* page = NULL;
  EXPECT_OK(renraku_municipality_list(store, &page, &error));
  EXPECT(renraku_municipality_page_count(page) == 1);
  renraku_municipality_page_free(page);
  renraku_store_free(store);

  EXPECT_STATUS(renraku_region_open("/nowhere/region.toml", &secret, NULL, &region, &error),
                RENRAKU_IO, "region");
  EXPECT(region == NULL);
  renraku_region_free(NULL);
  city_close(&city);
}
