#include "cookie.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <renraku/error.hpp>

namespace renraku::server {

std::string Cookie::attributes() const {
  return std::string("; Path=/; HttpOnly; SameSite=Strict") + (tls_ ? "; Secure" : "");
}

std::string Cookie::read(std::string_view header) const {
  const std::string wanted = name_ + "=";
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    std::string_view pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    if (pair.starts_with(wanted)) return std::string(pair.substr(wanted.size()));
  }
  return {};
}

std::string Cookie::set(const std::string& token) const {
  constexpr int seconds_a_day = 24 * 60 * 60;
  const std::string kept = days_ > 0 ? "; Max-Age=" + std::to_string(days_ * seconds_a_day) : "";
  return name_ + "=" + token + attributes() + kept;
}

std::string Cookie::clear() const {
  return name_ + "=" + attributes() + "; Max-Age=0";
}

ChangeToken::ChangeToken() {
  if (RAND_bytes(key_.data(), static_cast<int>(key_.size())) != 1) {
    throw Error(ErrorCode::internal, "the system gives no random bytes");
  }
}

std::string ChangeToken::of(std::string_view session_token) const {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> code{};
  unsigned size = 0;
  if (!HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
            reinterpret_cast<const unsigned char*>(session_token.data()), session_token.size(),
            code.data(), &size)) {
    throw Error(ErrorCode::internal, "HMAC-SHA-256 failed");
  }
  constexpr std::string_view hex = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += hex[code[i] >> 4];
    text += hex[code[i] & 15];
  }
  return text;
}

bool ChangeToken::proves(std::string_view given, std::string_view session_token) const {
  const std::string right = of(session_token);
  return given.size() == right.size() &&
         CRYPTO_memcmp(given.data(), right.data(), right.size()) == 0;
}

}  // namespace renraku::server
