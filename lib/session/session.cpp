#include <renraku/session.hpp>

#include "access/identity.hpp"
#include "crypto/password.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Session::Session(std::shared_ptr<SessionState> state) : state_(std::move(state)) {}

Municipalities Session::municipalities() const {
  return Municipalities(state_);
}
Members Session::members() const {
  return Members(state_);
}
People Session::people() const {
  return People(state_);
}
Evacuees Session::evacuees() const {
  return Evacuees(state_);
}
Journal Session::journal() const {
  return Journal(state_);
}

const Member& Session::member() const {
  return state_->member();
}
const std::string& Session::token() const {
  return state_->token();
}

void Session::change_password(const std::string& current, const std::string& replacement) {
  StoreState& store = state_->store();
  store.require_same_process();
  std::string stored;
  {
    storage::Transaction transaction = store.database().read();
    stored = access::password_hash_of(transaction, state_->member().id);
  }
  if (!crypto::verify_password(stored, current)) {
    throw Error(ErrorCode::sign_in_failed, "the current password is not right", "current");
  }
  crypto::check_password_rule(replacement, false);
  const std::string hash = crypto::hash_password(replacement, store.costs().password);
  state_->act(Action::password_change, {state_->member().id}, [&](access::Permit& permit) {
    access::set_password_hash(permit.transaction(), permit.actor().member, hash, permit.now());
    access::end_sessions_of(permit.transaction(), permit.actor().member, permit.now(),
                            state_->id());
    permit.saw(permit.actor().member);
  });
}

void Session::sign_out() {
  state_->act(Action::sign_out, {state_->member().id}, [&](access::Permit& permit) {
    access::end_session(permit.transaction(), state_->id(), permit.now());
  });
}

}  // namespace renraku
