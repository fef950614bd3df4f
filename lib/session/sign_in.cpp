// Signing in: the password is checked between two short transactions, because hashing it takes as
// long as a thousand look-ups.
#include <renraku/store.hpp>

#include "access/identity.hpp"
#include "access/journal/verify.hpp"
#include "crypto/password.hpp"
#include "domain/text_rule.hpp"
#include "session/store_state.hpp"
#include "text/utf8.hpp"

namespace renraku {
namespace {

Error refused() {
  return {ErrorCode::sign_in_failed,
          "sign-in failed; check municipality, sign-in name and password"};
}

// No member and no municipality is called so; it is not even counted, lest strangers fill the
// store.
bool is_nobodys(const std::string& name) {
  return name.size() > domain::short_text_limit || !text::is_utf8(name) ||
         name.find('\0') != std::string::npos;
}

void journal_failure(StoreState& state, const std::string& municipality,
                     const access::SignInAttempt& attempt, Instant now) {
  access::Entry entry;
  // A stranger's guess at a municipality makes no chain of its own.
  if (attempt.member) {
    entry.municipality = municipality;
    entry.subjects = {attempt.member->id};
  }
  entry.action = access::Action::sign_in;
  entry.outcome = Outcome::refused;
  entry.authentication = "password";
  state.read_queue().push(std::move(entry), now);
}

void fail(StoreState& state, const std::string& municipality, const std::string& login,
          const access::SignInAttempt& attempt, Instant now) {
  storage::Transaction transaction = state.database().write();
  access::count_sign_in_failure(transaction, municipality, login, now);
  transaction.commit();
  journal_failure(state, municipality, attempt, now);
  throw refused();
}

access::NewSession succeed(StoreState& state, const access::SignInAttempt& attempt, Instant now) {
  storage::Transaction transaction = state.database().write();
  const Member member = access::load_member(transaction, attempt.member->id);
  // The password was checked outside of any transaction and may be another by now.
  if (member.status != MemberStatus::active ||
      access::password_hash_of(transaction, member.id) != attempt.password_hash) {
    throw refused();
  }
  access::forget_sign_in_failures(transaction, member.municipality, member.login);
  access::NewSession session = access::open_session(transaction, member, "password", now);
  access::JournalWriter journal(transaction, state.journal_keys(), member.municipality);
  access::Entry entry;
  entry.member = member.id;
  entry.action = access::Action::sign_in;
  entry.authentication = "password";
  entry.subjects = {member.id};
  journal.append(std::move(entry), {}, {}, {}, now);
  journal.finish();
  transaction.commit();
  return session;
}

}  // namespace

Session Store::sign_in(const std::string& municipality, const std::string& login,
                       const std::string& password) {
  state_->require_same_process();
  if (is_nobodys(municipality) || is_nobodys(login)) throw refused();
  const Instant now = state_->gate().clock();
  access::SignInAttempt attempt;
  {
    storage::Transaction transaction = state_->database().read();
    attempt = access::look_up_sign_in(transaction, municipality, login);
  }
  if (attempt.blocked_until > now) {
    journal_failure(*state_, municipality, attempt, now);
    throw Error(ErrorCode::back_off, "too many failed sign-ins; wait a while and try again");
  }
  const bool right = crypto::verify_password(attempt.password_hash, password);
  if (!right || !attempt.member || attempt.member->status != MemberStatus::active) {
    fail(*state_, municipality, login, attempt, now);
  }
  const access::NewSession session = succeed(*state_, attempt, now);
  return SessionAccess::make(
      std::make_shared<SessionState>(state_, *attempt.member, session.id, session.token));
}

Session Store::resume(const std::string& token) {
  state_->require_same_process();
  storage::Transaction transaction = state_->database().read();
  const auto id = access::find_session(transaction, token);
  if (!id) throw Error(ErrorCode::session_ended, "there is no such session; sign in again");
  const access::OpenSession open =
      access::load_session(transaction, *id, state_->gate().session_limits, state_->gate().clock());
  return SessionAccess::make(std::make_shared<SessionState>(
      state_, access::load_member(transaction, open.actor.member), *id, token));
}

}  // namespace renraku
