#include <renraku/c/account.h>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"
#include "store.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_colleague_list(renraku_session* session, const renraku_colleague_filter* filter,
                               const renraku_page_request* request,
                               renraku_colleague_page** colleagues, renraku_error** error) {
  return deliver(error, colleagues, [&] {
    return at(session).members().colleagues(read_or_default<ColleagueFilter>(filter, "filter"),
                                            read_page_request(request));
  });
}

int32_t renraku_account_import(renraku_session* session, const char* file,
                               const renraku_account_import_options* options,
                               renraku_account_import_report_page** report, renraku_error** error) {
  return deliver(error, report, [&] {
    return at(session).members().import_accounts(
        read_text(file, "file"), read_or_default<AccountImportOptions>(options, "options"));
  });
}

int32_t renraku_member_reset_password(renraku_session* session, const char* id,
                                      const char* replacement, renraku_error** error) {
  return guard(error, [&] {
    at(session).members().reset_password(read_id_of<Member>(id, "id"),
                                         Wiped(replacement, "replacement").text);
  });
}

int32_t renraku_session_on_behalf_of(renraku_session* session, const char* colleague,
                                     renraku_session** deputy, renraku_error** error) {
  return deliver(error, deputy, [&] {
    return at(session).on_behalf_of(read_id_of<Member>(colleague, "colleague"));
  });
}

int32_t renraku_store_add_service_administrator(renraku_store* store,
                                                const renraku_new_member* input,
                                                renraku_member_page** added,
                                                renraku_error** error) {
  return deliver(error, added, [&] {
    return at(store).add_service_administrator(read_record<NewMember>(input, "input"));
  });
}
