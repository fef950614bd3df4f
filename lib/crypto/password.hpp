// Passwords of members: rule, hash, check.
//
// Bytes are taken as they come: whoever reads a password from a keyboard brings it to one Unicode
// form first, or 'が' typed on two machines is two passwords.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "crypto/argon2.hpp"

namespace renraku::crypto {

/// The guideline's rule (医療情報システムの安全管理に関するガイドライン 6.0, Q&A Q-54): 13
/// characters, or 8 once a second factor exists.
inline constexpr std::size_t password_least_characters = 13;
inline constexpr std::size_t password_least_characters_second_factor = 8;
/// More is no safer, and hashing a megabyte for a stranger is work for nothing.
inline constexpr std::size_t password_most_bytes = 1024;

/// Throws Error{invalid, field "password"} when it is too short (Unicode code points are counted)
/// or holds a NUL, Error{too_large} above `password_most_bytes`.
void check_password_rule(std::string_view password, bool second_factor);

/// A text to store in place of the password: Argon2id with its cost and a fresh salt, in the usual
/// notation `$argon2id$v=19$m=…`, printable ASCII of under 128 bytes. The rule is not applied here.
/// Throws Error{invalid} for an empty password or one with a NUL, Error{too_large},
/// Error{invalid_argument} for a cost under `Argon2Cost::for_password()`, Error{busy} when the
/// memory is not to be had. Waits for its turn (HashingTurn).
[[nodiscard]] std::string hash_password(std::string_view password,
                                        const Argon2Cost& cost = Argon2Cost::for_password());

/// True when `password` is the one `hash` was made from; false for any other, one that is empty or
/// too long included. Throws Error{damaged} when `hash` is not what hash_password writes or
/// names an unbearable cost, Error{busy} when the memory is not to be had.
[[nodiscard]] bool verify_password(std::string_view hash, std::string_view password);

/// True when `hash` was made at another cost, so that the next good sign-in should renew it.
/// Throws Error{damaged} like verify_password.
[[nodiscard]] bool needs_rehash(std::string_view hash,
                                const Argon2Cost& cost = Argon2Cost::for_password());

/// A hash that no password is known for. Checking against it when a sign-in name does not exist
/// takes as long as when it does, so that names cannot be found out by the clock.
[[nodiscard]] std::string_view decoy_password_hash() noexcept;

}  // namespace renraku::crypto
