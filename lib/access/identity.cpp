#include "access/identity.hpp"

#include <algorithm>

#include "base/uuid.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"

namespace renraku::access {
namespace {

const std::string find_member_by_login =
    "SELECT " + storage::columns<Member>() +
    " FROM member WHERE municipality = :municipality AND login_key = :login_key";
const std::string find_member =
    "SELECT " + storage::columns<Member>() + " FROM member WHERE id = :id";
constexpr std::string_view find_password =
    "SELECT password_hash FROM credential WHERE member = :member";
constexpr std::string_view put_password =
    "INSERT INTO credential (member, password_hash, changed_at) VALUES (:member, :hash, :now) "
    "ON CONFLICT (member) DO UPDATE SET password_hash = excluded.password_hash, "
    "changed_at = excluded.changed_at";
constexpr std::string_view find_failures =
    "SELECT failures, last_at FROM sign_in_failure "
    "WHERE municipality = :municipality AND login_key = :login_key";
constexpr std::string_view add_failure =
    "INSERT INTO sign_in_failure (municipality, login_key, failures, last_at) "
    "VALUES (:municipality, :login_key, 1, :now) ON CONFLICT (municipality, login_key) "
    "DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at";
constexpr std::string_view forget_failures =
    "DELETE FROM sign_in_failure WHERE municipality = :municipality AND login_key = :login_key";
constexpr std::string_view forget_old_failures = "DELETE FROM sign_in_failure WHERE last_at < :old";
constexpr std::string_view add_session =
    "INSERT INTO login_session (id, member, municipality, token_digest, authentication, opened_at, "
    "seen_at, ended_at) VALUES (:id, :member, :municipality, :digest, :authentication, :now, :now, "
    "NULL)";
constexpr std::string_view find_by_token =
    "SELECT id FROM login_session WHERE token_digest = :digest AND ended_at IS NULL";
constexpr std::string_view end_one =
    "UPDATE login_session SET ended_at = :now WHERE id = :id AND ended_at IS NULL";
constexpr std::string_view end_all =
    "UPDATE login_session SET ended_at = :now WHERE member = :member AND ended_at IS NULL "
    "AND id <> :spared";

struct SessionRow {
  Id<Member> member;
  std::string municipality;
  Uuid municipality_id;
  std::vector<Role> roles;
  MemberStatus status{};
  std::string authentication;
  Instant opened_at;
  Instant seen_at;
  std::optional<Instant> ended_at;
};
RENRAKU_DESCRIBE(SessionRow, member, municipality, municipality_id, roles, status, authentication,
                 opened_at, seen_at, ended_at)

constexpr std::string_view find_session_row =
    "SELECT s.member AS member, s.municipality AS municipality, c.id AS municipality_id, "
    "m.roles AS roles, m.status AS status, s.authentication AS authentication, "
    "s.opened_at AS opened_at, s.seen_at AS seen_at, s.ended_at AS ended_at "
    "FROM login_session s JOIN member m ON m.id = s.member "
    "JOIN municipality c ON c.code = s.municipality WHERE s.id = :id";

struct Failures {
  std::int64_t failures = 0;
  Instant last_at;
};
RENRAKU_DESCRIBE(Failures, failures, last_at)

constexpr std::int64_t micros_per_second = 1'000'000;
/// Typing errors are free; guessing is not.
constexpr std::int64_t free_failures = 4;
constexpr std::int64_t longest_wait_seconds = 15 * 60;
/// After this a failure no longer counts, and the table does not grow with strangers' guesses.
constexpr std::int64_t failures_kept_seconds = 24 * 60 * 60;

Instant blocked_until(const Failures& failures) {
  if (failures.failures <= free_failures) return {};
  const std::int64_t doublings = std::min<std::int64_t>(failures.failures - free_failures, 10);
  const std::int64_t wait = std::min(longest_wait_seconds, std::int64_t{1} << doublings);
  return {failures.last_at.micros + wait * micros_per_second};
}

crypto::Digest digest_of(std::string_view token) {
  return crypto::sha256(crypto::view_of(token));
}

Capacity capacity_of(Role role) {
  switch (role) {
    case Role::administrator:
      return Capacity::administrator;
    case Role::roster_officer:
      return Capacity::roster_officer;
    case Role::professional:
      break;
  }
  return Capacity::professional;
}

}  // namespace

std::string login_key(std::string_view login) {
  std::string key(login);
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return key;
}

Member load_member(storage::Transaction& transaction, const Id<Member>& id) {
  auto member = transaction.query(find_member).bind("id", id).optional<Member>();
  if (!member) throw Error(ErrorCode::not_found, "there is no such member", "member");
  return *std::move(member);
}

SignInAttempt look_up_sign_in(storage::Transaction& transaction, std::string_view municipality,
                              std::string_view login) {
  const std::string key = login_key(login);
  SignInAttempt attempt;
  attempt.member = transaction.query(find_member_by_login)
                       .bind("municipality", municipality)
                       .bind("login_key", key)
                       .optional<Member>();
  attempt.password_hash = crypto::decoy_password_hash();
  if (attempt.member) attempt.password_hash = password_hash_of(transaction, attempt.member->id);
  const auto failures = transaction.query(find_failures)
                            .bind("municipality", municipality)
                            .bind("login_key", key)
                            .optional<Failures>();
  if (failures) attempt.blocked_until = blocked_until(*failures);
  return attempt;
}

void count_sign_in_failure(storage::Transaction& transaction, std::string_view municipality,
                           std::string_view login, Instant now) {
  const Instant old{now.micros - failures_kept_seconds * micros_per_second};
  transaction.query(forget_old_failures).bind("old", old).run();
  transaction.query(add_failure)
      .bind("municipality", municipality)
      .bind("login_key", login_key(login))
      .bind("now", now)
      .run();
}

void forget_sign_in_failures(storage::Transaction& transaction, std::string_view municipality,
                             std::string_view login) {
  transaction.query(forget_failures)
      .bind("municipality", municipality)
      .bind("login_key", login_key(login))
      .run();
}

void set_password_hash(storage::Transaction& transaction, const Id<Member>& member,
                       std::string_view hash, Instant now) {
  transaction.query(put_password).bind("member", member).bind("hash", hash).bind("now", now).run();
}

std::string password_hash_of(storage::Transaction& transaction, const Id<Member>& member) {
  return transaction.query(find_password)
      .bind("member", member)
      .optional<std::string>()
      .value_or(std::string(crypto::decoy_password_hash()));
}

NewSession open_session(storage::Transaction& transaction, const Member& member,
                        std::string_view authentication, Instant now) {
  crypto::Bytes secret(32);
  crypto::fill_random(secret);
  NewSession session{base::make_uuid(now), crypto::hex(secret)};
  transaction.query(add_session)
      .bind("id", session.id)
      .bind("member", member.id)
      .bind("municipality", member.municipality)
      .bind("digest", crypto::ByteView(digest_of(session.token)))
      .bind("authentication", authentication)
      .bind("now", now)
      .run();
  return session;
}

std::optional<Uuid> find_session(storage::Transaction& transaction, std::string_view token) {
  return transaction.query(find_by_token)
      .bind("digest", crypto::ByteView(digest_of(token)))
      .optional<Uuid>();
}

void end_session(storage::Transaction& transaction, const Uuid& session, Instant now) {
  transaction.query(end_one).bind("id", session).bind("now", now).run();
}

void end_sessions_of(storage::Transaction& transaction, const Id<Member>& member, Instant now,
                     const Uuid& spared) {
  transaction.query(end_all).bind("member", member).bind("now", now).bind("spared", spared).run();
}

OpenSession load_session(storage::Transaction& transaction, const Uuid& session,
                         const SessionLimits& limits, Instant now) {
  const auto row = transaction.query(find_session_row).bind("id", session).optional<SessionRow>();
  const auto older_than = [now](Instant then, std::chrono::minutes limit) {
    return now.micros - then.micros > std::chrono::microseconds(limit).count();
  };
  if (!row || row->ended_at || row->status != MemberStatus::active ||
      older_than(row->opened_at, limits.absolute) || older_than(row->seen_at, limits.idle)) {
    throw Error(ErrorCode::session_ended, "the session has ended; sign in again");
  }
  OpenSession open;
  open.actor.member = row->member;
  open.actor.municipality = row->municipality;
  open.actor.municipality_id = row->municipality_id;
  open.actor.authentication = row->authentication;
  for (const Role role : row->roles) open.actor.capacities.push_back(capacity_of(role));
  open.seen_at = row->seen_at;
  return open;
}

}  // namespace renraku::access
