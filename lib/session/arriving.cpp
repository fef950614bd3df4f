#include "session/arriving.hpp"

#include <fcntl.h>

#include <renraku/error.hpp>

#include "session/home_keys.hpp"
#include "session/opening.hpp"
#include "session/store_keys.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"

namespace renraku::session {
namespace {

constexpr const char* mark_name = "arriving";
constexpr const char* what = "the mark of a store that is carried there";

/// What was begun and left before its first page.
constexpr std::uintmax_t smallest_database = 4096;

bool is_empty_folder(const std::filesystem::path& path) {
  std::error_code unknown;
  return std::filesystem::is_directory(path, unknown) && std::filesystem::is_empty(path, unknown);
}

Error has_a_home() {
  return {ErrorCode::exists,
          "there is a key header of this store at home already; give the copy another home or "
          "keeper",
          "home"};
}

}  // namespace

Arrival::Arrival(const std::string& address, const std::function<Home()>& home, const Uuid& store,
                 const crypto::Key& store_key)
    : store_key_(store_key) {
  if (names_server(address)) {
    const Home at = home();
    if (!at.keeper) make_home(at.folder);
    folder_ = at_home(at, address, store);
  } else {
    folder_.path = std::filesystem::path(address);
  }
  if (!folder_.kept("keys")) take_folder(store);
  if (folder_.server) {
    take_server();
  } else {
    open_database();
  }
}

void Arrival::take_folder(const Uuid& store) {
  mark_ = base::File::find(mark(), O_RDWR, what);
  if (!mark_) {
    if (folder_.server && is_there(folder_.path, "home")) throw has_a_home();
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
  if (folder_.server || !has_keys(folder_)) return;
  throw Error(ErrorCode::exists, "there is a store at this place already; give another one");
}

// The same mark; that it is this process's says the server.
void Arrival::take_keeper(const base::KeptFile& mark, const Uuid& store) {
  if (mark.read()) return;
  if (has_keys(folder_)) throw has_a_home();
  mark.write(store.bytes);
}

void Arrival::take_server() {
  engine_ = open_server(folder_, store_key_);
  place_.emplace(*engine_);
  if (const auto mark = folder_.kept(mark_name)) take_keeper(*mark, folder_.server->store);
  const std::unique_ptr<storage::Connection> connection = engine_->connect();
  connection->begin_write();
  // A mark that its arrival left when it was complete is no reason to take a header away.
  if (!begin_arrival(*connection, folder_.server->store) && has_keys(folder_)) throw has_a_home();
  connection->commit();
  // Its commit did not follow.
  remove_keys(folder_);
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
    write_keys(folder_, header);
    // The server's id comes last: a database without one was never a store.
    connection->commit();
  } else {
    // The header comes last: a folder without one was never a store.
    write_keys(folder_, header);
  }
  remove_mark();
}

void Arrival::remove_mark() {
  if (const auto kept = folder_.kept(mark_name)) return kept->remove();
  std::filesystem::remove(mark());
  base::flush_folder(folder_.path);
}

}  // namespace renraku::session
