#include "session/store_server.hpp"

#include <cstdlib>
#include <renraku/error.hpp>
#include <string_view>

#include "session/home_keys.hpp"
#include "session/store_keys.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "storage/engines/postgresql/postgresql.hpp"
#include "storage/engines/postgresql/store_id.hpp"
#endif

namespace renraku::session {
namespace {

/// libpq knows both.
constexpr std::string_view schemes[] = {"postgresql:", "postgres:"};

#ifdef RENRAKU_POSTGRESQL

std::optional<Uuid> find_store_id(const std::string& address) {
  return storage::postgresql::find_store_id(address);
}

void set_store_id(storage::Connection& connection, const Uuid& id) {
  storage::postgresql::set_store_id(connection, id);
}

#else

[[noreturn]] void refuse_server() {
  throw Error(ErrorCode::invalid_argument,
              "this library was built without its PostgreSQL engine; give a folder, or build it "
              "with libpq",
              "address");
}

std::optional<Uuid> find_store_id(const std::string&) {
  refuse_server();
}

void set_store_id(storage::Connection&, const Uuid&) {
  refuse_server();
}

#endif

}  // namespace

bool names_server(const std::string& address) {
  for (const std::string_view scheme : schemes) {
    if (!address.starts_with(scheme)) continue;
    const std::string_view rest = std::string_view(address).substr(scheme.size());
    if (rest.starts_with("//")) return true;
    if (!rest.starts_with("/")) continue;
    throw Error(ErrorCode::invalid_argument,
                "the address of a server is a text with two slashes, postgresql://host/database; a "
                "type for paths takes one away",
                "address");
  }
  return false;
}

void require_folder(const std::string& address, const char* instead) {
  if (names_server(address)) throw Error(ErrorCode::invalid_argument, instead, "address");
}

Home find_home(const std::filesystem::path& given, const Keeper& keeper) {
  base::check_keeper(keeper);
  if (!given.empty()) return {given, keeper};
  const char* const named = std::getenv("RENRAKU_HOME");
  if (named && *named) return {named, keeper};
  if (keeper) return {{}, keeper};
  throw Error(ErrorCode::invalid_argument,
              "a store on a server needs a home, a folder of this machine for its key header and "
              "tails; give it or a keeper, or name it in RENRAKU_HOME",
              "home");
}

StoreFolder at_home(const Home& home, const std::string& address, const Uuid& store) {
  std::filesystem::path path = home.folder;
  if (!path.empty()) path /= store.text() + ".renraku";
  return {std::move(path), 0, StoreServer{address, store, home.keeper}};
}

ArrivalPlace::ArrivalPlace(storage::Engine& engine) : connection_(engine.connect()) {
#ifdef RENRAKU_POSTGRESQL
  if (storage::postgresql::take_arrival(*connection_)) return;
  throw Error(ErrorCode::busy, "another process is carrying a store there");
#else
  refuse_server();
#endif
}

bool begin_arrival([[maybe_unused]] storage::Connection& connection,
                   [[maybe_unused]] const Uuid& store) {
#ifdef RENRAKU_POSTGRESQL
  return storage::postgresql::begin_arrival(connection, store);
#else
  refuse_server();
#endif
}

void end_arrival([[maybe_unused]] storage::Connection& connection,
                 [[maybe_unused]] const Uuid& store) {
#ifdef RENRAKU_POSTGRESQL
  storage::postgresql::end_arrival(connection, store);
#else
  refuse_server();
#endif
}

std::unique_ptr<storage::Engine> open_server([[maybe_unused]] const StoreFolder& folder,
                                             [[maybe_unused]] const crypto::Key& store_key) {
#ifdef RENRAKU_POSTGRESQL
  const StoreServer& server = *folder.server;
  storage::postgresql::Server at(server.address);
  const auto kept = folder.kept("access");
  at.seen = kept ? std::make_shared<storage::postgresql::SeenVersion>(*kept)
                 : std::make_shared<storage::postgresql::SeenVersion>(folder.seen_access());
  return storage::postgresql::open(at, std::make_shared<storage::postgresql::Vault>(
                                           server.address, server_key(store_key), server.store));
#else
  refuse_server();
#endif
}

namespace {

void make_place(const StoreFolder& folder) {
  if (folder.server->keeper) return make_tails_home(folder);
  make_store_folder(folder.path);
}

void remove_place(const StoreFolder& folder) noexcept {
  std::error_code ignored;
  if (!folder.path.empty()) std::filesystem::remove_all(folder.path, ignored);
  const auto kept = folder.kept("keys");
  if (!kept) return;
  try {
    kept->remove();
  } catch (const Error&) {
    // It opens nothing.
  }
}

}  // namespace

MadeStore make_on_server(const std::string& address, const Home& home, crypto::KeyHeader& header,
                         const crypto::Key& store_key) {
  MadeStore made{at_home(home, address, header.store_id), nullptr};
  if (!home.keeper) make_home(home.folder);
  made.engine = open_server(made.folder, store_key);
  const std::unique_ptr<storage::Connection> connection = made.engine->connect();
  connection->begin_write();
  set_store_id(*connection, header.store_id);
  make_place(made.folder);
  try {
    write_keys(made.folder, header);
    // The server's id comes last: a database without one was never a store.
    connection->commit();
  } catch (const Error& error) {
    // Nobody knows whether it was done; if it was, this header opens it.
    if (error.field() == "commit") throw;
    remove_place(made.folder);
    throw;
  }
  return made;
}

StoreFolder find_on_server(const std::string& address, const Home& home) {
  const std::optional<Uuid> id = find_store_id(address);
  if (!id) {
    throw Error(ErrorCode::not_a_store, "the server's database holds no store; create one there",
                "database");
  }
  StoreFolder folder = at_home(home, address, *id);
  require_at_home(folder);
  if (home.keeper) make_tails_home(folder);
  return folder;
}

}  // namespace renraku::session
