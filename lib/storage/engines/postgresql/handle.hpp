// libpq's handles that free themselves.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>

#include "base/fork.hpp"

namespace renraku::storage::postgresql {

struct Clear {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
/// What an address or a connection says, word by word; the last one has no keyword.
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

/// Ends the connection in the process that made it. A forked child leaves it alone: what the child
/// said to the server would end its parent's session.
struct Finish {
  std::uint64_t generation = base::fork_generation();
  void operator()(PGconn* connection) const noexcept;
};
using ConnectionHandle = std::unique_ptr<PGconn, Finish>;

}  // namespace renraku::storage::postgresql
