#include "crypto/backup_key.hpp"

#include <sodium.h>

#include <renraku/error.hpp>

#include "crypto/hkdf.hpp"
#include "crypto/packing.hpp"
#include "crypto/recovery_key.hpp"
#include "crypto/seal.hpp"

namespace renraku::crypto {
namespace {

static_assert(Key::size == crypto_scalarmult_BYTES && Key::size == crypto_scalarmult_SCALARBYTES);
static_assert(sealed_key_size == Key::size + Key::size + seal_overhead);

constexpr std::string_view public_word = "backup-public ";
constexpr std::string_view private_word = "backup-private ";

Error wrong_half(std::string_view word) {
  return {ErrorCode::invalid,
          "a backup key begins with the word '" + std::string(word.substr(0, word.size() - 1)) +
              "' and 14 groups of 4 characters follow; this one was mistyped, cut or is the other "
              "half",
          "backup_key"};
}

Key read_half(std::string_view printed, std::string_view word) {
  while (!printed.empty() && (printed.front() == ' ' || printed.front() == '\n')) {
    printed.remove_prefix(1);
  }
  if (!printed.starts_with(word)) throw wrong_half(word);
  try {
    return read_recovery_key(printed.substr(word.size()));
  } catch (const Error&) {
    throw wrong_half(word);
  }
}

Key public_half_of(const Key& private_key) {
  Key half = Key::blank();
  crypto_scalarmult_base(half.writable().data(), private_key.bytes().data());
  return half;
}

// None where `theirs` is a point of small order, which nobody's key is.
Key shared_key(const Key& mine, ByteView theirs, ByteView ephemeral, ByteView recipient) {
  Key shared = Key::blank();
  if (crypto_scalarmult(shared.writable().data(), mine.bytes().data(), theirs.data()) != 0) {
    throw Error(ErrorCode::invalid, "this public key is none that a key pair has", "backup_key");
  }
  const Bytes info = Packer()
                         .fixed("renraku backup key")
                         .number(suite_1)
                         .fixed(ephemeral)
                         .fixed(recipient)
                         .bytes();
  Key out = Key::blank();
  hkdf_expand(HmacKey(hkdf_extract({}, shared.bytes())), info, out.writable());
  return out;
}

}  // namespace

PrintedBackupKey make_backup_key() {
  const Key private_key = Key::random();
  return {std::string(public_word) + print_recovery_key(public_half_of(private_key)),
          std::string(private_word) + print_recovery_key(private_key)};
}

Key read_public_backup_key(std::string_view printed) {
  return read_half(printed, public_word);
}

Key read_private_backup_key(std::string_view printed) {
  return read_half(printed, private_word);
}

Bytes seal_key_to(const Key& to, ByteView associated, const Key& inner) {
  const Key mine = Key::random();
  const Key ephemeral = public_half_of(mine);
  const Key wrapping = shared_key(mine, to.bytes(), ephemeral.bytes(), to.bytes());
  return Packer().fixed(ephemeral.bytes()).fixed(Sealer(wrapping).wrap(associated, inner)).bytes();
}

Key open_sealed_key(const Key& private_key, ByteView associated, ByteView sealed) {
  Unpacker in(sealed, "a sealed key");
  const ByteView ephemeral = in.fixed(Key::size);
  const Key recipient = public_half_of(private_key);
  const Key wrapping = shared_key(private_key, ephemeral, ephemeral, recipient.bytes());
  try {
    return Sealer(wrapping).unwrap(associated, in.fixed(Key::size + seal_overhead));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    throw Error(ErrorCode::wrong_passphrase,
                "this private key does not open the backup; it was sealed to another pair",
                "backup_key");
  }
}

}  // namespace renraku::crypto
