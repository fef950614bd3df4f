// The schema's words in SQLite's own.
#pragma once

#include "storage/engines/words.hpp"

namespace renraku::storage::sqlcipher {

inline constexpr EngineWords words{.key = "INTEGER PRIMARY KEY",
                                   .bytes = "BLOB",
                                   .clustered = "WITHOUT ROWID",
                                   .sealed = "TEXT",
                                   .sealed_bytes = "BLOB",
                                   .keyed = "TEXT",
                                   .keyed_bytes = "BLOB",
                                   .keyed_set = "TEXT",
                                   .set_index = "",
                                   .ordered = "BLOB",
                                   .bound_text = "TEXT",
                                   .bound_number = "BIGINT",
                                   .bound_bytes = "BLOB",
                                   .embedded = ""};

}  // namespace renraku::storage::sqlcipher
