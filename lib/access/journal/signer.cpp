#include "access/journal/signer.hpp"

#include <fmt/format.h>

#include <renraku/error.hpp>

#include "crypto/base64.hpp"

namespace renraku::access {
namespace {

std::shared_ptr<const JournalSigner> proved(JournalSigner signer) {
  const std::string_view challenge = "renraku journal signer is asked to prove itself";
  if (!signer.sign || !crypto::verify_signature(signer.public_key, crypto::view_of(challenge),
                                                signer.sign(crypto::view_of(challenge)))) {
    throw Error(ErrorCode::invalid, "this signer does not sign for its public key",
                "journal_signer");
  }
  return std::make_shared<const JournalSigner>(std::move(signer));
}

}  // namespace

HeadSigner::HeadSigner(JournalSigner signer) : current_(proved(std::move(signer))) {}

std::shared_ptr<const JournalSigner> HeadSigner::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

crypto::PublicKey HeadSigner::public_key() const {
  return current()->public_key;
}

crypto::Signature HeadSigner::sign(crypto::ByteView message) const {
  return current()->sign(message);
}

void HeadSigner::replace(JournalSigner signer) {
  auto next = proved(std::move(signer));
  const std::lock_guard lock(mutex_);
  current_ = std::move(next);
}

JournalSigner signer_of(const crypto::Key& seed) {
  const auto key = std::make_shared<const crypto::SigningKey>(seed);
  return {key->public_key(), [key](crypto::ByteView message) { return key->sign(message); }};
}

crypto::Bytes signed_successor(const Uuid& node, const crypto::PublicKey& successor) {
  const std::string text =
      "renraku journal signer 1\n" + node.text() + "\n" + crypto::base64(successor) + "\n";
  return {text.begin(), text.end()};
}

std::string Succession::text() const {
  return fmt::format("{}{} {} {}", succession_word, crypto::base64(before), crypto::base64(after),
                     crypto::base64(signature));
}

std::optional<Succession> Succession::read(std::string_view detail) {
  constexpr std::size_t key_size = 43;
  constexpr std::size_t signature_size = 86;
  if (!detail.starts_with(succession_word) ||
      detail.size() != succession_word.size() + 2 * (key_size + 1) + signature_size) {
    return std::nullopt;
  }
  detail.remove_prefix(succession_word.size());
  const auto before = crypto::from_base64<crypto::PublicKey>(detail.substr(0, key_size));
  const auto after = crypto::from_base64<crypto::PublicKey>(detail.substr(key_size + 1, key_size));
  const auto signature =
      crypto::from_base64<crypto::Signature>(detail.substr(2 * (key_size + 1), signature_size));
  if (!before || !after || !signature) return std::nullopt;
  return Succession{*before, *after, *signature};
}

bool Succession::is_signed(const Uuid& node) const {
  return crypto::verify_signature(before, signed_successor(node, after), signature);
}

}  // namespace renraku::access
