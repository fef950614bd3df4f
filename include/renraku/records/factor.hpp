// How members prove who they are beyond the password, and where they are signed in.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>

namespace renraku {

/// How a member stands to the second factor that the municipality wants.
enum class FactorState {
  present,   ///< the member has one
  advised,   ///< not asked for here, and better all the same
  warned,    ///< will be asked for before long
  required,  ///< nothing else is open to the member until it is set up
};

/// What a member has to prove who it is.
struct FactorStatus {
  Id<Member> member;
  /// An authenticator program shows codes for this member.
  bool totp = false;
  /// How many recovery codes are left.
  std::int64_t recovery_codes = 0;
  /// How many client certificates are bound.
  std::int64_t certificates = 0;
  FactorState second_factor = FactorState::advised;
};

/// What an authenticator program needs to know; shown once.
struct TotpEnrolment {
  /// Base 32, to be typed in.
  std::string secret;
  /// `otpauth://…`, to be shown as a QR code.
  std::string uri;
};

/// A client certificate as the TLS layer saw it. The host has verified it against the authority it
/// is configured with, and that the caller holds its key.
struct ClientCertificate {
  /// SHA-256 of the certificate in DER, as hexadecimal digits; colons between them are ignored.
  std::string fingerprint;
  /// Distinguished names in one spelling, e.g. RFC 4514's; compared as they are.
  std::string issuer;
  std::string subject;
};

/// A client certificate that counts as a second factor of a member.
struct Certificate {
  Id<Certificate> id;
  std::int64_t revision = 0;
  /// The municipality's six-digit code.
  std::string municipality;
  Id<Member> member;
  /// Of this very certificate; empty where issuer and subject are bound, so that a renewed
  /// certificate of the same authority counts too.
  std::string fingerprint;
  std::string issuer;
  std::string subject;
  Instant bound_at;
  bool revoked = false;
};

/// One place where a member is signed in.
struct LoginSession {
  Uuid id;
  Id<Member> member;
  /// "password", "password+totp", "password+recovery_code" or "password+certificate".
  std::string authentication;
  Instant opened_at;
  Instant seen_at;
};

/// What is brought to a sign-in. All but municipality, login and password can be empty.
struct SignIn {
  std::string municipality;
  std::string login;
  std::string password;
  /// A code of the authenticator program, or a recovery code.
  std::string code;
  /// Where the caller is, e.g. its network address as the host itself saw it (not as the caller
  /// says). Failures are counted apart by it. At most 100 bytes.
  std::string source;
  ClientCertificate certificate;
  /// What an earlier sign-in on this device returned as `device`.
  std::string device;
  /// Asks for such a token: a stranger's failures then never keep this device waiting.
  bool remember_device = false;
};

/// An administrator's account was opened again by the holder of the recovery key.
struct AccessRecovery {
  /// Whose account.
  Id<Member> member;
  Instant time;
};

}  // namespace renraku
