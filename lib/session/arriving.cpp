#include "session/arriving.hpp"

#include <fcntl.h>

#include <renraku/error.hpp>

#include "crypto/key_file.hpp"
#include "session/opening.hpp"
#include "session/store_keys.hpp"
#include "session/store_server.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"

namespace renraku::session {
namespace {

constexpr const char* what = "the mark of a store that is carried there";

/// What was begun and left before its first page.
constexpr std::uintmax_t smallest_database = 4096;

bool is_there(const std::filesystem::path& path) {
  std::error_code unknown;
  return std::filesystem::exists(path, unknown);
}

bool is_empty_folder(const std::filesystem::path& path) {
  std::error_code unknown;
  return std::filesystem::is_directory(path, unknown) && std::filesystem::is_empty(path, unknown);
}

}  // namespace

Arrival::Arrival(const std::string& address, const std::filesystem::path& home, const Uuid& store,
                 const crypto::Key& store_key)
    : store_key_(store_key) {
  if (names_server(address)) {
    const std::filesystem::path at = find_home(home);
    make_home(at);
    folder_ = at_home(at, {address, store});
  } else {
    folder_.path = std::filesystem::path(address);
  }
  take_folder(store);
  if (folder_.server) {
    take_server();
  } else {
    open_database();
  }
}

void Arrival::take_folder(const Uuid& store) {
  mark_ = base::File::find(mark(), O_RDWR, what);
  if (!mark_) {
    if (folder_.server && is_there(folder_.path)) {
      throw Error(ErrorCode::exists,
                  "there is a folder of this store at home already; give the copy another home",
                  "home");
    }
    if (!is_empty_folder(folder_.path)) make_store_folder(folder_.path);
    mark_.emplace(mark(), O_RDWR | O_CREAT, what);
  }
  if (!mark_->try_lock()) {
    throw Error(ErrorCode::busy, "another process is carrying a store there");
  }
  Uuid found;
  if (mark_->read_at(0, found.bytes) < found.bytes.size()) {
    mark_->write_at(0, store.bytes);
    mark_->flush();
    base::flush_folder(folder_.path);
  } else if (found != store) {
    throw Error(ErrorCode::exists,
                "another store was being carried there and is not complete; give another place, or "
                "remove what is there");
  }
  if (folder_.server || !is_there(folder_.keys())) return;
  throw Error(ErrorCode::exists, "there is a store at this place already; give another one");
}

void Arrival::take_server() {
  engine_ = open_server(folder_, store_key_);
  const std::unique_ptr<storage::Connection> connection = engine_->connect();
  connection->begin_write();
  begin_arrival(*connection, folder_.server->store);
  connection->commit();
  // Its commit did not follow.
  std::filesystem::remove(folder_.keys());
}

void Arrival::open_database() {
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(folder_.database(), none);
  if (none || size < smallest_database) {
    remove_database(folder_);
    const crypto::Key pages = page_key(store_key_);
    engine_ = storage::sqlcipher::create(folder_.database(), pages.bytes().first<32>());
  } else {
    engine_ = open_engine(folder_, store_key_);
  }
}

std::unique_ptr<storage::Engine> Arrival::engine() {
  return std::move(engine_);
}

void Arrival::finish(crypto::KeyHeader& header) {
  if (folder_.server) {
    const std::unique_ptr<storage::Engine> engine = open_server(folder_, store_key_);
    const std::unique_ptr<storage::Connection> connection = engine->connect();
    connection->begin_write();
    end_arrival(*connection, folder_.server->store);
    crypto::write_key_header(folder_.keys(), header);
    // The server's id comes last: a database without one was never a store.
    connection->commit();
  } else {
    // The header comes last: a folder without one was never a store.
    crypto::write_key_header(folder_.keys(), header);
  }
  std::filesystem::remove(mark());
  base::flush_folder(folder_.path);
}

}  // namespace renraku::session
