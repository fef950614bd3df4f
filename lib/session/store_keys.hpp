// The keys that come from the store key, each for one purpose.
#pragma once

#include "access/rekeying.hpp"
#include "crypto/hkdf.hpp"

namespace renraku::session {

/// Of the database's pages.
[[nodiscard]] inline crypto::Key page_key(const crypto::Key& store_key) {
  return crypto::derive_key(store_key, "renraku database pages");
}

/// Of the journal's heads, unless the host brings a signer.
[[nodiscard]] inline crypto::Key signer_key(const crypto::Key& store_key) {
  return crypto::derive_key(store_key, "renraku journal signer");
}

[[nodiscard]] inline access::WrappingKeys wrapping_keys(const crypto::Key& store_key) {
  return {crypto::Sealer(crypto::derive_key(store_key, "renraku municipality keys")),
          crypto::derive_key(store_key, "renraku tails")};
}

/// Of backups that are sealed to the store's slots.
[[nodiscard]] inline crypto::Key backup_key(const crypto::Key& store_key) {
  return crypto::derive_key(store_key, "renraku backups");
}

}  // namespace renraku::session
