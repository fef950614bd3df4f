// Which store a database holds. The id is no secret: it says whose key header opens the store.
#pragma once

#include <optional>
#include <renraku/id.hpp>
#include <string>

#include "storage/connection.hpp"

namespace renraku::storage::postgresql {

/// The id of the store at `address`, on a connection for this alone; none where the database holds
/// no store. Throws what open() throws, and Error{damaged} (field "database") for what is no id.
[[nodiscard]] std::optional<Uuid> find_store_id(const std::string& address);

/// Makes the database the store's, inside a write transaction. Error{exists} (field "database")
/// unless it is empty.
void set_store_id(Connection& connection, const Uuid& id);

/// Takes the place of the one who carries a store into the database, until the connection ends;
/// outside of a transaction. False while another has it.
[[nodiscard]] bool take_arrival(Connection& connection);
/// Makes the database one that a store is on its way to, inside a write transaction. True where it
/// was so already, and nothing is done. Error{exists} (field "database") where it is not empty, or
/// another store is on its way there.
[[nodiscard]] bool begin_arrival(Connection& connection, const Uuid& id);
/// Makes it the store's.
void end_arrival(Connection& connection, const Uuid& id);

}  // namespace renraku::storage::postgresql
