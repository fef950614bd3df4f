// Who is there: passwords, sessions, and the members they belong to.
#pragma once

#include <chrono>
#include <optional>
#include <renraku/described/member.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>

#include "access/actor.hpp"
#include "crypto/hash.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// Error{not_found} where there is none.
[[nodiscard]] Member load_member(storage::Transaction& transaction, const Id<Member>& id);

/// How long a session lasts.
struct SessionLimits {
  std::chrono::minutes idle{30};
  std::chrono::minutes absolute{12 * 60};
};

/// A sign-in name as it is compared: ASCII letters without regard to case.
[[nodiscard]] std::string login_key(std::string_view login);

/// What is known before the password is looked at. The password is checked outside of any
/// transaction, because Argon2id takes as long as a thousand look-ups.
struct SignInAttempt {
  std::optional<Member> member;
  /// The member's, or one that no password opens where there is no such member.
  std::string password_hash;
  /// Until when further attempts are refused unseen; in the past when they are not.
  Instant blocked_until;
};
[[nodiscard]] SignInAttempt look_up_sign_in(storage::Transaction& transaction,
                                            std::string_view municipality, std::string_view login);

/// Counts a failed attempt: from the fifth on, each one doubles the wait, up to 15 minutes.
void count_sign_in_failure(storage::Transaction& transaction, std::string_view municipality,
                           std::string_view login, Instant now);
void forget_sign_in_failures(storage::Transaction& transaction, std::string_view municipality,
                             std::string_view login);

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
/// Ends all of a member's sessions, at once, wherever they are open; but for one to be spared.
void end_sessions_of(storage::Transaction& transaction, const Id<Member>& member, Instant now,
                     const Uuid& spared = {});

struct OpenSession {
  Actor actor;
  Instant seen_at;
};
/// Who acts in a session, read afresh for every act, so that a suspension counts at once.
/// Error{session_ended} when it was ended, has run out, or its member is suspended.
[[nodiscard]] OpenSession load_session(storage::Transaction& transaction, const Uuid& session,
                                       const SessionLimits& limits, Instant now);

}  // namespace renraku::access
