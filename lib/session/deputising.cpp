// Entering for a colleague (代行入力).
#include <renraku/session.hpp>

#include "domain/members/members.hpp"
#include "session/store_state.hpp"

namespace renraku {

Session Session::on_behalf_of(const Id<Member>& colleague) const {
  state_->act(access::Action::deputise, {colleague}, [&](access::Permit& permit) {
    if (domain::find_member(permit, colleague).status == MemberStatus::active) return;
    throw Error(ErrorCode::not_permitted, "nobody enters for a suspended member", "colleague");
  });
  return SessionAccess::make(std::make_shared<SessionState>(*state_, colleague));
}

}  // namespace renraku
