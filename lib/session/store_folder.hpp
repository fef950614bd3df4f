// The folder a store lies in.
#pragma once

#include <filesystem>

namespace renraku::session {

/// The names inside a store's folder.
struct StoreFolder {
  std::filesystem::path path;

  [[nodiscard]] std::filesystem::path keys() const { return path / "keys"; }
  [[nodiscard]] std::filesystem::path database() const { return path / "renraku.db"; }
};

/// Makes the folder, for its owner alone. Error{exists}, Error{io}.
StoreFolder make_store_folder(const std::filesystem::path& path);

/// Error{not_a_store} unless there is a folder with a key header; Error{plaintext} when the path is
/// an unencrypted SQLite file; Error{io} on a network file system, where locks can't be trusted.
StoreFolder find_store_folder(const std::filesystem::path& path);

}  // namespace renraku::session
