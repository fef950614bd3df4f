// Vendors' applications that sign their users in themselves, and what they say of a user.
#pragma once

#include <cstdint>
#include <renraku/id.hpp>
#include <renraku/records/member.hpp>
#include <renraku/time.hpp>
#include <string>
#include <vector>

namespace renraku {

/// A vendor's application that may speak for members, as far as an administrator registered it.
struct Application {
  Id<Application> id;
  std::int64_t revision = 0;
  /// The six-digit code of the municipality whose administrator registered it; empty where the
  /// service did.
  std::string municipality;
  std::string name;
  /// Its public key for Ed25519 (RFC 8032): 32 bytes in base64url without padding, 43 characters.
  std::string public_key;
  /// The codes of the municipalities for whose members it may speak, where the service registered
  /// it; empty otherwise, when it speaks in its own.
  std::vector<std::string> municipalities;
  /// Those of them whose administrators accepted it: for members of the others it does not speak
  /// yet. Empty where a municipality registered it, which accepts it by that.
  std::vector<std::string> accepted;
  /// For members of these professions; empty means for nobody.
  std::vector<Profession> professions;
  /// What it may do in their name, as far as they may: actions of the policy, e.g. "person_view";
  /// empty means nothing.
  std::vector<std::string> actions;
  /// Administrators of all kinds and officers of a protection for whom it may speak; for other
  /// members of that kind it never does.
  std::vector<Id<Member>> members;
  /// From then on it speaks for nobody.
  Instant expires;
  bool revoked = false;
};

/// By what a member proved to the application who it is.
enum class AssertedFactor {
  password,
  totp,          ///< a code of an authenticator program
  certificate,   ///< a client certificate
  card,          ///< an IC card, e.g. HPKI or 個人番号カード
  security_key,  ///< FIDO2, passkey
  biometric,     ///< finger, face, vein
};

/// What an application says of one call: whose it is, and how that member proved it.
struct Assertion {
  Id<Application> application;
  /// The municipality's six-digit code.
  std::string municipality;
  /// The member's sign-in name.
  std::string login;
  /// The application's own mark of the sign-in or request, at most 200 bytes; can be empty. The
  /// journal keeps the first 16 hexadecimal digits of its SHA-256, so that both sides' records can
  /// be laid side by side.
  std::string reference;
  Instant issued_at;
  /// At most 60 seconds after `issued_at`.
  Instant expires_at;
  std::vector<AssertedFactor> factors;
  /// Never used before by this application: at least 16 random bytes in base64url, 22 to 86
  /// characters.
  std::string nonce;
};

/// A key pair for Ed25519; both halves are 32 bytes in base64url without padding.
struct ApplicationKey {
  /// Stays with the application, like a password.
  std::string private_key;
  /// Is registered.
  std::string public_key;
};

}  // namespace renraku
