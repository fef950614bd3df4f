#include <renraku/c/evacuee.h>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_evacuee_list(renraku_session* session, const renraku_evacuee_filter* filter,
                             const renraku_page_request* request, renraku_evacuee_line_page** lines,
                             renraku_error** error) {
  return deliver(error, lines, [&] {
    return at(session).evacuees().list(read_or_default<EvacueeFilter>(filter, "filter"),
                                       read_page_request(request));
  });
}

int32_t renraku_evacuee_add(renraku_session* session, const renraku_person* person,
                            const renraku_evacuee* evacuee, renraku_evacuee_page** added,
                            renraku_error** error) {
  return deliver(error, added, [&] {
    return at(session).evacuees().add(read_record<Person>(person, "person"),
                                      read_record<Evacuee>(evacuee, "evacuee"));
  });
}

int32_t renraku_evacuee_view(renraku_session* session, const char* id,
                             renraku_evacuee_page** evacuee, renraku_error** error) {
  return deliver(error, evacuee,
                 [&] { return at(session).evacuees().view(read_id_of<Evacuee>(id, "id")); });
}

int32_t renraku_evacuee_change(renraku_session* session, const renraku_evacuee* changed,
                               renraku_evacuee_page** result, renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).evacuees().change(read_record<Evacuee>(changed, "changed"));
  });
}
