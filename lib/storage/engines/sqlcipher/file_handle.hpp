// SQLite's handles of files, and what becomes of them in a child of this process.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/fork.hpp"

namespace renraku::storage::sqlcipher {

/// Does nothing in a child of the process that opened.
struct CloseFile {
  std::uint64_t generation = base::fork_generation();
  void operator()(sqlite3* connection) const noexcept;
};
using FileHandle = std::unique_ptr<sqlite3, CloseFile>;

/// Opens; `flags` are sqlite3_open_v2's. Throws what SQLite answers, and Error{forked} in a child
/// that was forked in the middle of a parent's change.
///
/// SQLite keeps one account, for the whole process, of the locks it has on files. A child inherits
/// the account without the locks: it would believe that the file is locked for it, and a parent who
/// takes himself for the last one would throw away the log that the child writes to. What was
/// inherited is therefore closed in a child before it opens anything.
[[nodiscard]] FileHandle open_file(const std::filesystem::path& file, int flags);

}  // namespace renraku::storage::sqlcipher
