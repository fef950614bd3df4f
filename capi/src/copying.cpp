#include <renraku/c/copying.h>

#include <renraku/copying.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "secret.hpp"
#include "watch.hpp"

using namespace renraku;
using namespace renraku::capi;

namespace {

CopyOptions read_copy_options(const renraku_copy_options* given) {
  CopyOptions options;
  if (!given) return options;
  const renraku_copy_options known = known_struct(given, "options");
  options.options = read_store_options(known.options);
  if (known.home) options.home = known.home;
  if (known.keeper) options.keeper = read_keeper(known.keeper);
  options.progress = read_watch(known.watch);
  return options;
}

}  // namespace

int32_t renraku_store_copy(const char* from, const renraku_secret* secret, const char* to,
                           const renraku_copy_options* options, renraku_copy_report_page** report,
                           renraku_error** error) {
  return deliver(error, report, [&] {
    return copy_store(read_text(from, "from"), GivenSecret(secret), read_text(to, "to"),
                      read_copy_options(options));
  });
}

int32_t renraku_store_compare(const char* one, const char* other, const renraku_secret* secret,
                              const renraku_copy_options* options,
                              renraku_store_comparison_page** comparison, renraku_error** error) {
  return deliver(error, comparison, [&] {
    return compare_stores(read_text(one, "one"), read_text(other, "other"), GivenSecret(secret),
                          read_copy_options(options));
  });
}
