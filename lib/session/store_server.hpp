// A store whose database a server keeps. What the server must not have, the key header and the
// tails, lies on the library's side: in the store's folder at home.
#pragma once

#include <filesystem>
#include <memory>
#include <renraku/store.hpp>
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

/// Where what stores on servers have on the library's side lies.
struct Home {
  /// Keeps the folders of all stores. Beside a keeper it is for tails alone, and may be empty.
  std::filesystem::path folder;
  Keeper keeper = {};
};
/// The folder given, else what RENRAKU_HOME names, and the keeper. Error{invalid_argument}, field
/// "home" without any of them, field "keeper" for one that lacks a function.
[[nodiscard]] Home find_home(const std::filesystem::path& given, const Keeper& keeper = {});
[[nodiscard]] inline Home find_home(const StoreOptions& options) {
  return find_home(options.home, options.keeper);
}

/// The engine on the server's database.
[[nodiscard]] std::unique_ptr<storage::Engine> open_server(const StoreFolder& folder,
                                                           const crypto::Key& store_key);

/// A new store, without tables.
struct MadeStore {
  StoreFolder folder;
  std::unique_ptr<storage::Engine> engine;
};
/// Takes the server's empty database, with `header` at home, whose folder is made where it is
/// missing. There are both or neither; where nobody knows whether the server committed,
/// the header stays. Error{exists} (field "database"), Error{io}, and what open_server throws.
[[nodiscard]] MadeStore make_on_server(const std::string& address, const Home& home,
                                       crypto::KeyHeader& header, const crypto::Key& store_key);

/// Where a store on a server has its folder at home.
[[nodiscard]] StoreFolder at_home(const Home& home, const std::string& address, const Uuid& store);

// For a store that is carried there; the two below within a write transaction of the caller's.

/// Held by the one process that carries a store into the server's database.
class ArrivalPlace {
 public:
  /// Error{busy} while another process does.
  explicit ArrivalPlace(storage::Engine& engine);

 private:
  std::unique_ptr<storage::Connection> connection_;
};
/// Takes the server's empty database, or one that was taken so before (true), for the store; it
/// holds none yet. Error{exists} (field "database").
[[nodiscard]] bool begin_arrival(storage::Connection& connection, const Uuid& store);
/// Makes what was carried there a store.
void end_arrival(storage::Connection& connection, const Uuid& store);

/// The folder at home of the store in the server's database. Error{not_a_store}, field "database"
/// where the server has no store, field "home" where its key header is not at home; a keeper is
/// asked for that when it is read.
[[nodiscard]] StoreFolder find_on_server(const std::string& address, const Home& home);

}  // namespace renraku::session
