#include "session/store_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <renraku/error.hpp>
#include <string>
#include <string_view>

#include "base/uuid.hpp"

namespace renraku::session {
namespace {

// From linux/magic.h: file systems whose locks or flushes other machines may not honour.
constexpr std::array<std::uint32_t, 6> network_file_systems{
    0x6969,      // NFS
    0x517b,      // SMB
    0xff534d42,  // CIFS
    0xfe534d42,  // SMB2
    0x00c36400,  // Ceph
    0x01021997,  // 9P
};

// As std::filesystem::status, but a path that can't be looked at is an Error of ours. `field` is
// the path's last name where it is not given.
std::filesystem::file_type kind_of(const std::filesystem::path& path,
                                   const std::string& field = {}) {
  std::error_code wrong;
  const auto type = std::filesystem::status(path, wrong).type();
  if (type == std::filesystem::file_type::none) {
    throw Error(ErrorCode::io, "the path can't be examined; check its length and rights",
                field.empty() ? path.filename().string() : field);
  }
  return type;
}

void refuse_network(const std::filesystem::path& path) {
  struct statfs where {};
  if (::statfs(path.c_str(), &where) != 0) {
    throw Error(ErrorCode::io, "the folder can't be examined; check its rights",
                path.filename().string());
  }
  const auto type = static_cast<std::uint32_t>(where.f_type);
  if (std::find(network_file_systems.begin(), network_file_systems.end(), type) !=
      network_file_systems.end()) {
    throw Error(ErrorCode::io, "a store can't lie on a network file system; use a local disk",
                path.filename().string());
  }
}

bool is_plain_sqlite(const std::filesystem::path& file) {
  constexpr std::string_view plain_header = "SQLite format 3";
  std::string start(plain_header.size(), '\0');
  std::ifstream(file, std::ios::binary)
      .read(start.data(), static_cast<std::streamsize>(start.size()));
  return start == plain_header;
}

/// The database that counts was moved aside by who then did not go on.
bool returns(const StoreFolder& folder) {
  return !is_there(folder.database()) && is_there(folder.leaving());
}

StoreFolder before(const StoreFolder& folder) {
  return {folder.path, folder.generation - 1, folder.server};
}

}  // namespace

std::optional<base::KeptFile> StoreFolder::kept(const char* name) const {
  if (!server || !server->keeper) return std::nullopt;
  return base::KeptFile(server->keeper, server->store.text() + '-' + name);
}

bool is_there(const std::filesystem::path& path, const std::string& field) {
  return kind_of(path, field) != std::filesystem::file_type::not_found;
}

StoreFolder make_store_folder(const std::filesystem::path& given) {
  // "city.renraku/" means the same as "city.renraku".
  const std::filesystem::path path = given.has_filename() ? given : given.parent_path();
  const std::string name = path.filename().string();
  if (kind_of(path) != std::filesystem::file_type::not_found) {
    throw Error(ErrorCode::exists, "there is something at this path; a store needs a new folder",
                name);
  }
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : ".";
  if (kind_of(parent) != std::filesystem::file_type::directory) {
    throw Error(ErrorCode::io, "the folder that should hold the store does not exist", name);
  }
  refuse_network(parent);
  if (::mkdir(path.c_str(), 0700) != 0) {
    throw Error(errno == ENOSPC ? ErrorCode::disk_full : ErrorCode::io,
                "the store's folder can't be made; check rights and space", name);
  }
  return {path};
}

StoreFolder find_store_folder(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  const std::filesystem::file_type kind = kind_of(path);
  if (kind == std::filesystem::file_type::regular && is_plain_sqlite(path)) {
    throw Error(ErrorCode::plaintext, "this is an unencrypted SQLite file, not a store", name);
  }
  StoreFolder folder{path};
  if (kind != std::filesystem::file_type::directory ||
      kind_of(folder.keys()) == std::filesystem::file_type::not_found) {
    throw Error(ErrorCode::not_a_store, "a store is a folder with a file called 'keys'", name);
  }
  refuse_network(path);
  return folder;
}

void make_home(const std::filesystem::path& home) {
  const std::filesystem::file_type kind = kind_of(home, "home");
  if (kind == std::filesystem::file_type::directory) return;
  if (kind != std::filesystem::file_type::not_found || ::mkdir(home.c_str(), 0700) != 0) {
    throw Error(ErrorCode::io, "the home of stores is no folder, and can't be made one", "home");
  }
}

void require_at_home(const StoreFolder& folder) {
  // A keeper is asked for the header itself.
  if (folder.kept("keys")) return;
  if (!is_there(folder.keys(), "home")) {
    throw Error(ErrorCode::not_a_store,
                "the key header of the server's store is not at home; make the folder called after "
                "the store's id there and copy its file 'keys', that file alone, from the home of "
                "who made the store",
                "home");
  }
  refuse_network(folder.path);
}

void make_tails_home(const StoreFolder& folder) noexcept {
  if (folder.path.empty()) return;
  try {
    make_home(folder.path.parent_path());
    if (!is_there(folder.path, "home")) make_store_folder(folder.path);
  } catch (const std::exception&) {
    // Told by the journal, which does without.
  }
}

std::optional<Uuid> home_id(const StoreFolder& folder) {
  if (!folder.server || folder.path.empty()) return std::nullopt;
  constexpr const char* what = "the file that names the store's home";
  const std::filesystem::path file = folder.path / "home";
  const auto read = [&]() -> std::optional<Uuid> {
    const auto found = base::File::find(file, O_RDONLY, what);
    if (!found) return std::nullopt;
    Uuid id;
    if (found->read_at(0, id.bytes) == id.bytes.size()) return id;
    throw Error(ErrorCode::damaged, "the file that names the store's home is cut short; remove it",
                "home");
  };
  if (const auto id = read()) return id;
  // Whole under another name first: whoever comes at the same time takes the one that was quicker.
  const Uuid fresh = base::make_uuid(Instant::now());
  const std::filesystem::path draft = file.string() + '-' + fresh.text();
  base::File written(draft, O_WRONLY | O_CREAT | O_EXCL, what);
  written.write_at(0, fresh.bytes);
  written.flush();
  std::error_code taken;
  std::filesystem::create_hard_link(draft, file, taken);
  std::filesystem::remove(draft);
  base::flush_folder(folder.path);
  if (const auto id = read()) return id;
  throw Error(ErrorCode::io, "the store's home can't be named; check its rights", "home");
}

Succession::Succession(const StoreFolder& folder)
    : lock_(folder.path / "succession", O_RDWR | O_CREAT, "the lock of the store's databases") {
  if (!lock_.try_lock()) {
    throw Error(ErrorCode::busy,
                "another process is encrypting the store anew; try again when it is done");
  }
}

StoreFolder Succession::make_room(const StoreFolder& folder) {
  StoreFolder next = folder;
  ++next.generation;
  remove_database(next);
  return next;
}

void Succession::move_aside(const StoreFolder& folder) const {
  std::filesystem::rename(folder.database(), folder.leaving());
  base::flush_folder(folder.path);
}

void Succession::settle(const StoreFolder& folder) const {
  if (returns(folder)) std::filesystem::rename(folder.leaving(), folder.database());
  if (folder.generation > 0) remove_database(before(folder));
}

void settle(const StoreFolder& folder) {
  if (folder.server) return;
  const bool goes = folder.generation > 0 &&
                    (is_there(before(folder).database()) || is_there(before(folder).leaving()));
  if (goes || returns(folder)) Succession(folder).settle(folder);
}

void remove_database(const StoreFolder& folder) {
  for (const char* beside : {"", "-wal", "-shm", "-journal", ".leaving"}) {
    std::error_code gone_already;
    std::filesystem::remove(folder.database() += beside, gone_already);
  }
}

}  // namespace renraku::session
