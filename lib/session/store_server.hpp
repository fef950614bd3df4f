// A store whose database a server keeps. What the server must not have, the key header and the
// tails, lies on the library's side: in the store's folder at home.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "crypto/key_header.hpp"
#include "session/store_folder.hpp"
#include "storage/database.hpp"

namespace renraku::session {

/// Whether an address is a server's; any other is a folder's path. Error{invalid_argument} (field
/// "address") for what is left of a server's address when a type for paths had it.
[[nodiscard]] bool names_server(const std::string& address);
/// Error{invalid_argument} (field "address") for a store on a server: `instead` says what to do.
void require_folder(const std::string& address, const char* instead);
inline void require_folder(const StoreFolder& store, const char* instead) {
  if (store.server) require_folder(store.server->address, instead);
}

/// The folder that keeps the folders of all stores: the one given, else what RENRAKU_HOME names.
/// Error{invalid_argument} (field "home") without either.
[[nodiscard]] std::filesystem::path find_home(const std::filesystem::path& given);

/// The engine on the server's database.
[[nodiscard]] std::unique_ptr<storage::Engine> open_server(const StoreFolder& folder,
                                                           const crypto::Key& store_key);

/// A new store, without tables.
struct MadeStore {
  StoreFolder folder;
  std::unique_ptr<storage::Engine> engine;
};
/// Takes the server's empty database, with `header` in the store's folder at home, which is made
/// where it is missing. There are both or neither; where nobody knows whether the server committed,
/// the header stays. Error{exists} (field "database"), Error{io}, and what open_server throws.
[[nodiscard]] MadeStore make_on_server(const std::string& address,
                                       const std::filesystem::path& home, crypto::KeyHeader& header,
                                       const crypto::Key& store_key);

/// Where a store on a server has its folder at home.
[[nodiscard]] StoreFolder at_home(const std::filesystem::path& home, StoreServer server);

// For a store that is carried there; within a write transaction of the caller's.

/// Takes the server's empty database, or one that was taken so before, for the store; it holds none
/// yet. Error{exists} (field "database").
void begin_arrival(storage::Connection& connection, const Uuid& store);
/// Makes what was carried there a store.
void end_arrival(storage::Connection& connection, const Uuid& store);

/// The folder at home of the store in the server's database. Error{not_a_store}, field "database"
/// where the server has no store, field "home" where its key header is not at home.
[[nodiscard]] StoreFolder find_on_server(const std::string& address,
                                         const std::filesystem::path& home);

}  // namespace renraku::session
