// Second factors, client certificates and open sessions of members: who may change them, and what
// the journal says of it. No secret and no code is ever journalled.
#pragma once

#include <renraku/records/factor.hpp>
#include <string>
#include <vector>

#include "access/identity.hpp"
#include "access/permit.hpp"

namespace renraku::domain {

// Whoever is named by id is a member of the permit's municipality, else Error{not_found}.

[[nodiscard]] FactorStatus view_factors(access::Permit& permit, const Id<Member>& member);

/// Of the actor's own TOTP. Error{second_factor} for a newcomer's session when the member has set
/// up a factor elsewhere: what nobody proved here may not be replaced here.
[[nodiscard]] TotpEnrolment begin_totp(access::Permit& permit);
/// The recovery codes. Error{sign_in_failed} (field "code").
[[nodiscard]] std::vector<std::string> confirm_totp(access::Permit& permit,
                                                    const std::string& code);
void remove_totp(access::Permit& permit);
[[nodiscard]] std::vector<std::string> new_recovery_codes(access::Permit& permit);

/// Takes TOTP and recovery codes away and ends the member's sessions.
void reset_factors(access::Permit& permit, const Id<Member>& member);

Certificate bind_certificate(access::Permit& permit, const Id<Member>& member,
                             const ClientCertificate& input);
[[nodiscard]] std::vector<Certificate> list_certificates(access::Permit& permit,
                                                         const Id<Member>& member);
Certificate revoke_certificate(access::Permit& permit, const Id<Member>& member,
                               const Id<Certificate>& id);

[[nodiscard]] std::vector<LoginSession> list_sessions(access::Permit& permit,
                                                      const Id<Member>& member,
                                                      const access::SessionLimits& limits);
void revoke_session(access::Permit& permit, const Id<Member>& member, const Uuid& session,
                    const access::SessionLimits& limits);

/// For a member who comes from another system with the hash of a password: see
/// crypto/legacy_hash.hpp. Error{invalid} (field "password_hash") for a form that can't be checked.
void set_legacy_hash(access::Permit& permit, const Id<Member>& member, const std::string& hash);

/// Gives an administrator a new password and takes all second factors away, for who holds the
/// recovery key. Makes the member's municipality the act's scope. Error{not_found} where nobody
/// signs in so, Error{not_permitted} for a member who is no administrator.
Member recover_administrator(access::Permit& permit, const std::string& municipality,
                             const std::string& login, const std::string& password_hash);
/// What of that an administrator is told at each sign-in: of the last thirty days.
[[nodiscard]] std::vector<AccessRecovery> recent_recoveries(storage::Transaction& transaction,
                                                            const Member& administrator,
                                                            Instant now);

}  // namespace renraku::domain
