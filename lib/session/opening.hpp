// How a store is opened: from a secret to the store key, and from there to what is open.
#pragma once

#include <vector>

#include "session/store_keys.hpp"
#include "session/store_state.hpp"

namespace renraku::session {

/// Error{wrong_passphrase} where no slot opens; the errors of key_header.hpp.
[[nodiscard]] crypto::Unlocked unlock(const crypto::KeyHeader& header, const Secret& secret);

/// The database that the header names, or the server's; `folder` says which.
[[nodiscard]] std::unique_ptr<storage::Engine> open_engine(const StoreFolder& folder,
                                                           const crypto::Key& store_key);

/// A store whose key header was opened. What a process left half done is put right.
struct OpenedFolder {
  StoreFolder folder;
  crypto::KeyHeader header;
  crypto::Unlocked unlocked;
  std::unique_ptr<storage::Engine> engine;
};
/// Errors as Store::open.
[[nodiscard]] OpenedFolder open_folder(StoreFolder folder, const Secret& secret);

}  // namespace renraku::session
