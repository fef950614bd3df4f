#include "crypto/totp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <renraku/error.hpp>

#include "crypto/secret.hpp"

namespace renraku::crypto {
namespace {

// RFC 4226 5.3: thirty-one bits from where the last half byte points.
std::uint32_t truncate(ByteView mac) {
  const std::size_t at = mac.back() & 0x0fu;
  return (std::uint32_t{mac[at]} & 0x7fu) << 24 | std::uint32_t{mac[at + 1]} << 16 |
         std::uint32_t{mac[at + 2]} << 8 | std::uint32_t{mac[at + 3]};
}

bool is_plain_in_uri(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_plain_in_uri(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::int64_t totp_step_at(Instant time) noexcept {
  return time.micros / (totp_seconds * 1'000'000);
}

std::string totp_code(ByteView secret, std::int64_t step, TotpHash hash, int digits) {
  std::array<std::uint8_t, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  }
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  const EVP_MD* digest = hash == TotpHash::sha1 ? EVP_sha1() : EVP_sha256();
  if (!HMAC(digest, secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
            mac.data(), &size)) {
    throw Error(ErrorCode::internal, "libcrypto makes no HMAC here");
  }
  std::uint32_t modulus = 1;
  for (int i = 0; i < digits; ++i) modulus *= 10;
  return fmt::format("{:0{}}", truncate(ByteView(mac).first(size)) % modulus, digits);
}

std::optional<std::int64_t> match_totp(ByteView secret, std::string_view code, Instant now,
                                       std::int64_t used) {
  std::optional<std::int64_t> matched;
  const std::int64_t present = totp_step_at(now);
  for (std::int64_t step = present - 1; step <= present + 1; ++step) {
    const bool same = same_bytes(view_of(totp_code(secret, step)), view_of(code));
    if (same && step > used) matched = step;
  }
  return matched;
}

std::string base32(ByteView bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    held = (held << 8 | byte) & 0xfffu;
    for (bits += 8; bits >= 5; bits -= 5) out += digits[held >> (bits - 5) & 31u];
  }
  if (bits > 0) out += digits[held << (5 - bits) & 31u];
  return out;
}

std::string totp_uri(std::string_view issuer, std::string_view account, ByteView secret) {
  return fmt::format(
      "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}&period={4}",
      percent_encoded(issuer), percent_encoded(account), base32(secret), totp_digits, totp_seconds);
}

}  // namespace renraku::crypto
