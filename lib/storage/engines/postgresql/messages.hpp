// What the server says: errors as ours, warnings for the log.
#pragma once

#include <string_view>

#include "storage/engines/postgresql/handle.hpp"
#include "storage/value.hpp"

namespace renraku::storage::postgresql {

/// The error that a SQLSTATE stands for. `doing` says what failed; `where` may name a table and a
/// rule of the schema.
[[nodiscard]] Error error_of(std::string_view state, std::string_view doing,
                             std::string_view where = {});
/// The error of a failed result; the lost connection's when there is none.
[[nodiscard]] Error error_of(const PGresult* result, std::string_view doing);
[[nodiscard]] Error only_reads(std::string_view doing);
/// The connection went away while a commit was under way.
[[nodiscard]] Error unknown_outcome();

/// A failed result's SQLSTATE; that of a lost connection when it has none.
[[nodiscard]] std::string_view state_of(const PGresult* result);

/// From here on the server's warnings go to the log of whoever works on the thread, by their
/// number. libpq would print them.
void hear_messages(PGconn* connection);

}  // namespace renraku::storage::postgresql
