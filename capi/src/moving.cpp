#include <renraku/c/moving.h>

#include <renraku/moving.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "secret.hpp"
#include "store.hpp"
#include "watch.hpp"

using namespace renraku;
using namespace renraku::capi;

namespace {

MoveOptions read_move_options(const renraku_move_options* given) {
  MoveOptions options;
  if (!given) return options;
  const renraku_move_options known = known_struct(given, "options");
  options.options = read_store_options(known.options);
  options.other = read_store_options(known.other);
  options.progress = read_watch(known.watch);
  return options;
}

}  // namespace

int32_t renraku_municipality_copy(const char* from, const renraku_secret* secret, const char* to,
                                  const renraku_secret* to_secret, const char* municipality,
                                  const renraku_move_options* options,
                                  renraku_copy_report_page** report, renraku_error** error) {
  return deliver(error, report, [&] {
    return copy_municipality(read_text(from, "from"), GivenSecret(secret), read_text(to, "to"),
                             GivenSecret(to_secret), read_text(municipality, "municipality"),
                             read_move_options(options));
  });
}

int32_t renraku_municipality_compare(const char* one, const renraku_secret* secret,
                                     const char* other, const renraku_secret* other_secret,
                                     const char* municipality, const renraku_move_options* options,
                                     renraku_store_comparison_page** comparison,
                                     renraku_error** error) {
  return deliver(error, comparison, [&] {
    return compare_municipality(read_text(one, "one"), GivenSecret(secret),
                                read_text(other, "other"), GivenSecret(other_secret),
                                read_text(municipality, "municipality"),
                                read_move_options(options));
  });
}

int32_t renraku_municipality_take_back(renraku_store* store, const char* municipality,
                                       renraku_error** error) {
  return guard(error,
               [&] { take_back_municipality(at(store), read_text(municipality, "municipality")); });
}
