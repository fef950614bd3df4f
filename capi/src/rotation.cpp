#include <renraku/c/rotation.h>

#include <renraku/rotation.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "store.hpp"
#include "watch.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_store_rotate_keys(renraku_store* store, const char* municipality,
                                  const renraku_watch* watch, renraku_key_rotation_page** rotation,
                                  renraku_error** error) {
  return deliver(error, rotation, [&] {
    return rotate_keys(at(store), read_text(municipality, "municipality"), read_watch(watch));
  });
}
