#include <renraku/c/person.h>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_person_find(renraku_session* session, const renraku_person_filter* filter,
                            const renraku_page_request* request, renraku_person_page** people,
                            renraku_error** error) {
  return deliver(error, people, [&] {
    return at(session).people().find(read_or_default<PersonFilter>(filter, "filter"),
                                     read_page_request(request));
  });
}

int32_t renraku_person_view(renraku_session* session, const char* id, renraku_person_page** person,
                            renraku_error** error) {
  return deliver(error, person,
                 [&] { return at(session).people().view(read_id_of<Person>(id, "id")); });
}

int32_t renraku_person_change(renraku_session* session, const renraku_person* changed,
                              renraku_person_page** result, renraku_error** error) {
  return deliver(error, result, [&] {
    return at(session).people().change(read_record<Person>(changed, "changed"));
  });
}

int32_t renraku_person_protect(renraku_session* session, const char* id, int64_t revision,
                               const renraku_protection* protection, renraku_person_page** result,
                               renraku_error** error) {
  return deliver(error, result, [&] {
    std::optional<Protection> given;
    read_c(protection, given, "protection");
    return at(session).people().protect(read_id_of<Person>(id, "id"), revision, given);
  });
}

int32_t renraku_person_grant_place(renraku_session* session, const char* person, const char* member,
                                   const char* until, const char* reason,
                                   renraku_place_grant_page** grant, renraku_error** error) {
  return deliver(error, grant, [&] {
    return at(session).people().grant_place(
        read_id_of<Person>(person, "person"), read_id_of<Member>(member, "member"),
        read_parsed<Date>(&need(until, "until"), "until"), reason ? reason : "");
  });
}

int32_t renraku_person_place_grants(renraku_session* session, const char* person,
                                    const renraku_page_request* request,
                                    renraku_place_grant_page** grants, renraku_error** error) {
  return deliver(error, grants, [&] {
    return at(session).people().place_grants(read_id_of<Person>(person, "person"),
                                             read_page_request(request));
  });
}

int32_t renraku_person_revoke_place_grant(renraku_session* session, const char* person,
                                          const char* id, renraku_place_grant_page** grant,
                                          renraku_error** error) {
  return deliver(error, grant, [&] {
    return at(session).people().revoke_place_grant(read_id_of<Person>(person, "person"),
                                                   read_id_of<PlaceGrant>(id, "id"));
  });
}

int32_t renraku_person_erase(renraku_session* session, const char* id, const char* reason,
                             renraku_erasure_page** erasure, renraku_error** error) {
  return deliver(error, erasure, [&] {
    return at(session).people().erase(read_id_of<Person>(id, "id"),
                                      read_word<ErasureReason>(&need(reason, "reason"), "reason"));
  });
}

int32_t renraku_person_erasure(renraku_session* session, const char* id,
                               renraku_erasure_page** erasure, renraku_error** error) {
  return deliver(error, erasure,
                 [&] { return at(session).people().erasure(read_id_of<Person>(id, "id")); });
}
