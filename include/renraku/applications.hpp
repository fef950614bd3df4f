// Vendors' applications that sign their users in themselves (see Store::act_as).
//
// An application is off until it is registered here. It then asks for one call at a time, with a
// signed assertion of whose call it is:
//
//   renraku1.<payload>.<signature>
//
// `payload` is the base64url (RFC 4648, section 5, no padding) of an Assertion as JSON, UTF-8, its
// fields in any order; times are RFC 3339 in UTC with six digits of a second. `signature` is the
// base64url of the Ed25519 signature over the ASCII text before the second point,
// "renraku1.<payload>". `make_assertion` writes that, so that a vendor needs no cryptography; any
// other program can.
#pragma once

#include <memory>
#include <renraku/export.hpp>
#include <renraku/page.hpp>
#include <renraku/records/application.hpp>
#include <string>

namespace renraku {

/// For administrators: those of a municipality for its own members, the service's for the
/// municipalities that they name. Registering, accepting and revoking need a session that proved
/// not long ago who its member is: Error{reauthenticate}.
class RENRAKU_API Applications {
 public:
  /// Error{missing} without a name, or without municipalities where the service registers;
  /// Error{invalid} for a key, an action or an expiry that is none, or municipalities where a
  /// municipality registers; Error{not_found} for a municipality or member that is not here. Who of
  /// the administrators and protection officers it may speak for is the municipality's to say:
  /// Error{not_permitted} (field "members") where the service names any.
  Application register_application(const Application& application) const;
  /// The municipality's own and those of the service that name it; for the service its own. The
  /// newest first.
  [[nodiscard]] Page<Application> list(const PageRequest& page = {}) const;
  [[nodiscard]] Application view(const Id<Application>& id) const;
  /// For a municipality's administrators: from now on an application of the service speaks for
  /// members of the municipality, as far as it is registered. Until then it does not. What is
  /// accepted already, or the municipality's own, stays as it is. Error{invalid} for one that was
  /// revoked or has expired.
  Application accept(const Id<Application>& id) const;
  /// Holds at once, for calls under way too. A municipality takes itself off an application of the
  /// service, its acceptance included; for the others it stands. There is no change: register anew.
  Application revoke(const Id<Application>& id) const;

 private:
  friend class Session;
  explicit Applications(std::shared_ptr<class SessionState> state) : state_(std::move(state)) {}
  std::shared_ptr<class SessionState> state_;
};

/// A new key pair.
[[nodiscard]] RENRAKU_API ApplicationKey make_application_key();

/// An assertion as it is brought to Store::act_as. A nonce and times that are left out are made: a
/// random one, now, and 60 seconds later. Error{invalid} (field "private_key") for a key that is
/// none.
[[nodiscard]] RENRAKU_API std::string make_assertion(const Assertion& assertion,
                                                     const std::string& private_key);

}  // namespace renraku
