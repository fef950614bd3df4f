#include "crypto/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <renraku/error.hpp>

#include "crypto/hashing_turn.hpp"
#include "crypto/init.hpp"

namespace renraku::crypto {
namespace {

using HashText = std::array<char, crypto_pwhash_STRBYTES>;  // with the NUL libsodium wants

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

bool holds_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

void require_hashable(std::string_view password) {
  if (password.size() > password_most_bytes) {
    throw Error(ErrorCode::too_large, "a password has at most 1024 bytes; choose a shorter one",
                "password");
  }
  if (holds_nul(password)) {
    throw Error(ErrorCode::invalid, "a password cannot hold a NUL character; choose another",
                "password");
  }
}

// Takes "name=number" off the front of `text`.
std::optional<std::uint64_t> take_figure(std::string_view& text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  std::uint64_t figure = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), figure);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return figure;
}

// What a hash says it costs; absent when it is not of the form hash_password writes.
std::optional<Argon2Cost> stated_cost(std::string_view hash) {
  if (hash.size() >= HashText().size() || holds_nul(hash)) return std::nullopt;
  const auto kibibytes = take_figure(hash, "$argon2id$v=19$m=");
  if (!kibibytes) return std::nullopt;
  const auto passes = take_figure(hash, ",t=");
  if (!passes || !hash.starts_with(",p=1$")) return std::nullopt;
  constexpr std::uint64_t sane = std::uint64_t{1} << 31;
  if (*kibibytes > sane || *passes > sane) return std::nullopt;
  return Argon2Cost{*kibibytes * 1024, static_cast<std::uint32_t>(*passes)};
}

Argon2Cost require_cost(std::string_view hash) {
  const auto cost = stated_cost(hash);
  if (!cost || !cost->bearable()) {
    throw Error(ErrorCode::damaged,
                "a stored password hash is not one; give the member a new password", "password");
  }
  return *cost;
}

}  // namespace

void check_password_rule(std::string_view password, bool second_factor) {
  require_hashable(password);
  const std::size_t least =
      second_factor ? password_least_characters_second_factor : password_least_characters;
  if (count_code_points(password) < least) {
    throw Error(
        ErrorCode::invalid,
        "a password needs at least " + std::to_string(least) + " characters; choose a longer one",
        "password");
  }
}

std::string hash_password(std::string_view password, const Argon2Cost& cost) {
  require_hashable(password);
  if (password.empty()) {
    throw Error(ErrorCode::invalid, "a password cannot be empty; choose one", "password");
  }
  if (!cost.reaches(Argon2Cost::for_password()) || !cost.bearable()) {
    throw Error(ErrorCode::invalid_argument,
                "a password is hashed with 64 MiB to 2 GiB of memory and 2 to 20 passes", "cost");
  }
  ready();
  HashText text{};
  const HashingTurn turn;
  if (crypto_pwhash_str(text.data(), password.data(), password.size(), cost.passes,
                        cost.memory_bytes) != 0) {
    throw Error(ErrorCode::busy, "not enough memory to hash a password; free some and try again");
  }
  return text.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
  const Argon2Cost cost = require_cost(hash);
  if (password.size() > password_most_bytes) return false;
  ready();
  HashText text{};
  std::copy(hash.begin(), hash.end(), text.begin());
  const HashingTurn turn;
  // libsodium answers "wrong" when the memory is not to be had, which would blame the member.
  errno = 0;
  if (crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0) return true;
  if (errno == ENOMEM) {
    throw Error(ErrorCode::busy, "not enough memory to check a password (" +
                                     std::to_string(cost.memory_bytes >> 20) +
                                     " MiB); free some and try again");
  }
  return false;
}

bool needs_rehash(std::string_view hash, const Argon2Cost& cost) {
  return require_cost(hash) != cost;
}

std::string_view decoy_password_hash() noexcept {
  // Made once from 32 random bytes that were thrown away.
  return "$argon2id$v=19$m=65536,t=2,p=1$zXQqsuelZZp5UsTKrsseWw$"
         "N2PwsZejSVjFzOF8j3O2TAYS/mM/dgtDeQj10IfhV9s";
}

}  // namespace renraku::crypto
