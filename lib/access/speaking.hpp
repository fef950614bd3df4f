// A vendor's application speaking for a member: what it is registered for, and who then acts.
#pragma once

#include <optional>
#include <renraku/records/application.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>

#include "access/actor.hpp"
#include "storage/database.hpp"

namespace renraku::access {

/// An assertion that was found good and is used up.
struct Asserted {
  Id<Application> application;
  Id<Member> member;
  /// What the journal says of it.
  std::string authentication;
  /// Until when the one act may begin.
  Instant until;
};

[[nodiscard]] std::optional<Application> find_application(storage::Transaction& transaction,
                                                          const Id<Application>& id);

/// Neither revoked nor expired.
[[nodiscard]] bool stands(const Application& application, Instant now);
/// Registered there, by the municipality itself or by the service.
[[nodiscard]] bool is_registered_in(const Application& application, std::string_view municipality);
/// Registered there, and where the service did, accepted by the municipality.
[[nodiscard]] bool speaks_in(const Application& application, std::string_view municipality);
/// Whether the application speaks where the member belongs, and the member is active and of a
/// profession that the application is registered for; of administrators and officers of a
/// protection only those whom its registration names.
[[nodiscard]] bool speaks_for(storage::Transaction& transaction, const Application& application,
                              const Member& member);

/// False for a nonce that the application used before, in whatever process; else it is used up. It
/// is kept for an hour after `expires`, in case the clock is set back.
[[nodiscard]] bool use_up_nonce(storage::Transaction& transaction,
                                const Id<Application>& application, std::string_view nonce,
                                Instant expires, Instant now);

/// Who acts, read afresh, so that a revocation or suspension counts at once: the member, held to
/// what the application is registered for, and never as one who proved not long ago who it is.
/// Error{session_ended}.
[[nodiscard]] Actor load_speaker(storage::Transaction& transaction, const Asserted& asserted,
                                 Instant now);

}  // namespace renraku::access
