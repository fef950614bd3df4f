#include "crypto/legacy_hash.hpp"

#include <crypt.h>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <renraku/error.hpp>
#include <string>
#include <variant>

#include "crypto/hashing_turn.hpp"
#include "crypto/password.hpp"
#include "crypto/secret.hpp"

namespace renraku::crypto {
namespace {

struct Bcrypt {
  std::string text;
};
struct Pbkdf2 {
  const EVP_MD* digest;
  int iterations;
  Bytes salt;
  Bytes hash;
};
struct SaltedSha1 {
  Bytes hash;
  Bytes salt;
};
using LegacyHash = std::variant<Bcrypt, Pbkdf2, SaltedSha1>;

constexpr std::string_view bcrypt_digits =
    "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::size_t sha1_size = 20;

/// Base 64 with or without padding; passlib writes '.' for '+'.
std::optional<Bytes> read_base64(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  Bytes out;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : text) {
    std::uint32_t digit = 0;
    if (c >= 'A' && c <= 'Z') {
      digit = static_cast<std::uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      digit = static_cast<std::uint32_t>(c - 'a') + 26;
    } else if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0') + 52;
    } else if (c == '+' || c == '.') {
      digit = 62;
    } else if (c == '/') {
      digit = 63;
    } else {
      return std::nullopt;
    }
    held = (held << 6 | digit) & 0x3fffu;
    bits += 6;
    if (bits >= 8) out.push_back(static_cast<std::uint8_t>(held >> (bits -= 8)));
  }
  if (bits >= 6) return std::nullopt;
  return out;
}

std::optional<std::int64_t> read_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// What stands before the next '$', which is taken too.
std::string_view take_part(std::string_view& text) {
  const std::size_t end = std::min(text.find('$'), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// "$2b$12$" and 53 digits of its own base 64.
std::optional<LegacyHash> read_bcrypt(std::string_view hash) {
  constexpr std::size_t size = 60;
  if (hash.size() != size || hash[6] != '$') return std::nullopt;
  const auto cost = read_number(hash.substr(4, 2));
  if (!cost || *cost < 4 || *cost > bcrypt_most_cost) return std::nullopt;
  if (hash.substr(7).find_first_not_of(bcrypt_digits) != std::string_view::npos)
    return std::nullopt;
  return Bcrypt{std::string(hash)};
}

std::optional<LegacyHash> pbkdf2(const EVP_MD* digest, std::string_view iterations,
                                 std::optional<Bytes> salt, std::string_view hash) {
  const auto count = read_number(iterations);
  auto bytes = read_base64(hash);
  if (!count || *count < 1 || *count > pbkdf2_most_iterations || !salt || salt->empty() || !bytes ||
      bytes->size() != static_cast<std::size_t>(EVP_MD_get_size(digest))) {
    return std::nullopt;
  }
  return Pbkdf2{digest, static_cast<int>(*count), *std::move(salt), *std::move(bytes)};
}

// Django's salt is the text itself, passlib's is base 64.
std::optional<LegacyHash> read_pbkdf2(std::string_view hash, std::string_view prefix,
                                      const EVP_MD* digest, bool salt_is_text) {
  hash.remove_prefix(prefix.size());
  const std::string_view iterations = take_part(hash);
  const std::string_view salt = take_part(hash);
  if (salt_is_text) return pbkdf2(digest, iterations, Bytes(salt.begin(), salt.end()), hash);
  return pbkdf2(digest, iterations, read_base64(salt), hash);
}

std::optional<LegacyHash> read_ssha(std::string_view base64) {
  const auto bytes = read_base64(base64);
  if (!bytes || bytes->size() <= sha1_size) return std::nullopt;
  const auto salt = bytes->begin() + sha1_size;
  return SaltedSha1{Bytes(bytes->begin(), salt), Bytes(salt, bytes->end())};
}

std::optional<LegacyHash> read_legacy(std::string_view hash) {
  if (hash.size() > legacy_hash_most_bytes) return std::nullopt;
  const auto begins = [&](std::string_view prefix) { return hash.starts_with(prefix); };
  if (begins("$2a$") || begins("$2b$") || begins("$2y$")) return read_bcrypt(hash);
  if (begins("{SSHA}")) return read_ssha(hash.substr(6));
  struct Form {
    std::string_view prefix;
    const EVP_MD* digest;
    bool salt_is_text;
  };
  for (const Form& form :
       {Form{"pbkdf2_sha256$", EVP_sha256(), true}, Form{"pbkdf2_sha512$", EVP_sha512(), true},
        Form{"$pbkdf2-sha256$", EVP_sha256(), false},
        Form{"$pbkdf2-sha512$", EVP_sha512(), false}}) {
    if (begins(form.prefix)) return read_pbkdf2(hash, form.prefix, form.digest, form.salt_is_text);
  }
  return std::nullopt;
}

Error not_computed() {
  return {ErrorCode::internal, "libcrypto does not compute this hash here"};
}

struct Matches {
  std::string_view password;

  bool operator()(const Bcrypt& legacy) const {
    // 32 KiB, of which libxcrypt wipes what it used.
    const auto work = std::make_unique<crypt_data>();
    std::string text(password);
    const char* made = crypt_r(text.c_str(), legacy.text.c_str(), work.get());
    wipe(text);
    return made && same_bytes(view_of(made), view_of(legacy.text));
  }
  bool operator()(const Pbkdf2& legacy) const {
    Bytes made(legacy.hash.size());
    if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), legacy.salt.data(),
                          static_cast<int>(legacy.salt.size()), legacy.iterations, legacy.digest,
                          static_cast<int>(made.size()), made.data()) != 1) {
      throw not_computed();
    }
    return same_bytes(made, legacy.hash);
  }
  bool operator()(const SaltedSha1& legacy) const {
    Bytes salted(password.begin(), password.end());
    salted.insert(salted.end(), legacy.salt.begin(), legacy.salt.end());
    Bytes made(sha1_size);
    const bool done =
        EVP_Digest(salted.data(), salted.size(), made.data(), nullptr, EVP_sha1(), nullptr) == 1;
    wipe(salted);
    if (!done) throw not_computed();
    return same_bytes(made, legacy.hash);
  }
};

}  // namespace

bool is_legacy_hash(std::string_view hash) {
  return read_legacy(hash).has_value();
}

void need_legacy_hash(std::string_view hash) {
  if (is_legacy_hash(hash)) return;
  throw Error(
      ErrorCode::invalid,
      "this is no password hash that can be taken over; taken are bcrypt ($2a$, $2b$, $2y$, "
      "cost 4 to 16), pbkdf2_sha256 and pbkdf2_sha512 (up to 10 million iterations) and "
      "{SSHA}; give the member a new password instead",
      "password_hash");
}

bool verify_legacy_hash(std::string_view hash, std::string_view password) {
  const auto legacy = read_legacy(hash);
  if (!legacy) {
    throw Error(ErrorCode::damaged,
                "a stored password hash is not one; give the member a new password", "password");
  }
  if (password.size() > password_most_bytes || password.find('\0') != std::string_view::npos) {
    return false;
  }
  const HashingTurn turn;
  return std::visit(Matches{password}, *legacy);
}

}  // namespace renraku::crypto
