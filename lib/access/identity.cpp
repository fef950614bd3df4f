#include "access/identity.hpp"

#include <algorithm>
#include <renraku/described/municipality.hpp>

#include "access/moving.hpp"
#include "base/uuid.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"

namespace renraku::access {
namespace {

const std::string find_by_login =
    "SELECT " + storage::columns<Member>() +
    " FROM member WHERE municipality = :municipality AND login_key = :login_key";
const std::string find_by_id =
    "SELECT " + storage::columns<Member>() + " FROM member WHERE id = :id";
const std::string change_member = storage::update_sql<Member>("member", {});
constexpr std::string_view count_municipality =
    "SELECT count(*) FROM municipality WHERE code = :code";
constexpr std::string_view find_password =
    "SELECT password_hash, member FROM credential WHERE member = :member";
constexpr std::string_view put_password =
    "INSERT INTO credential (member, password_hash, changed_at) "
    "VALUES (:member, :password_hash, :now) "
    "ON CONFLICT (member) DO UPDATE SET password_hash = excluded.password_hash, "
    "changed_at = excluded.changed_at";
constexpr std::string_view add_session =
    "INSERT INTO login_session (id, member, municipality, token_digest, authentication, opened_at, "
    "seen_at, fresh_at, ended_at) VALUES (:id, :member, :municipality, :digest, :authentication, "
    ":now, :now, :now, NULL)";
constexpr std::string_view refresh_one =
    "UPDATE login_session SET fresh_at = :now WHERE id = :id AND ended_at IS NULL";
constexpr std::string_view strengthen =
    "UPDATE login_session SET authentication = :authentication WHERE id = :id";
const std::string list_sessions =
    "SELECT " + storage::columns<LoginSession>() +
    " FROM login_session WHERE member = :member AND ended_at IS NULL AND opened_at >= :oldest "
    "AND seen_at >= :unused ORDER BY opened_at DESC, id DESC";
constexpr std::string_view forget_old = "DELETE FROM login_session WHERE opened_at < :oldest";
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
  Id<Organisation> organisation;
  Instant opened_at;
  Instant seen_at;
  Instant fresh_at;
  std::optional<Instant> ended_at;
  TwoFactor two_factor{};
};
RENRAKU_DESCRIBE(SessionRow, member, municipality, municipality_id, roles, status, authentication,
                 organisation, opened_at, seen_at, fresh_at, ended_at, two_factor)

constexpr std::string_view find_session_row =
    "SELECT s.member AS member, s.municipality AS municipality, c.id AS municipality_id, "
    "m.roles AS roles, m.status AS status, s.authentication AS authentication, "
    "m.organisation AS organisation, s.opened_at AS opened_at, s.seen_at AS seen_at, "
    "s.fresh_at AS fresh_at, s.ended_at AS ended_at, "
    "COALESCE(c.two_factor, 'off') AS two_factor "
    "FROM login_session s JOIN member m ON m.id = s.member "
    "LEFT JOIN municipality c ON c.code = s.municipality WHERE s.id = :id";

/// What a session is called that has proved a password and nothing else.
constexpr std::string_view password_alone = "password";

Instant earlier(Instant now, std::chrono::minutes by) {
  return {now.micros - std::chrono::microseconds(by).count()};
}

crypto::Digest digest_of(std::string_view token) {
  return crypto::sha256(crypto::view_of(token));
}

Capacity capacity_of(Role role) {
  switch (role) {
    case Role::service_administrator:
      return Capacity::service_administrator;
    case Role::administrator:
      return Capacity::administrator;
    case Role::office_administrator:
      return Capacity::office_administrator;
    case Role::roster_officer:
      return Capacity::roster_officer;
    case Role::receiver:
      return Capacity::receiver;
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

LoginKey::LoginKey(storage::Transaction& transaction, std::string_view municipality,
                   std::string_view login)
    : key(login_key(login)) {
  const auto known =
      transaction.query(count_municipality).bind("code", municipality).optional<std::int64_t>();
  if (known.value_or(0) > 0) owner = municipality;
}

std::vector<Capacity> capacities_of(const std::vector<Role>& roles) {
  std::vector<Capacity> capacities;
  capacities.reserve(roles.size());
  for (const Role role : roles) capacities.push_back(capacity_of(role));
  std::ranges::stable_partition(
      capacities, [](Capacity capacity) { return capacity != Capacity::office_administrator; });
  return capacities;
}

std::optional<Member> find_member(storage::Transaction& transaction, const Id<Member>& id) {
  return transaction.query(find_by_id).bind("id", id).optional<Member>();
}

Member load_member(storage::Transaction& transaction, const Id<Member>& id) {
  auto member = find_member(transaction, id);
  if (!member) throw Error(ErrorCode::not_found, "there is no such member", "member");
  return *std::move(member);
}

bool suspend_member(storage::Transaction& transaction, const Id<Member>& id) {
  auto member = find_member(transaction, id);
  if (!member || member->status != MemberStatus::active) return false;
  member->status = MemberStatus::suspended;
  ++member->revision;
  return transaction.query(change_member).bind_record(*member).changed() == 1;
}

std::optional<Member> find_member_by_login(storage::Transaction& transaction,
                                           std::string_view municipality, std::string_view login) {
  return transaction.query(find_by_login)
      .bind("municipality", municipality)
      .bind("login_key", LoginKey(transaction, municipality, login).keyed())
      .optional<Member>();
}

void set_password_hash(storage::Transaction& transaction, const Id<Member>& member,
                       std::string_view hash, Instant now) {
  transaction.query(put_password)
      .bind("member", member)
      .bind("password_hash", hash)
      .bind("now", now)
      .run();
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

std::vector<LoginSession> sessions_of(storage::Transaction& transaction, const Id<Member>& member,
                                      const SessionLimits& limits, Instant now) {
  return transaction.query(list_sessions)
      .bind("member", member)
      .bind("oldest", earlier(now, limits.absolute))
      .bind("unused", earlier(now, limits.idle))
      .all<LoginSession>();
}

void forget_old_sessions(storage::Transaction& transaction, const SessionLimits& limits,
                         Instant now) {
  transaction.query(forget_old).bind("oldest", earlier(now, limits.absolute)).run();
}

void strengthen_session(storage::Transaction& transaction, const Uuid& session,
                        std::string_view authentication) {
  transaction.query(strengthen).bind("id", session).bind("authentication", authentication).run();
}

void refresh_session(storage::Transaction& transaction, const Uuid& session, Instant now) {
  transaction.query(refresh_one).bind("id", session).bind("now", now).run();
}

void end_sessions_of(storage::Transaction& transaction, const Id<Member>& member, Instant now,
                     const Uuid& spared) {
  transaction.query(end_all).bind("member", member).bind("now", now).bind("spared", spared).run();
}

OpenSession load_session(storage::Transaction& transaction, const Uuid& session,
                         const SessionLimits& limits, Instant now) {
  const auto row = transaction.query(find_session_row).bind("id", session).optional<SessionRow>();
  if (!row || row->ended_at || row->status != MemberStatus::active ||
      row->opened_at < earlier(now, limits.absolute) || row->seen_at < earlier(now, limits.idle)) {
    throw Error(ErrorCode::session_ended, "the session has ended; sign in again");
  }
  need_here(transaction, row->municipality, now);
  OpenSession open;
  open.actor.member = row->member;
  open.actor.municipality = row->municipality;
  open.actor.municipality_id = row->municipality_id;
  open.actor.authentication = row->authentication;
  open.actor.organisation = row->organisation;
  if (row->two_factor == TwoFactor::required && row->authentication == password_alone) {
    open.actor.capacities = {Capacity::newcomer};
  } else {
    open.actor.capacities = capacities_of(row->roles);
  }
  if (row->fresh_at >= earlier(now, limits.fresh)) {
    open.actor.circumstances.insert(Circumstance::fresh);
  }
  open.seen_at = row->seen_at;
  return open;
}

}  // namespace renraku::access
