// What the statements of one connection share.
#pragma once

#include "storage/engines/postgresql/catalogue.hpp"
#include "storage/engines/postgresql/declared.hpp"
#include "storage/engines/postgresql/keys_in_use.hpp"
#include "storage/engines/postgresql/ordering.hpp"
#include "storage/engines/postgresql/wire.hpp"

namespace renraku::storage::postgresql {

/// Statements hold it too: they may be let go after the connection.
struct Link {
  Link(ConnectionHandle handle, std::shared_ptr<Vault> its_vault,
       std::shared_ptr<const VouchedTables> tables,
       std::shared_ptr<const DeclaredColumns> its_declared, std::shared_ptr<SeenVersion> seen)
      : wire(std::move(handle)),
        catalogue(wire),
        declared(std::move(its_declared)),
        vault(std::move(its_vault)),
        vouched(wire, vault, std::move(tables), std::move(seen)),
        keys(vault.get(), vouched),
        ordering(wire, keys) {}

  Wire wire;
  Catalogue catalogue;
  std::shared_ptr<const DeclaredColumns> declared;
  /// None where nothing is sealed: for what needs no store's key.
  std::shared_ptr<Vault> vault;
  Vouched vouched;
  KeysInUse keys;
  Ordering ordering;
};

}  // namespace renraku::storage::postgresql
