// A key pair for backups: whoever has the public half can seal, the private half alone opens.
#pragma once

#include <string>
#include <string_view>

#include "crypto/secret.hpp"

namespace renraku::crypto {

/// Both halves as texts to be printed: a word that says which half it is, and the groups of a
/// recovery key (recovery_key.hpp), by which a slip of the pen is noticed. The private one opens
/// every backup sealed to the pair: the caller wipes it after printing.
struct PrintedBackupKey {
  std::string public_half;
  std::string private_half;
};
[[nodiscard]] PrintedBackupKey make_backup_key();

/// Throw Error{invalid}, field "backup_key", for a text that is not that half or was mistyped.
[[nodiscard]] Key read_public_backup_key(std::string_view printed);
[[nodiscard]] Key read_private_backup_key(std::string_view printed);

/// How much longer a key is when it is sealed to a public one.
inline constexpr std::size_t sealed_key_size = 32 + 65;

/// Seals a key so that only the private half of `to` opens it: X25519 (RFC 7748) with a key pair
/// that is made for this and thrown away, HKDF-SHA-256 over the secret and both public halves, and
/// Sealer. `associated` as for Sealer.
[[nodiscard]] Bytes seal_key_to(const Key& to, ByteView associated, const Key& inner);
/// Throws Error{wrong_passphrase} when this private key does not open it.
[[nodiscard]] Key open_sealed_key(const Key& private_key, ByteView associated, ByteView sealed);

}  // namespace renraku::crypto
