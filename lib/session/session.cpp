#include <renraku/session.hpp>

#include "access/identity.hpp"
#include "access/member_factors.hpp"
#include "access/sign_in.hpp"
#include "crypto/password.hpp"
#include "crypto/totp.hpp"
#include "session/sign_in.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;

namespace {

// A code of the second factor is used up by asking.
bool is_code_of(StoreState& store, const Member& member, const std::string& proof, Instant now) {
  if (proof.size() != static_cast<std::size_t>(crypto::totp_digits)) return false;
  storage::Transaction transaction = store.database().write();
  access::MemberFactors factors(transaction, store.journal_keys().sealer, member);
  const bool right = factors.take_totp(proof, now);
  if (right) transaction.commit();
  return right;
}

// Guessing here is slowed down like guessing at the door: a session left open, or a token found,
// must not be a way to the password.
template <class Proves>
void require_proof(StoreState& store, const Uuid& session, const Member& member, const char* field,
                   Proves&& proves) {
  const auto call = store.call();
  const Instant now = store.gate().clock();
  access::SignInAttempt attempt;
  {
    storage::Transaction transaction = store.database().read();
    static_cast<void>(access::load_session(transaction, session, store.gate().session_limits, now));
    attempt = access::look_up_proof(transaction, member, session);
  }
  if (attempt.blocked_until > now) {
    throw Error(ErrorCode::back_off, "too many wrong passwords; wait a while and try again");
  }
  if (proves(attempt.password_hash, now)) return;
  count_sign_in_failure(store, member.municipality, member.login, attempt, now);
  throw Error(ErrorCode::sign_in_failed, "this is not right; type it anew", field);
}

bool has_second_factor(StoreState& store, const Member& member) {
  storage::Transaction transaction = store.database().read();
  return access::MemberFactors(transaction, store.journal_keys().sealer, member).any();
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
Organisations Session::organisations() const {
  return Organisations(state_);
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

void Session::reauthenticate(const std::string& proof) {
  StoreState& store = state_->store();
  const Member& member = state_->member();
  require_proof(store, state_->id(), member, "proof", [&](const std::string& hash, Instant now) {
    return is_code_of(store, member, proof, now) || access::verify_member_password(hash, proof);
  });
  state_->act(Action::reauthenticate, {member.id}, [&](access::Permit& permit) {
    access::refresh_session(permit.transaction(), state_->id(), permit.now());
    permit.saw(member.id);
  });
}

void Session::change_password(const std::string& current, const std::string& replacement) {
  StoreState& store = state_->store();
  require_proof(store, state_->id(), state_->member(), "current",
                [&](const std::string& hash, Instant) {
                  return access::verify_member_password(hash, current);
                });
  crypto::check_password_rule(replacement, has_second_factor(store, state_->member()));
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
