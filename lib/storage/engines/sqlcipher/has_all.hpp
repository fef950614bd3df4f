// The SQL function of @keyed_set columns, which SQLite has none of.
#pragma once

#include <sqlite3.h>

namespace renraku::storage::sqlcipher {

/// Makes has_all(held, wanted) known to a connection: true where each line of the wanted ones is a
/// line of those held. NULL holds none.
void define_has_all(sqlite3* connection);

}  // namespace renraku::storage::sqlcipher
