// The text in which an application says whose call it brings; the form stands in
// renraku/applications.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <renraku/described/application.hpp>
#include <string>
#include <string_view>

#include "crypto/sign.hpp"

namespace renraku::access {

/// Some ten times what an assertion needs.
inline constexpr std::size_t assertion_limit = 4096;  // bytes

/// An assertion counts this long at most after it was made.
inline constexpr std::int64_t longest_life_micros = 60'000'000;

struct SignedAssertion {
  Assertion content;
  /// The part of the text that the signature is over.
  std::string signed_part;
  crypto::Signature signature{};
};

/// None for a text that is no assertion of this version. Nothing in it is checked beyond its form.
[[nodiscard]] std::optional<SignedAssertion> read_assertion(std::string_view text);
[[nodiscard]] std::string write_assertion(const Assertion& content, const crypto::SigningKey& key);

/// A nonce that nobody used before.
[[nodiscard]] std::string new_nonce();
/// Long enough not to come twice, and short enough to be kept.
[[nodiscard]] bool is_nonce(std::string_view nonce);

}  // namespace renraku::access
