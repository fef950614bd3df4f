#include "domain/notices/notices.hpp"

#include <renraku/notices.hpp>

#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Notices Session::notices() const {
  return Notices(state_);
}

Page<Notice> Notices::list(const NoticeFilter& filter, const PageRequest& page) const {
  return state_->act(Action::notice_list, {}, [&](access::Permit& permit) {
    return domain::list_notices(permit, filter, page);
  });
}

std::int64_t Notices::count_unread() const {
  return state_->act(Action::notice_list, {},
                     [](access::Permit& permit) { return domain::count_unread(permit); });
}

Notice Notices::read(const Id<Notice>& id) const {
  return state_->act(Action::notice_read, {},
                     [&](access::Permit& permit) { return domain::read_notice(permit, id); });
}

}  // namespace renraku
