// Who is there: passwords, sessions, and the members they belong to.
#pragma once

#include <chrono>
#include <optional>
#include <renraku/described/factor.hpp>
#include <renraku/described/member.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.hpp"
#include "crypto/hash.hpp"
#include "storage/database.hpp"

namespace renraku::access {

[[nodiscard]] std::optional<Member> find_member(storage::Transaction& transaction,
                                                const Id<Member>& id);
/// Error{not_found} where there is none.
[[nodiscard]] Member load_member(storage::Transaction& transaction, const Id<Member>& id);

[[nodiscard]] std::optional<Member> find_member_by_login(storage::Transaction& transaction,
                                                         std::string_view municipality,
                                                         std::string_view login);

/// Suspends a member of whatever municipality; nothing is journalled. False for one who is not here
/// or not active.
bool suspend_member(storage::Transaction& transaction, const Id<Member>& id);

/// What the roles let a member act as. The capacity that reaches farthest comes first: an office's
/// administrator reaches one office.
[[nodiscard]] std::vector<Capacity> capacities_of(const std::vector<Role>& roles);

/// How long a session lasts.
struct SessionLimits {
  std::chrono::minutes idle{30};
  std::chrono::minutes absolute{12 * 60};
  /// How long after a member proved who it is exports, keys, roles and factors stay open to it.
  std::chrono::minutes fresh{10};
};

/// A sign-in name as it is compared: ASCII letters without regard to case.
[[nodiscard]] std::string login_key(std::string_view login);

/// The same as rows are found by it, of a municipality that may be anything: no stranger's word
/// makes keys, so where the store holds no such municipality the name is kept under the store's
/// own.
struct LoginKey {
  LoginKey(storage::Transaction& transaction, std::string_view municipality,
           std::string_view login);
  [[nodiscard]] storage::Keyed keyed() const { return {owner, key}; }

  std::string owner;
  std::string key;
};

/// Replaces a member's password hash.
void set_password_hash(storage::Transaction& transaction, const Id<Member>& member,
                       std::string_view hash, Instant now);
[[nodiscard]] std::string password_hash_of(storage::Transaction& transaction,
                                           const Id<Member>& member);

struct NewSession {
  Uuid id;
  /// 64 hex digits; whoever has them is the member. Stored as a digest only.
  std::string token;
};
[[nodiscard]] NewSession open_session(storage::Transaction& transaction, const Member& member,
                                      std::string_view authentication, Instant now);
/// The session of a token; none for a token that never was, or was ended.
[[nodiscard]] std::optional<Uuid> find_session(storage::Transaction& transaction,
                                               std::string_view token);
void end_session(storage::Transaction& transaction, const Uuid& session, Instant now);
/// What open sessions of a member there are, the newest first.
[[nodiscard]] std::vector<LoginSession> sessions_of(storage::Transaction& transaction,
                                                    const Id<Member>& member,
                                                    const SessionLimits& limits, Instant now);
/// Forgets sessions that nobody can take up again.
void forget_old_sessions(storage::Transaction& transaction, const SessionLimits& limits,
                         Instant now);
/// The session's member has proved more than at its opening.
void strengthen_session(storage::Transaction& transaction, const Uuid& session,
                        std::string_view authentication);
/// The session's member proved once more who it is.
void refresh_session(storage::Transaction& transaction, const Uuid& session, Instant now);
/// Ends all of a member's sessions, at once, wherever they are open; but for one to be spared.
void end_sessions_of(storage::Transaction& transaction, const Id<Member>& member, Instant now,
                     const Uuid& spared = {});

struct OpenSession {
  Actor actor;
  Instant seen_at;
};
/// Who acts in a session, read afresh for every act, so that a suspension counts at once. Where the
/// municipality requires a second factor and the session has proved none, the member is a newcomer.
/// Error{session_ended} when it was ended, has run out, or its member is suspended; Error{busy} as
/// need_here.
[[nodiscard]] OpenSession load_session(storage::Transaction& transaction, const Uuid& session,
                                       const SessionLimits& limits, Instant now);

}  // namespace renraku::access
