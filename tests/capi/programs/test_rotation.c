/* Keys made anew. */
#include <string.h>

#include "city.h"
#include "expect.h"

struct told {
  int64_t parts;
  int64_t in_all;
  int ends;
};

static int32_t tell(void* user, int64_t parts, int64_t done, int64_t in_all) {
  struct told* told = user;
  told->parts = parts;
  told->in_all = in_all;
  return told->ends && done == parts;
}

void test_rotation(void) {
  struct city city;
  char evacuee[37], person[37];
  struct told told = {0, 0, 1};
  city_open(&city);
  city_resident(&city, "架空 花子", "カクウ ハナコ", evacuee, person);
  renraku_watch watch = RENRAKU_INIT(renraku_watch);
  watch.progress = tell;
  watch.user = &told;
  renraku_key_rotation_page* page = NULL;
  EXPECT_STATUS(renraku_store_rotate_keys(city.store, NULL, NULL, &page, &error),
                RENRAKU_INVALID_ARGUMENT, "municipality");
  EXPECT_STATUS(renraku_store_rotate_keys(city.store, "011002", NULL, &page, &error),
                RENRAKU_NOT_FOUND, "municipality");
  EXPECT_STATUS(renraku_store_rotate_keys(city.store, JOSO, &watch, &page, &error),
                RENRAKU_CANCELLED, NULL);
  told.ends = 0;
  EXPECT_OK(renraku_store_rotate_keys(city.store, JOSO, &watch, &page, &error));
  const renraku_key_rotation* rotation = renraku_key_rotation_page_at(page, 0);
  EXPECT(rotation && rotation->number == 2 && rotation->resumed == 1);
  EXPECT(rotation && strcmp(rotation->municipality, JOSO) == 0 && told.parts == told.in_all);
  renraku_key_rotation_page_free(page);
  EXPECT_OK(renraku_store_rotate_keys(city.store, "", NULL, &page, &error));
  rotation = renraku_key_rotation_page_at(page, 0);
  EXPECT(rotation && rotation->number == 2 && rotation->resumed == 0);
  renraku_key_rotation_page_free(page);

  renraku_evacuee_page* entry = NULL;
  EXPECT_OK(renraku_evacuee_view(city.officer, evacuee, &entry, &error));
  renraku_evacuee_page_free(entry);
  city_close(&city);
}
