#include "access/sign_in.hpp"

#include <algorithm>
#include <renraku/described/member.hpp>

#include "access/identity.hpp"
#include "crypto/hash.hpp"
#include "crypto/legacy_hash.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view find_failures =
    "SELECT failures, last_at FROM sign_in_failure WHERE municipality = :municipality "
    "AND login_key = :login_key AND counter = :counter";
constexpr std::string_view add_failure =
    "INSERT INTO sign_in_failure (municipality, login_key, counter, failures, last_at) "
    "VALUES (:municipality, :login_key, :counter, 1, :now) "
    "ON CONFLICT (municipality, login_key, counter) "
    "DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at";
constexpr std::string_view forget_failures =
    "DELETE FROM sign_in_failure WHERE municipality = :municipality "
    "AND login_key = :login_key AND counter = :counter";
constexpr std::string_view forget_everywhere =
    "DELETE FROM sign_in_failure WHERE municipality = :municipality AND login_key = :login_key";
constexpr std::string_view forget_old_failures = "DELETE FROM sign_in_failure WHERE last_at < :old";
// A list of roles is kept as JSON.
constexpr std::string_view count_administrators =
    "SELECT count(*) FROM member WHERE municipality = :municipality AND status = 'active' "
    "AND roles LIKE '%\"administrator\"%'";
constexpr std::string_view count_known =
    "SELECT count(*) FROM known_device WHERE member = :member AND digest = :digest";
constexpr std::string_view put_known =
    "INSERT INTO known_device (member, digest, seen_at) VALUES (:member, :digest, :now) "
    "ON CONFLICT (member, digest) DO UPDATE SET seen_at = excluded.seen_at";
constexpr std::string_view forget_unused =
    "DELETE FROM known_device WHERE member = :member AND (seen_at < :old OR digest NOT IN ("
    "SELECT digest FROM known_device WHERE member = :member ORDER BY seen_at DESC, digest "
    "LIMIT :most))";
constexpr std::string_view forget_all_known = "DELETE FROM known_device WHERE member = :member";

struct Failures {
  std::int64_t failures = 0;
  Instant last_at;
};
RENRAKU_DESCRIBE(Failures, failures, last_at)

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_day = 24 * 60 * 60 * micros_per_second;
/// Typing errors are free; guessing is not.
constexpr std::int64_t free_failures = 4;
constexpr std::int64_t free_failures_of_strangers = 20;
constexpr std::int64_t longest_wait_seconds = 15 * 60;
/// For those whom a wait would harm more than a guess: some fifteen thousand guesses a day, against
/// a password of thirteen characters.
constexpr std::int64_t longest_urgent_wait_seconds = 5;
/// After this a failure no longer counts, and the table does not grow with strangers' guesses.
constexpr std::int64_t failures_kept_micros = micros_per_day;
/// A device not seen for as long is a stranger again; and nobody has more of them.
constexpr std::int64_t devices_kept_micros = 90 * micros_per_day;
constexpr std::int64_t devices_most = 50;

constexpr std::string_view strangers = "strangers";

bool is_last_administrator(storage::Transaction& transaction, const Member& member) {
  if (std::ranges::find(member.roles, Role::administrator) == member.roles.end()) return false;
  return transaction.query(count_administrators)
             .bind("municipality", member.municipality)
             .optional<std::int64_t>() == 1;
}

/// Whoever would harm others by being shut out.
bool is_urgent(storage::Transaction& transaction, const Member& member) {
  return member.profession == Profession::fire_dispatcher ||
         is_last_administrator(transaction, member);
}

Instant blocked_until(const Failures& failures, bool counts_strangers, bool urgent) {
  const std::int64_t surplus =
      failures.failures - (counts_strangers ? free_failures_of_strangers : free_failures);
  if (surplus <= 0) return {};
  const std::int64_t longest = urgent ? longest_urgent_wait_seconds : longest_wait_seconds;
  const std::int64_t wait =
      std::min(longest, std::int64_t{1} << std::min<std::int64_t>(surplus, 10));
  return {failures.last_at.micros + wait * micros_per_second};
}

Instant blocked_until(storage::Transaction& transaction, std::string_view municipality,
                      const LoginKey& login, const SignInAttempt& attempt) {
  const bool urgent = attempt.member && is_urgent(transaction, *attempt.member);
  Instant latest;
  for (const std::string& counter : attempt.counters) {
    const bool counts_strangers = counter == strangers;
    if (counts_strangers && urgent) continue;
    const auto failures = transaction.query(find_failures)
                              .bind("municipality", municipality)
                              .bind("login_key", login.keyed())
                              .bind("counter", storage::Keyed(login.owner, counter))
                              .optional<Failures>();
    if (failures) latest = std::max(latest, blocked_until(*failures, counts_strangers, urgent));
  }
  return latest;
}

// A token is as good as random, so its digest needs no salt; a source's digest is no secret, and
// only saves room.
crypto::Digest digest_of(std::string_view kind, const std::string& text) {
  return crypto::Sha256().update(crypto::view_of(kind)).update(crypto::view_of(text)).digest();
}
crypto::Digest device_digest(const std::string& token) {
  return digest_of("device ", token);
}
crypto::Digest source_digest(const std::string& source) {
  return digest_of("source ", source);
}

bool knows(storage::Transaction& transaction, const Id<Member>& member,
           const crypto::Digest& digest) {
  return transaction.query(count_known)
             .bind("member", member)
             .bind("digest", crypto::ByteView(digest))
             .optional<std::int64_t>()
             .value_or(0) > 0;
}

void know(storage::Transaction& transaction, const Id<Member>& member, const crypto::Digest& digest,
          Instant now) {
  transaction.query(put_known)
      .bind("member", member)
      .bind("digest", crypto::ByteView(digest))
      .bind("now", now)
      .run();
}

std::vector<std::string> counters_of(storage::Transaction& transaction,
                                     const std::optional<Member>& member, const SignIn& input) {
  if (member && !input.device.empty()) {
    const crypto::Digest device = device_digest(input.device);
    if (knows(transaction, member->id, device)) return {"device " + crypto::hex(device)};
  }
  std::vector<std::string> counters{"source " + input.source};
  if (!member || input.source.empty() ||
      !knows(transaction, member->id, source_digest(input.source))) {
    counters.emplace_back(strangers);
  }
  return counters;
}

std::string random_token() {
  crypto::Bytes secret(32);
  crypto::fill_random(secret);
  return crypto::hex(secret);
}

}  // namespace

SignInAttempt look_up_sign_in(storage::Transaction& transaction, const SignIn& input) {
  SignInAttempt attempt;
  attempt.member = find_member_by_login(transaction, input.municipality, input.login);
  attempt.password_hash = crypto::decoy_password_hash();
  if (attempt.member) attempt.password_hash = password_hash_of(transaction, attempt.member->id);
  attempt.counters = counters_of(transaction, attempt.member, input);
  attempt.blocked_until =
      blocked_until(transaction, input.municipality,
                    LoginKey(transaction, input.municipality, input.login), attempt);
  return attempt;
}

SignInAttempt look_up_proof(storage::Transaction& transaction, const Member& member,
                            const Uuid& session) {
  SignInAttempt attempt;
  attempt.member = load_member(transaction, member.id);
  attempt.password_hash = password_hash_of(transaction, member.id);
  attempt.counters = {"session " + session.text()};
  attempt.blocked_until =
      blocked_until(transaction, member.municipality,
                    LoginKey(transaction, member.municipality, member.login), attempt);
  return attempt;
}

Instant count_sign_in_failure(storage::Transaction& transaction, std::string_view municipality,
                              std::string_view login, const SignInAttempt& attempt, Instant now) {
  transaction.query(forget_old_failures)
      .bind("old", Instant{now.micros - failures_kept_micros})
      .run();
  const LoginKey key(transaction, municipality, login);
  for (const std::string& counter : attempt.counters) {
    transaction.query(add_failure)
        .bind("municipality", municipality)
        .bind("login_key", key.keyed())
        .bind("counter", storage::Keyed(key.owner, counter))
        .bind("now", now)
        .run();
  }
  return blocked_until(transaction, municipality, key, attempt);
}

void forget_sign_in_failures(storage::Transaction& transaction, const Member& member,
                             const SignInAttempt& attempt) {
  for (const std::string& counter : attempt.counters) {
    transaction.query(forget_failures)
        .bind("municipality", member.municipality)
        .bind("login_key", storage::Keyed(member.municipality, login_key(member.login)))
        .bind("counter", storage::Keyed(member.municipality, counter))
        .run();
  }
}

void forget_all_failures_of(storage::Transaction& transaction, const Member& member) {
  transaction.query(forget_everywhere)
      .bind("municipality", member.municipality)
      .bind("login_key", storage::Keyed(member.municipality, login_key(member.login)))
      .run();
}

std::string know_device(storage::Transaction& transaction, const Member& member,
                        const SignIn& input, Instant now) {
  std::string token;
  if (!input.source.empty()) know(transaction, member.id, source_digest(input.source), now);
  if (input.remember_device) {
    const bool known =
        !input.device.empty() && knows(transaction, member.id, device_digest(input.device));
    token = known ? input.device : random_token();
    know(transaction, member.id, device_digest(token), now);
  }
  transaction.query(forget_unused)
      .bind("member", member.id)
      .bind("old", Instant{now.micros - devices_kept_micros})
      .bind("most", devices_most)
      .run();
  return token;
}

void forget_devices_of(storage::Transaction& transaction, const Id<Member>& member) {
  transaction.query(forget_all_known).bind("member", member).run();
}

bool verify_member_password(std::string_view hash, std::string_view password) {
  if (crypto::is_legacy_hash(hash)) return crypto::verify_legacy_hash(hash, password);
  return crypto::verify_password(hash, password);
}

}  // namespace renraku::access
