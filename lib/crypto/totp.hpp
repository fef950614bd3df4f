// One-time codes by the clock (TOTP, RFC 6238): the second factor that a telephone shows.
//
// SHA-1 is what authenticator programs understand, and the one place where it is used here; in
// HMAC it is not known to be weak. HMAC is libcrypto's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <renraku/time.hpp>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"

namespace renraku::crypto {

enum class TotpHash { sha1, sha256 };

/// The secret's length: as long as SHA-1's value (RFC 4226, R6).
inline constexpr std::size_t totp_secret_size = 20;
inline constexpr int totp_digits = 6;
inline constexpr std::int64_t totp_seconds = 30;

/// Thirty seconds since 1970, by number.
[[nodiscard]] std::int64_t totp_step_at(Instant time) noexcept;

/// The code of one step: `digits` (6 to 8) decimal digits.
[[nodiscard]] std::string totp_code(ByteView secret, std::int64_t step,
                                    TotpHash hash = TotpHash::sha1, int digits = totp_digits);

/// The step that `code` belongs to, if it is the present one, the one before or the one after
/// (telephones' clocks differ), and later than `used`, the last step whose code was taken: each
/// code works once. None for any other text. Takes the same time whichever step matches.
[[nodiscard]] std::optional<std::int64_t> match_totp(ByteView secret, std::string_view code,
                                                     Instant now, std::int64_t used);

/// RFC 4648 base 32, upper case, without padding.
[[nodiscard]] std::string base32(ByteView bytes);

/// What an authenticator program reads from the QR code: `otpauth://totp/…`. Issuer and account are
/// shown to the user; whatever a URI cannot hold is percent-encoded.
[[nodiscard]] std::string totp_uri(std::string_view issuer, std::string_view account,
                                   ByteView secret);

}  // namespace renraku::crypto
