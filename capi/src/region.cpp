#include <renraku/c/region.h>

#include <renraku/region.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "secret.hpp"

using namespace renraku;
using namespace renraku::capi;

struct renraku_region {
  explicit renraku_region(Region opened) : region(std::move(opened)) {}
  Region region;
};

namespace {

Region& at(renraku_region* region) {
  return need(region, "region").region;
}

}  // namespace

int32_t renraku_region_open(const char* file, const renraku_secret* secret,
                            const renraku_store_options* options, renraku_region** region,
                            renraku_error** error) {
  return deliver(error, region, [&] {
    return Region::open(read_text(file, "file"), GivenSecret(secret), read_store_options(options));
  });
}

void renraku_region_free(renraku_region* region) {
  delete region;
}

int32_t renraku_region_store(renraku_region* region, const char* municipality,
                             renraku_store** store, renraku_error** error) {
  return deliver(error, store,
                 [&] { return at(region).store(read_text(municipality, "municipality")); });
}

int32_t renraku_region_municipalities(renraku_region* region,
                                      renraku_served_municipality_page** municipalities,
                                      renraku_error** error) {
  return deliver(error, municipalities, [&] { return at(region).municipalities(); });
}

int32_t renraku_region_reload(renraku_region* region, renraku_error** error) {
  return guard(error, [&] { at(region).reload(); });
}
