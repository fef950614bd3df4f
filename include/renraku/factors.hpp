// How members prove who they are: second factors, certificates, and where they are signed in.
//
// A second factor is a code of an authenticator program (TOTP, RFC 6238), with recovery codes for
// the day the telephone is lost, or a client certificate. Setting up, changing and removing one
// needs a session that proved not long ago who its member is: Error{reauthenticate} otherwise.
// Whoever is named by id is a member of the session's municipality, else Error{not_found}.
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/records/factor.hpp>
#include <string>
#include <vector>

namespace renraku {

class RENRAKU_API Factors {
 public:
  [[nodiscard]] FactorStatus view(const Id<Member>& member) const;

  /// Makes a new secret for the session's own member. It counts once `confirm_totp` has seen a code
  /// of it; until then an earlier one stays. Error{second_factor} when the member has a second
  /// factor and this session did not prove it.
  [[nodiscard]] TotpEnrolment begin_totp() const;
  /// Takes a first code and returns ten recovery codes, which are shown this once; each stands in
  /// for one code. Earlier ones are void. Ends the member's other sessions; this one has proved the
  /// second factor. Error{sign_in_failed} (field "code") for a wrong code, Error{not_found} when
  /// nothing was begun.
  std::vector<std::string> confirm_totp(const std::string& code) const;
  /// Error{second_factor} where the municipality requires one and no certificate is left.
  void remove_totp() const;
  /// Ten new recovery codes in place of those there are. Error{not_found} without TOTP.
  std::vector<std::string> new_recovery_codes() const;
  /// For a member who lost everything: takes TOTP and recovery codes away and ends all of the
  /// member's sessions. Certificates stay.
  void reset(const Id<Member>& member) const;

  /// Binds one certificate by its fingerprint, or whatever an authority issues to a subject by
  /// issuer and subject (fingerprint empty), so that a renewal needs no step here. Error{invalid}
  /// for a fingerprint that is none, Error{missing} where neither is whole, Error{exists} when it
  /// is bound to a member already.
  Certificate bind_certificate(const Id<Member>& member, const ClientCertificate& input) const;
  /// All that were ever bound to the member, the newest first.
  [[nodiscard]] std::vector<Certificate> certificates(const Id<Member>& member) const;
  /// Counts at the next sign-in; sessions it opened are ended. Error{not_found} unless it is the
  /// member's.
  Certificate revoke_certificate(const Id<Member>& member, const Id<Certificate>& id) const;

  /// Where the member is signed in, the newest first.
  [[nodiscard]] std::vector<LoginSession> sessions(const Id<Member>& member) const;
  /// Ends one of them at once. Error{not_found} unless it is open and the member's.
  void revoke_session(const Id<Member>& member, const Uuid& id) const;

 private:
  friend class Session;
  explicit Factors(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

}  // namespace renraku
