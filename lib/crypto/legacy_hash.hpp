// Password hashes that other systems made, so that accounts can move in with the passwords people
// know. They are checked here and never made: at the first right sign-in the password is hashed
// anew with Argon2id.
//
//   bcrypt                   $2a$, $2b$ or $2y$ (checked by libxcrypt; cost 4 to 16)
//   PBKDF2-HMAC-SHA-256/512  pbkdf2_sha256$iterations$salt$base64          (Django)
//                            $pbkdf2-sha256$iterations$salt$adapted-base64 (passlib)
//   salted SHA-1             {SSHA}base64                                  (LDAP directories)
//
// How long a check takes depends on the form. Until such a member first signs in, a stranger with a
// stop watch can tell the account from one that does not exist.
#pragma once

#include <cstdint>
#include <string_view>

#include "crypto/bytes.hpp"

namespace renraku::crypto {

/// Longer hashes are none of the forms above.
inline constexpr std::size_t legacy_hash_most_bytes = 512;
/// Some five seconds a check; what costs more would be a way to tie down the machine.
inline constexpr int bcrypt_most_cost = 16;
inline constexpr std::int64_t pbkdf2_most_iterations = 10'000'000;

/// True for a hash of one of the forms above, whole and within the limits.
[[nodiscard]] bool is_legacy_hash(std::string_view hash);

/// Throws Error{invalid, field "password_hash"} unless `hash` is one that can be checked here; the
/// text says which forms there are, and holds nothing of the hash.
void need_legacy_hash(std::string_view hash);

/// True when `password` is the one `hash` was made from. False for a password over
/// `password_most_bytes`, or one with a NUL. Throws Error{damaged} unless is_legacy_hash, and
/// Error{busy} when no turn comes (HashingTurn).
[[nodiscard]] bool verify_legacy_hash(std::string_view hash, std::string_view password);

}  // namespace renraku::crypto
