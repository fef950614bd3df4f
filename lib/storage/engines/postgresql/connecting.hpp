// Finding the server and getting in.
#pragma once

#include <string>

#include "storage/engines/postgresql/handle.hpp"

namespace renraku::storage::postgresql {

/// A connection that is ready for work, set up as the engine wants it. Throws what open() says.
[[nodiscard]] ConnectionHandle connect(const std::string& address);

}  // namespace renraku::storage::postgresql
