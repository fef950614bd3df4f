#include <renraku/session.hpp>

#include "access/identity.hpp"
#include "crypto/password.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;

namespace {

// Guessing here is slowed down like guessing at the door: a session left open, or a token found,
// must not be a way to the password.
void require_own_password(StoreState& store, const Uuid& session, const Member& member,
                          const std::string& password) {
  store.require_same_process();
  const Instant now = store.gate().clock();
  access::SignInAttempt attempt;
  {
    storage::Transaction transaction = store.database().read();
    static_cast<void>(access::load_session(transaction, session, store.gate().session_limits, now));
    attempt = access::look_up_sign_in(transaction, member.municipality, member.login);
  }
  if (attempt.blocked_until > now) {
    throw Error(ErrorCode::back_off, "too many wrong passwords; wait a while and try again");
  }
  if (crypto::verify_password(attempt.password_hash, password)) return;
  storage::Transaction transaction = store.database().write();
  access::count_sign_in_failure(transaction, member.municipality, member.login, now);
  transaction.commit();
  throw Error(ErrorCode::sign_in_failed, "the current password is not right", "current");
}

}  // namespace

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
Roster Session::roster() const {
  return Roster(state_);
}
Organisations Session::organisations() const { return Organisations(state_); }
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
  require_own_password(store, state_->id(), state_->member(), current);
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
