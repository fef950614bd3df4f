#include <renraku/c/municipality.h>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"
#include "store.hpp"
#include "watch.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_municipality_add(renraku_store* store, const renraku_new_municipality* input,
                                 renraku_municipality_page** added, renraku_error** error) {
  return deliver(error, added, [&] {
    return at(store).add_municipality(read_record<NewMunicipality>(input, "input"));
  });
}

int32_t renraku_municipality_list(renraku_store* store, renraku_municipality_page** municipalities,
                                  renraku_error** error) {
  return deliver(error, municipalities, [&] { return at(store).municipalities(); });
}

int32_t renraku_municipality_view(renraku_session* session,
                                  renraku_municipality_page** municipality, renraku_error** error) {
  return deliver(error, municipality, [&] { return at(session).municipalities().view(); });
}

int32_t renraku_municipality_change(renraku_session* session, const renraku_municipality* changed,
                                    renraku_municipality_page** result, renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).municipalities().change(read_record<Municipality>(changed, "changed"));
  });
}

int32_t renraku_municipality_require_two_factor(renraku_session* session, const char* two_factor,
                                                renraku_municipality_page** result,
                                                renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).municipalities().require_two_factor(
        read_word<TwoFactor>(&need(two_factor, "two_factor"), "two_factor"));
  });
}

int32_t renraku_municipality_index_texts(renraku_session* session, int32_t wanted,
                                         const renraku_watch* watch,
                                         renraku_municipality_page** result,
                                         renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).municipalities().index_texts(wanted != 0, read_watch(watch));
  });
}
