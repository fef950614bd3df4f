// The folder a store lies in; of a store on a server, what lies on the library's side.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <renraku/id.hpp>
#include <string>

#include "base/file.hpp"
#include "base/kept_file.hpp"

namespace renraku::session {

/// Who keeps a store's database in place of its folder.
struct StoreServer {
  /// May hold a password: no error and no line of the log tells it.
  std::string address;
  /// The store's id, as the server has it.
  Uuid store;
  /// Keeps the small files in place of the folder at home; it may be none.
  Keeper keeper = {};
};

/// The names inside a store's folder.
struct StoreFolder {
  /// Empty for a store on a server that has no folder at home, but a keeper.
  std::filesystem::path path;
  /// Which database counts: the key header says it.
  std::uint64_t generation = 0;
  /// Then the folder, which is at home, holds no database.
  std::optional<StoreServer> server = {};

  [[nodiscard]] std::filesystem::path keys() const { return path / "keys"; }
  /// Empty without a folder.
  [[nodiscard]] std::filesystem::path tails() const { return path.empty() ? path : path / "tails"; }
  /// Of a store on a server: how far what decides access had come there.
  [[nodiscard]] std::filesystem::path seen_access() const { return path / "access"; }
  /// The file of this name with the host's keeper; none without one.
  [[nodiscard]] std::optional<base::KeptFile> kept(const char* name) const;
  [[nodiscard]] std::filesystem::path database() const {
    return path / (generation == 0 ? std::string("renraku.db")
                                   : "renraku-" + std::to_string(generation) + ".db");
  }
  /// The database's write-ahead log.
  [[nodiscard]] std::filesystem::path log() const { return database() += "-wal"; }
  /// Where the database lies while another takes its place.
  [[nodiscard]] std::filesystem::path leaving() const { return database() += ".leaving"; }
};

/// Whether there is something at this path. Error{io}; `field` is the path's last name where it is
/// empty.
[[nodiscard]] bool is_there(const std::filesystem::path& path, const std::string& field = {});

/// Makes the folder, for its owner alone. Error{exists}, Error{io}.
StoreFolder make_store_folder(const std::filesystem::path& path);

/// Error{not_a_store} unless there is a folder with a key header; Error{plaintext} when the path is
/// an unencrypted SQLite file; Error{io} on a network file system, where locks can't be trusted.
StoreFolder find_store_folder(const std::filesystem::path& path);

/// Makes the folder of all stores' folders, for its owner alone, where it is missing; its parent
/// must exist. Error{io} (field "home").
void make_home(const std::filesystem::path& home);
/// That a store on a server has its key header at home. Error{not_a_store} (field "home"),
/// Error{io}.
void require_at_home(const StoreFolder& folder);
/// Makes the folder at home of a store whose keeper has the rest, where it is missing; without one
/// that can be made there are no tails.
void make_tails_home(const StoreFolder& folder) noexcept;

/// Which of its homes the store is opened from: made when it is first asked for. None for a store
/// that is a folder, which has no other, and without a folder. Error{io}.
[[nodiscard]] std::optional<Uuid> home_id(const StoreFolder& folder);

// A database gives its place to the next generation in steps that may each be the last: the next
// one is written whole beside it; the old one is moved aside, so that no process writes into it any
// more; the key header names the next one; the old one is removed. Until the key header names the
// next one, the old one counts.

/// Held by the one process that is doing so; its lock ends with it.
class Succession {
 public:
  /// Error{busy} while another process is at it.
  explicit Succession(const StoreFolder& folder);

  /// The folder as it will be; whatever lies at the next database's place is left over, and
  /// removed.
  [[nodiscard]] static StoreFolder make_room(const StoreFolder& folder);
  void move_aside(const StoreFolder& folder) const;
  /// As `settle` below.
  void settle(const StoreFolder& folder) const;

 private:
  base::File lock_;
};

/// Puts right what a process left that ended half-way: the database that counts gets its place
/// back, one that counts no more is removed. Error{busy} while another process is at it.
void settle(const StoreFolder& folder);
/// Removes a database with all that lies beside it.
void remove_database(const StoreFolder& folder);

}  // namespace renraku::session
