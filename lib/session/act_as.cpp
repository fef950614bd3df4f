// A vendor's own sign-on: one call in a member's name, by a signed assertion that counts once.
#include <algorithm>
#include <renraku/described/application.hpp>
#include <renraku/store.hpp>

#include "access/assertion.hpp"
#include "access/beginning_anew.hpp"
#include "access/identity.hpp"
#include "access/member_factors.hpp"
#include "access/moving.hpp"
#include "crypto/base64.hpp"
#include "session/store_state.hpp"

namespace renraku {
namespace {

/// How far an application's clock may be from ours.
constexpr std::int64_t skew_micros = 30'000'000;
constexpr std::size_t reference_limit = 200;  // bytes
constexpr std::size_t reference_digits = 16;

/// Why an assertion is refused: for the journal, and for the application.
struct Refusal {
  const char* why = nullptr;
  Error error;
};

// Whoever can't sign for the application learns nothing, and the application does not learn of a
// member whether it is unknown, suspended, or one for whom it does not speak.
[[noreturn]] void refuse_signer(const char* why) {
  throw Refusal{why,
                {ErrorCode::sign_in_failed,
                 "the assertion does not count; check the application, its key and its expiry"}};
}
[[noreturn]] void refuse_member(const char* why) {
  throw Refusal{
      why,
      {ErrorCode::sign_in_failed, "the application does not speak for such a member", "login"}};
}
[[noreturn]] void refuse_form(const char* why, const char* text, const char* field) {
  throw Refusal{why, {ErrorCode::sign_in_failed, text, field}};
}

access::SignedAssertion verified(const std::optional<access::SignedAssertion>& read,
                                 const std::optional<Application>& application) {
  if (!read) refuse_signer("no assertion");
  if (!application) refuse_signer("unknown application");
  const auto key = crypto::from_base64<crypto::PublicKey>(application->public_key);
  if (!key ||
      !crypto::verify_signature(*key, crypto::view_of(read->signed_part), read->signature)) {
    refuse_signer("wrong signature");
  }
  return *read;
}

void check_form(const Assertion& assertion, Instant now) {
  const std::int64_t life = assertion.expires_at.micros - assertion.issued_at.micros;
  if (life <= 0 || life > access::longest_life_micros) {
    refuse_form("wrong lifetime", "an assertion counts for 60 seconds at most", "expires_at");
  }
  if (assertion.issued_at.micros > now.micros + skew_micros) {
    refuse_form("made in the future", "the assertion is of the future; set the clock", "issued_at");
  }
  if (assertion.expires_at.micros < now.micros - skew_micros) {
    refuse_form("stale", "the assertion has expired; make another, or set the clock", "expires_at");
  }
  if (!access::is_nonce(assertion.nonce)) {
    refuse_form("wrong nonce", "a nonce is 22 to 86 characters of base64url", "nonce");
  }
  if (assertion.reference.size() > reference_limit) {
    refuse_form("long reference", "a reference has at most 200 bytes", "reference");
  }
}

/// What a member knows, has, or is: of two of these kinds one is a second factor.
enum class FactorKind { known, had, been };

FactorKind kind_of(AssertedFactor factor) {
  switch (factor) {
    case AssertedFactor::password:
      return FactorKind::known;
    case AssertedFactor::biometric:
      return FactorKind::been;
    default:
      return FactorKind::had;
  }
}

bool are_two(const std::vector<AssertedFactor>& factors) {
  return std::ranges::any_of(
      factors, [&](AssertedFactor one) { return kind_of(one) != kind_of(factors.front()); });
}

std::string names_of(std::vector<AssertedFactor> factors) {
  std::ranges::sort(factors);
  const auto doubled = std::ranges::unique(factors);
  factors.erase(doubled.begin(), doubled.end());
  std::string names;
  for (const AssertedFactor factor : factors) {
    if (!names.empty()) names += '+';
    names += enum_name(factor);
  }
  return names;
}

// The reference may be anybody's name, so what is kept of it is a digest.
std::string authentication_of(const Assertion& assertion) {
  std::string text = "asserted:" + assertion.application.text() + " " + names_of(assertion.factors);
  if (!assertion.reference.empty()) {
    text += " reference:" + crypto::hex(crypto::sha256(crypto::view_of(assertion.reference)))
                                .substr(0, reference_digits);
  }
  return text;
}

void need_reach(const Application& application, const std::string& municipality) {
  if (!access::is_registered_in(application, municipality)) {
    throw Refusal{
        "wrong municipality",
        {ErrorCode::not_permitted, "the application is not registered there", "municipality"}};
  }
  if (!access::speaks_in(application, municipality)) {
    throw Refusal{
        "not accepted",
        {ErrorCode::not_permitted,
         "no administrator of the municipality has accepted the application yet", "municipality"}};
  }
}

/// Who is spoken for, checked in the transaction that uses the assertion up.
Member admitted(StoreState& state, storage::Transaction& transaction,
                const Application& application, const Assertion& assertion) {
  need_reach(application, assertion.municipality);
  auto member = access::find_member_by_login(transaction, assertion.municipality, assertion.login);
  if (!member) refuse_member("unknown member");
  if (!access::speaks_for(transaction, application, *member)) refuse_member("not for this member");
  const access::MemberFactors own(transaction, state.journal_keys().sealer, *member);
  if (assertion.factors.empty()) {
    refuse_form("no factor", "say by what the member proved who it is", "factors");
  }
  if (own.wanted() == TwoFactor::required && !are_two(assertion.factors)) {
    throw Refusal{"one factor",
                  {ErrorCode::second_factor,
                   "this municipality requires two factors of different kinds", "factors"}};
  }
  return *std::move(member);
}

void journal_use(StoreState& state, storage::Transaction& transaction, const Member& member,
                 const std::string& authentication, Instant now) {
  access::JournalWriter journal(transaction, state.journal_keys(), member.municipality);
  access::Entry entry;
  entry.member = member.id;
  entry.action = access::Action::act_as;
  entry.authentication = authentication;
  entry.subjects = {member.id};
  journal.append(std::move(entry), {}, {}, {}, now);
  journal.finish();
}

/// One assertion on its way in; `signer` is known as soon as the signature was found right.
Session admit(StoreState& state, const std::shared_ptr<StoreState>& shared, const std::string& text,
              std::optional<Application>& signer, Instant now) {
  const auto read = access::read_assertion(text);
  std::optional<Application> claimed;
  if (read) {
    storage::Transaction transaction = state.database().read();
    claimed = access::find_application(transaction, read->content.application);
  }
  const Assertion assertion = verified(read, claimed).content;
  signer = claimed;
  check_form(assertion, now);

  storage::Transaction transaction = state.database().write();
  const auto application = access::find_application(transaction, assertion.application);
  if (!application || !access::stands(*application, now))
    refuse_signer("revoked or expired application");
  const Member member = admitted(state, transaction, *application, assertion);
  access::need_here(transaction, member.municipality, now);
  if (!access::use_up_nonce(transaction, application->id, assertion.nonce, assertion.expires_at,
                            now)) {
    refuse_form("used before", "the assertion was used before; make another", "nonce");
  }
  const std::string authentication = authentication_of(assertion);
  journal_use(state, transaction, member, authentication, now);
  transaction.commit();
  const Instant until{assertion.expires_at.micros + skew_micros};
  return SessionAccess::make(std::make_shared<SessionState>(
      shared, member, access::Asserted{application->id, member.id, authentication, until}));
}

}  // namespace

Session Store::act_as(const std::string& assertion) {
  const auto call = state_->call();
  const Instant now = state_->gate().clock();
  std::optional<Application> signer;
  try {
    return access::watch_access(state_->gate(), access::Action::act_as, {}, [&] {
      return access::begin_anew(access::Action::act_as,
                                [&] { return admit(*state_, state_, assertion, signer, now); });
    });
  } catch (const Refusal& refusal) {
    access::Entry entry;
    // What can't be told from a stranger's guess makes no chain of its own.
    if (signer) {
      entry.municipality = signer->municipality;
      entry.subjects = {signer->id};
      entry.authentication = "asserted:" + signer->id.text();
    }
    entry.action = access::Action::act_as;
    entry.outcome = Outcome::refused;
    entry.detail = refusal.why;
    state_->tail().push(std::move(entry), now);
    throw Error(refusal.error);
  }
}

}  // namespace renraku
