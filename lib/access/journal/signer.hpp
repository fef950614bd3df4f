// Who signs the heads of the journal.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <renraku/records/witness.hpp>
#include <string>
#include <string_view>

#include "crypto/sign.hpp"

namespace renraku::access {

/// The signer of one open store. Used from any thread; it is replaced within a write transaction,
/// as heads are signed within one, so that no head is signed half-way between two signers.
class HeadSigner {
 public:
  explicit HeadSigner(JournalSigner signer);

  [[nodiscard]] crypto::PublicKey public_key() const;
  [[nodiscard]] crypto::Signature sign(crypto::ByteView message) const;
  /// Error{invalid} (field "journal_signer") for one that can't sign for its public key; then the
  /// one before stays.
  void replace(JournalSigner signer);
  [[nodiscard]] std::shared_ptr<const JournalSigner> current() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const JournalSigner> current_;
};

/// Signs with a key that is given.
[[nodiscard]] JournalSigner signer_of(const crypto::Key& seed);

/// The bytes by which a signer names the one who comes after it.
[[nodiscard]] crypto::Bytes signed_successor(const Uuid& node, const crypto::PublicKey& successor);

/// With what the entry's detail begins.
inline constexpr std::string_view succession_word = "signer ";

/// What the journal's entry says when the signer changes.
struct Succession {
  crypto::PublicKey before{};
  crypto::PublicKey after{};
  /// By `before`; all zero where that one was lost.
  crypto::Signature signature{};

  /// The entry's detail.
  [[nodiscard]] std::string text() const;
  /// None for a detail that says something else.
  static std::optional<Succession> read(std::string_view detail);
  [[nodiscard]] bool is_signed(const Uuid& node) const;
};

}  // namespace renraku::access
