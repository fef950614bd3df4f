// The second factors of one member.
#pragma once

#include <optional>
#include <renraku/records/factor.hpp>
#include <renraku/records/municipality.hpp>
#include <renraku/time.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "access/sealing_keys.hpp"
#include "crypto/bytes.hpp"
#include "storage/database.hpp"

namespace renraku::access {

struct TotpRow;

/// For one transaction. The secret of TOTP lies sealed under the municipality's key (one of their
/// own for those who belong to none) and bound to the member, so that neither a stolen row nor one
/// put in another's place is of use. Recovery codes hold 80 random bits: nobody guesses them, so
/// that SHA-256 hides them as well as a costly hash.
class MemberFactors {
 public:
  static constexpr int recovery_codes = 10;

  /// `store_key` opens the municipality's key; kept by reference, as is `transaction`.
  MemberFactors(storage::Transaction& transaction, const crypto::Sealer& store_key,
                const Member& member);

  [[nodiscard]] FactorStatus status();
  [[nodiscard]] bool has_totp();
  [[nodiscard]] bool any();
  /// What the municipality asks for.
  [[nodiscard]] TwoFactor wanted() const { return wanted_; }

  /// A new secret, which counts once it is confirmed.
  [[nodiscard]] crypto::Bytes begin_totp();
  /// False for a wrong code. Error{not_found} when nothing was begun.
  [[nodiscard]] bool confirm_totp(std::string_view code, Instant now);
  /// Takes a code and uses it up: of this step and those before it none is taken again.
  [[nodiscard]] bool take_totp(std::string_view code, Instant now);
  /// Seals the secret under the key in use; false where it is, or there is none.
  bool seal_totp_again();
  /// With the recovery codes.
  void drop_totp();

  /// In place of those there were.
  [[nodiscard]] std::vector<std::string> make_recovery_codes();
  /// Case, spaces and hyphens do not count.
  [[nodiscard]] bool take_recovery_code(std::string_view code, Instant now);

  [[nodiscard]] bool has_certificate(const ClientCertificate& shown);
  void revoke_certificates();

 private:
  [[nodiscard]] std::optional<TotpRow> load();
  /// The certificates that count.
  [[nodiscard]] std::vector<Certificate> standing();
  [[nodiscard]] crypto::Bytes opened(const crypto::Bytes& sealed);
  [[nodiscard]] crypto::Bytes sealed(const crypto::Bytes& secret);

  storage::Transaction& transaction_;
  SealingKeys keys_;
  Id<Member> member_;
  Uuid municipality_;
  TwoFactor wanted_ = TwoFactor::off;
};

/// Revokes a certificate of whatever municipality; nothing is journalled. False for one that is not
/// here or was revoked.
bool revoke_certificate(storage::Transaction& transaction, const Id<Certificate>& id);

/// 64 lower-case digits; Error{invalid} (field "fingerprint") for what is no SHA-256 value.
[[nodiscard]] std::string plain_fingerprint(std::string_view fingerprint);

}  // namespace renraku::access
