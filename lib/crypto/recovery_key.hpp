// A key on paper: the last way into a store when every passphrase is lost.
#pragma once

#include <string>
#include <string_view>

#include "crypto/secret.hpp"

namespace renraku::crypto {

/// Fourteen groups of four characters with hyphens between: 256 bits in Crockford's base 32 (digits
/// and capitals without I, L, O, U), and a last group made from the others, by which a slip of the
/// pen is told from a wrong key. The text opens the store: the caller wipes it after printing.
[[nodiscard]] std::string print_recovery_key(const Key& key);

/// Reads it back, in either case, with or without spaces and hyphens, O taken for 0 and I or L for
/// 1. Throws Error{invalid, field "recovery_key"} when it is not one, cut or mistyped (an error
/// slips through once in a million).
[[nodiscard]] Key read_recovery_key(std::string_view printed);

}  // namespace renraku::crypto
