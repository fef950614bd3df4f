// The keys that come from the store key, each for one purpose.
#pragma once

#include <algorithm>
#include <renraku/id.hpp>

#include "access/rekeying.hpp"
#include "crypto/hkdf.hpp"

namespace renraku::session {

/// Of the database's pages.
[[nodiscard]] inline crypto::Key page_key(const crypto::Key& store_key) {
  return crypto::derive_key(store_key, "renraku database pages");
}

/// Of what a server that is not trusted keeps.
[[nodiscard]] inline crypto::Key server_key(const crypto::Key& store_key) {
  return crypto::derive_key(store_key, "renraku rows on a server");
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

/// By what a witness knows the key; it does not lead back to it.
[[nodiscard]] inline Uuid name_of(const crypto::Key& store_key) {
  const crypto::Key derived = crypto::derive_key(store_key, "renraku name of a store key");
  Uuid name;
  std::ranges::copy(derived.bytes().first<name.bytes.size()>(), name.bytes.begin());
  return name;
}

}  // namespace renraku::session
