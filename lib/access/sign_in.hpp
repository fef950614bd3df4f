// Signing in: what is known before the password is looked at, and the back-off that makes guessing
// slow without ever letting a stranger lock somebody out.
//
// Failures are counted by sign-in name and source. Beside that all strangers together have a count,
// with more to spend, so that one who guesses from a thousand addresses is held off too. A device
// that signed in before (it brings a token, or comes from the same source) has a count of its own
// and never waits for a stranger. The dispatch desk (消防 指令台) and the last administrator wait a
// few seconds at most, wherever they are, and never for what came from elsewhere.
#pragma once

#include <optional>
#include <renraku/records/factor.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace renraku::access {

/// Longer than any network address, with a zone and a port.
inline constexpr std::size_t source_limit = 100;  // bytes

struct SignInAttempt {
  std::optional<Member> member;
  /// The member's, or one that no password opens where there is no such member.
  std::string password_hash;
  /// What a failure is counted under.
  std::vector<std::string> counters;
  /// Until when attempts are refused unseen; in the past when they are not.
  Instant blocked_until;
};

/// The password is checked outside of any transaction, because Argon2id takes as long as a thousand
/// look-ups. Of `input`, what says who and from where is read.
[[nodiscard]] SignInAttempt look_up_sign_in(storage::Transaction& transaction, const SignIn& input);
/// The same for a proof within an open session, which has a count of its own.
[[nodiscard]] SignInAttempt look_up_proof(storage::Transaction& transaction, const Member& member,
                                          const Uuid& session);

/// Counts a failure; until when the next attempt is refused. From the fifth on (of all strangers
/// together: the twenty-first) each one doubles the wait, up to 15 minutes.
[[nodiscard]] Instant count_sign_in_failure(storage::Transaction& transaction,
                                            std::string_view municipality, std::string_view login,
                                            const SignInAttempt& attempt, Instant now);
void forget_sign_in_failures(storage::Transaction& transaction, const Member& member,
                             const SignInAttempt& attempt);
/// Wherever they were counted.
void forget_all_failures_of(storage::Transaction& transaction, const Member& member);

/// From now on the member is no stranger at this source; with `remember_device` also where the
/// returned token is brought, which is empty otherwise.
[[nodiscard]] std::string know_device(storage::Transaction& transaction, const Member& member,
                                      const SignIn& input, Instant now);
void forget_devices_of(storage::Transaction& transaction, const Id<Member>& member);

/// Whether `password` is the one that `hash`, ours or another system's, was made from.
[[nodiscard]] bool verify_member_password(std::string_view hash, std::string_view password);

}  // namespace renraku::access
