// Signing in: the password is checked between two short transactions, because hashing it takes as
// long as a thousand look-ups.
#include "session/sign_in.hpp"

#include <algorithm>
#include <renraku/store.hpp>

#include "access/beginning_anew.hpp"
#include "access/identity.hpp"
#include "access/member_factors.hpp"
#include "access/moving.hpp"
#include "crypto/legacy_hash.hpp"
#include "crypto/password.hpp"
#include "domain/factors/factors.hpp"
#include "domain/municipalities/municipalities.hpp"
#include "domain/text_rule.hpp"
#include "session/home_keys.hpp"
#include "text/utf8.hpp"

namespace renraku {
namespace {

using access::SignInAttempt;

Error refused() {
  return {ErrorCode::sign_in_failed,
          "sign-in failed; check municipality, sign-in name, password and code"};
}

// No member is called so; it is not even counted, lest strangers fill the store.
bool is_nobodys(const std::string& name) {
  return name.size() > domain::short_text_limit || !text::is_utf8(name) ||
         name.find('\0') != std::string::npos;
}

/// What was typed into the wrong field may be anybody's name, and a server would be asked for it as
/// it is.
bool is_municipality(const std::string& code) {
  return code.empty() || domain::is_municipality_code(code);
}

void need_source(const std::string& source) {
  if (source.size() <= access::source_limit && !is_nobodys(source)) return;
  throw Error(ErrorCode::invalid_argument, "a source is an address of at most 100 bytes", "source");
}

void journal_failure(StoreState& state, const SignIn& input, const SignInAttempt& attempt,
                     Instant now, const char* detail = "") {
  access::Entry entry;
  // A stranger's guess at a municipality makes no chain of its own.
  if (attempt.member) {
    entry.municipality = input.municipality;
    entry.subjects = {attempt.member->id};
  }
  entry.action = access::Action::sign_in;
  entry.outcome = Outcome::refused;
  entry.authentication = "password";
  entry.detail = detail;
  state.tail().push(std::move(entry), now);
}

[[noreturn]] void fail(StoreState& state, const SignIn& input, const SignInAttempt& attempt,
                       Instant now, const char* detail = "") {
  count_sign_in_failure(state, input.municipality, input.login, attempt, now);
  journal_failure(state, input, attempt, now, detail);
  throw refused();
}

enum class Proof { password, certificate, totp, recovery_code, missing, wrong };

Proof prove(access::MemberFactors& factors, const SignIn& input, Instant now) {
  if (factors.has_certificate(input.certificate)) return Proof::certificate;
  if (!factors.any()) return Proof::password;
  if (input.code.empty()) return Proof::missing;
  if (factors.take_totp(input.code, now)) return Proof::totp;
  if (factors.take_recovery_code(input.code, now)) return Proof::recovery_code;
  return Proof::wrong;
}

const char* authentication_by(Proof proof) {
  switch (proof) {
    case Proof::certificate:
      return "password+certificate";
    case Proof::totp:
      return "password+totp";
    case Proof::recovery_code:
      return "password+recovery_code";
    default:
      return "password";
  }
}

// Of another system's making, or at another cost than today's.
std::string hashed_anew(const std::string& hash, const std::string& password,
                        const crypto::Argon2Cost& cost) {
  if (!crypto::is_legacy_hash(hash) && !crypto::needs_rehash(hash, cost)) return {};
  return crypto::hash_password(password, cost);
}

void journal_success(StoreState& state, storage::Transaction& transaction, const Member& member,
                     const char* authentication, Instant now) {
  access::JournalWriter journal(transaction, state.journal_keys(), member.municipality);
  access::Entry entry;
  entry.member = member.id;
  entry.action = access::Action::sign_in;
  entry.authentication = authentication;
  entry.subjects = {member.id};
  journal.append(std::move(entry), {}, {}, {}, now);
  journal.finish();
}

// Whoever could change most is seen by the witness when he comes.
bool is_administrator(const Member& member) {
  return std::ranges::any_of(member.roles, [](Role role) {
    return role == Role::administrator || role == Role::service_administrator;
  });
}

/// The rest of a sign-in whose password was right, in one transaction.
struct Opening {
  Proof proof = Proof::missing;
  Member member;
  access::NewSession session;
  FactorState second_factor = FactorState::advised;
  std::string device;
  std::vector<AccessRecovery> recoveries;
};

Opening open_session(StoreState& state, const SignIn& input, const SignInAttempt& attempt,
                     const std::string& new_hash, Instant now) {
  storage::Transaction transaction = state.database().write();
  access::need_here(transaction, input.municipality, now);
  Opening opening;
  opening.member = access::load_member(transaction, attempt.member->id);
  // The password was checked outside of any transaction and may be another by now.
  if (opening.member.status != MemberStatus::active ||
      access::password_hash_of(transaction, opening.member.id) != attempt.password_hash) {
    throw refused();
  }
  access::MemberFactors factors(transaction, state.journal_keys().sealer, opening.member);
  opening.proof = prove(factors, input, now);
  if (opening.proof == Proof::missing || opening.proof == Proof::wrong) return opening;
  if (!new_hash.empty()) access::set_password_hash(transaction, opening.member.id, new_hash, now);
  access::forget_sign_in_failures(transaction, opening.member, attempt);
  access::forget_old_sessions(transaction, state.gate().session_limits, now);
  opening.device = access::know_device(transaction, opening.member, input, now);
  opening.second_factor = factors.status().second_factor;
  opening.recoveries = domain::recent_recoveries(transaction, opening.member, now);
  const char* authentication = authentication_by(opening.proof);
  opening.session = access::open_session(transaction, opening.member, authentication, now);
  journal_success(state, transaction, opening.member, authentication, now);
  transaction.commit();
  return opening;
}

SignedIn sign_in_once(const std::shared_ptr<StoreState>& store, const SignIn& input) {
  StoreState& state = *store;
  const Instant now = state.gate().clock();
  SignInAttempt attempt;
  {
    storage::Transaction transaction = state.database().read();
    access::need_here(transaction, input.municipality, now);
    attempt = access::look_up_sign_in(transaction, input);
  }
  if (attempt.blocked_until > now) {
    journal_failure(state, input, attempt, now);
    throw Error(ErrorCode::back_off, "too many failed sign-ins; wait a while and try again");
  }
  const bool right = access::verify_member_password(attempt.password_hash, input.password);
  if (!right || !attempt.member || attempt.member->status != MemberStatus::active) {
    fail(state, input, attempt, now);
  }
  Opening opening =
      open_session(state, input, attempt,
                   hashed_anew(attempt.password_hash, input.password, state.costs().password), now);
  if (opening.proof == Proof::wrong) fail(state, input, attempt, now, "wrong second factor");
  if (opening.proof == Proof::missing) {
    journal_failure(state, input, attempt, now, "second factor missing");
    throw Error(ErrorCode::second_factor, "the password is right; give a code or a certificate too",
                "code");
  }
  if (is_administrator(opening.member)) state.witness().hand_over();
  return {SessionAccess::make(std::make_shared<SessionState>(
              store, opening.member, opening.session.id, opening.session.token)),
          opening.second_factor, std::move(opening.device), std::move(opening.recoveries)};
}

Session resume_once(const std::shared_ptr<StoreState>& store, const std::string& token) {
  storage::Transaction transaction = store->database().read();
  const auto id = access::find_session(transaction, token);
  if (!id) throw Error(ErrorCode::session_ended, "there is no such session; sign in again");
  const access::OpenSession open =
      access::load_session(transaction, *id, store->gate().session_limits, store->gate().clock());
  return SessionAccess::make(std::make_shared<SessionState>(
      store, access::load_member(transaction, open.actor.member), *id, token));
}

}  // namespace

void count_sign_in_failure(StoreState& state, const std::string& municipality,
                           const std::string& login, const SignInAttempt& attempt, Instant now) {
  storage::Transaction transaction = state.database().write();
  const Instant until =
      access::count_sign_in_failure(transaction, municipality, login, attempt, now);
  transaction.commit();
  if (until <= now) return;
  base::log_line(LogLevel::warning, LogEvent::sign_in_back_off,
                 "too many failed sign-ins: one sign-in name is held off for {} seconds",
                 (until.micros - now.micros) / 1'000'000);
}

SignedIn Store::sign_in(const SignIn& input) {
  const auto call = state_->call();
  if (!is_municipality(input.municipality) || is_nobodys(input.login)) throw refused();
  need_source(input.source);
  return access::watch_access(state_->gate(), access::Action::sign_in, {}, [&] {
    return access::begin_anew(access::Action::sign_in, [&] { return sign_in_once(state_, input); });
  });
}

Session Store::sign_in(const std::string& municipality, const std::string& login,
                       const std::string& password) {
  SignIn input;
  input.municipality = municipality;
  input.login = login;
  input.password = password;
  return sign_in(input).session;
}

Session Store::resume(const std::string& token) {
  const auto call = state_->call();
  return access::watch_access(state_->gate(), access::Action::sign_in, {}, [&] {
    return access::begin_anew(access::Action::sign_in, [&] { return resume_once(state_, token); });
  });
}

void Store::recover_administrator(const RecoveryKey& key, const std::string& municipality,
                                  const std::string& login, const std::string& password) {
  const auto call = state_->call();
  static_cast<void>(
      crypto::unlock_with_recovery(session::read_keys(state_->folder()).header, key.printed));
  crypto::check_password_rule(password, false);
  const std::string hash = crypto::hash_password(password, state_->costs().password);
  state_->act({}, access::Action::access_recover, {}, [&](access::Permit& permit) {
    static_cast<void>(domain::recover_administrator(permit, municipality, login, hash));
  });
  base::log_line(LogLevel::warning, LogEvent::access_recovered,
                 "the recovery key opened an administrator's account again");
}

}  // namespace renraku
