// The schema's steps, put together from the rooms that own the tables.
#pragma once

#include <span>

#include "storage/database.hpp"

namespace renraku::session {

[[nodiscard]] std::span<const storage::Migration> migrations();

}  // namespace renraku::session
