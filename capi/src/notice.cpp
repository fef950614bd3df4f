#include <renraku/c/notice.h>

#include <renraku/notices.hpp>

#include "call.hpp"
#include "pages.hpp"
#include "session.hpp"

using namespace renraku;
using namespace renraku::capi;

int32_t renraku_notice_list(renraku_session* session, const renraku_notice_filter* filter,
                            const renraku_page_request* request, renraku_notice_page** notices,
                            renraku_error** error) {
  return deliver(error, notices, [&] {
    return at(session).notices().list(read_or_default<NoticeFilter>(filter, "filter"),
                                      read_page_request(request));
  });
}

int32_t renraku_notice_count_unread(renraku_session* session, int64_t* count,
                                    renraku_error** error) {
  return guard(error, [&] { need(count, "count") = at(session).notices().count_unread(); });
}

int32_t renraku_notice_read(renraku_session* session, const char* id, renraku_notice_page** notice,
                            renraku_error** error) {
  return deliver(error, notice,
                 [&] { return at(session).notices().read(read_id_of<Notice>(id, "id")); });
}
