#include <renraku/c/organisation.h>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_organisation_add(renraku_session* session, const renraku_organisation* organisation,
                                 renraku_organisation_page** added, renraku_error** error) {
  return deliver(error, added, [&] {
    return at(session).organisations().add(read_record<Organisation>(organisation, "organisation"));
  });
}

int32_t renraku_organisation_list(renraku_session* session, const renraku_page_request* request,
                                  renraku_organisation_page** organisations,
                                  renraku_error** error) {
  return deliver(error, organisations,
                 [&] { return at(session).organisations().list(read_page_request(request)); });
}

int32_t renraku_organisation_view(renraku_session* session, const char* id,
                                  renraku_organisation_page** organisation, renraku_error** error) {
  return deliver(error, organisation, [&] {
    return at(session).organisations().view(read_id_of<Organisation>(id, "id"));
  });
}

int32_t renraku_organisation_change(renraku_session* session, const renraku_organisation* changed,
                                    renraku_organisation_page** result, renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).organisations().change(read_record<Organisation>(changed, "changed"));
  });
}
