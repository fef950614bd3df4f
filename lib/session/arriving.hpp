// The place that a store is carried to.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/file.hpp"
#include "crypto/key_header.hpp"
#include "session/store_server.hpp"
#include "storage/database.hpp"

namespace renraku::session {

/// Held by the one process that carries there. A file in the folder, and a table on a server, say
/// whose store is on its way; nothing opens as a store there before `finish`.
class Arrival {
 public:
  /// Takes a folder that is not there yet, or the server's empty database with `home` for the rest,
  /// which is asked for that alone;
  /// or goes on where an earlier one ended. Error{exists}, Error{busy}, and what making a store
  /// throws.
  Arrival(const std::string& address, const std::function<Home()>& home, const Uuid& store,
          const crypto::Key& store_key);

  /// The database there. To be asked for once.
  [[nodiscard]] std::unique_ptr<storage::Engine> engine();
  /// Makes it a store that `header` opens.
  void finish(crypto::KeyHeader& header);

 private:
  void take_folder(const Uuid& store);
  void take_keeper(const base::KeptFile& mark, const Uuid& store);
  void remove_mark();
  void take_server();
  void open_database();
  [[nodiscard]] std::filesystem::path mark() const { return folder_.path / "arriving"; }

  StoreFolder folder_;
  const crypto::Key& store_key_;
  std::optional<base::File> mark_;
  std::optional<ArrivalPlace> place_;
  std::unique_ptr<storage::Engine> engine_;
};

}  // namespace renraku::session
