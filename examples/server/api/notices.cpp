// What the member is told.
#include <renraku/described/notice.hpp>
#include <renraku/notices.hpp>

#include "api/api.hpp"

namespace renraku::server {
namespace {

struct Unread {
  std::int64_t unread = 0;
};
RENRAKU_DESCRIBE(Unread, unread)

}  // namespace

std::vector<Route> notice_routes() {
  return {
      {"GET", "/notices", Access::member,
       [](Call& call) {
         return json_answer(call.session().notices().list({call.flag("unread")}, call.page()));
       }},
      {"GET", "/notices/count", Access::member,
       [](Call& call) { return json_answer(Unread{call.session().notices().count_unread()}); }},
      {"POST", "/notices/{id}/read", Access::member,
       [](Call& call) {
         return json_answer(call.session().notices().read(call.record<Notice>()));
       }},
  };
}

}  // namespace renraku::server
