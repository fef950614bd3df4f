// The key header of a store, wherever it lies: in the store's folder, in that at home, or with the
// host's keeper.
#pragma once

#include "crypto/key_file.hpp"
#include "session/store_folder.hpp"

namespace renraku::session {

/// Error{io}.
[[nodiscard]] bool has_keys(const StoreFolder& folder);
/// Throws as crypto::read_key_header, and Error{io} (field "keeper").
[[nodiscard]] crypto::StoredKeyHeader read_keys(const StoreFolder& folder);
/// Throws as crypto::write_key_header, and Error{io} (field "keeper"). A keeper holds no lock:
/// whoever writes there has the writer's place of the store's server meanwhile.
void write_keys(const StoreFolder& folder, crypto::KeyHeader& header);
/// Also where there are none.
void remove_keys(const StoreFolder& folder);

}  // namespace renraku::session
