#include "access/assertion.hpp"

#include <renraku/json.hpp>

#include "crypto/base64.hpp"
#include "crypto/random.hpp"

namespace renraku::access {
namespace {

/// Says what the signature is over, so that none over anything else counts here.
constexpr std::string_view version = "renraku1.";

constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t shortest_nonce = 22;  // characters: 16 bytes
constexpr std::size_t longest_nonce = 86;   // characters: 64 bytes
constexpr std::string_view base64url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::optional<Assertion> read_payload(std::string_view payload) {
  std::string json(payload.size() * 3 / 4, '\0');
  const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(json.data()), json.size());
  if (!crypto::read_base64(payload, bytes)) return std::nullopt;
  try {
    return from_json<Assertion>(json);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<SignedAssertion> read_assertion(std::string_view text) {
  if (text.size() > assertion_limit || !text.starts_with(version)) return std::nullopt;
  const std::size_t point = text.find('.', version.size());
  if (point == std::string_view::npos) return std::nullopt;
  const auto signature = crypto::from_base64<crypto::Signature>(text.substr(point + 1));
  auto content = read_payload(text.substr(version.size(), point - version.size()));
  if (!signature || !content) return std::nullopt;
  return SignedAssertion{*std::move(content), std::string(text.substr(0, point)), *signature};
}

std::string write_assertion(const Assertion& content, const crypto::SigningKey& key) {
  std::string text(version);
  text += crypto::base64(crypto::view_of(to_json(content)));
  const crypto::Signature signature = key.sign(crypto::view_of(text));
  return text + '.' + crypto::base64(signature);
}

std::string new_nonce() {
  crypto::Bytes nonce(nonce_bytes);
  crypto::fill_random(nonce);
  return crypto::base64(nonce);
}

bool is_nonce(std::string_view nonce) {
  return nonce.size() >= shortest_nonce && nonce.size() <= longest_nonce &&
         nonce.find_first_not_of(base64url) == std::string_view::npos;
}

}  // namespace renraku::access
