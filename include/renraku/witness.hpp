// Signers and witnesses of the journal that the library brings. A host can make its own of the same
// two structs, e.g. with a key in a security module and a log on another machine.
#pragma once

#include <filesystem>
#include <renraku/export.hpp>
#include <renraku/records/witness.hpp>

namespace renraku {

/// A signer whose key lies in a file; made, for its owner alone, where there is none. Keep it on
/// another medium than the store and its backups. Error{io}; Error{invalid} (field
/// "journal_signer") for a file that holds no such key.
[[nodiscard]] RENRAKU_API JournalSigner signer_in_file(const std::filesystem::path& file);

/// A witness that is a file, outside the store's folder: one line of JSON a head or removal (a
/// removal's begins with its `kind`), appended and flushed, by one process at a time (Error{busy}).
/// A last line that was cut by a crash is left out. Error{io}; reading, Error{damaged} (field
/// "witness") where a line is neither.
[[nodiscard]] RENRAKU_API Witness witness_in_file(const std::filesystem::path& file);

}  // namespace renraku
