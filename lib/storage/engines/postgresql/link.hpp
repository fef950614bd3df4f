// What the statements of one connection share.
#pragma once

#include "storage/engines/postgresql/catalogue.hpp"
#include "storage/engines/postgresql/ordering.hpp"
#include "storage/engines/postgresql/vault.hpp"
#include "storage/engines/postgresql/wire.hpp"

namespace renraku::storage::postgresql {

/// Statements hold it too: they may be let go after the connection.
struct Link {
  Link(ConnectionHandle handle, std::shared_ptr<Vault> keys)
      : wire(std::move(handle)), catalogue(wire), vault(std::move(keys)), ordering(wire, vault) {}

  Wire wire;
  Catalogue catalogue;
  /// None where nothing is sealed: for what needs no store's key.
  std::shared_ptr<Vault> vault;
  Ordering ordering;
};

}  // namespace renraku::storage::postgresql
