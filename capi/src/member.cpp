#include <renraku/c/member.h>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_member_add(renraku_session* session, const renraku_new_member* input,
                           renraku_member_page** added, renraku_error** error) {
  return deliver(error, added,
                 [&] { return at(session).members().add(read_record<NewMember>(input, "input")); });
}

int32_t renraku_member_list(renraku_session* session, const renraku_page_request* request,
                            renraku_member_page** members, renraku_error** error) {
  return deliver(error, members,
                 [&] { return at(session).members().list(read_page_request(request)); });
}

int32_t renraku_member_view(renraku_session* session, const char* id, renraku_member_page** member,
                            renraku_error** error) {
  return deliver(error, member,
                 [&] { return at(session).members().view(read_id_of<Member>(id, "id")); });
}

int32_t renraku_member_change(renraku_session* session, const renraku_member* changed,
                              renraku_member_page** result, renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).members().change(read_record<Member>(changed, "changed"));
  });
}

int32_t renraku_member_suspend(renraku_session* session, const char* id,
                               renraku_member_page** result, renraku_error** error) {
  return deliver(error, result,
                 [&] { return at(session).members().suspend(read_id_of<Member>(id, "id")); });
}

int32_t renraku_member_restore(renraku_session* session, const char* id,
                               renraku_member_page** result, renraku_error** error) {
  return deliver(error, result,
                 [&] { return at(session).members().restore(read_id_of<Member>(id, "id")); });
}
