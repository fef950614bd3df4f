#include "domain/members/members.hpp"

#include <renraku/members.hpp>

#include "crypto/password.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Member Members::add(const NewMember& input) const {
  crypto::check_password_rule(input.password, false);
  const std::string hash = crypto::hash_password(input.password, state_->store().costs().password);
  return state_->act(Action::member_add, {}, [&](access::Permit& permit) {
    return domain::add_member(permit, input, hash);
  });
}

Page<Member> Members::list(const PageRequest& page) const {
  return state_->act(Action::member_list, {},
                     [&](access::Permit& permit) { return domain::list_members(permit, page); });
}

Member Members::view(const Id<Member>& id) const {
  return state_->act(Action::member_list, {id},
                     [&](access::Permit& permit) { return domain::find_member(permit, id); });
}

Member Members::change(const Member& changed) const {
  return state_->act(Action::member_change, {changed.id}, [&](access::Permit& permit) {
    return domain::change_member(permit, changed);
  });
}

Member Members::suspend(const Id<Member>& id) const {
  return state_->act(Action::member_suspend, {id},
                     [&](access::Permit& permit) { return domain::suspend_member(permit, id); });
}

Member Members::restore(const Id<Member>& id) const {
  return state_->act(Action::member_restore, {id},
                     [&](access::Permit& permit) { return domain::restore_member(permit, id); });
}

}  // namespace renraku
