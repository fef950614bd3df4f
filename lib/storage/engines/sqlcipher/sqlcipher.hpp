// The embedded engine: one SQLCipher file (AES-256-CBC with HMAC-SHA-512 a page), SQLite's WAL.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "storage/database.hpp"

namespace renraku::storage::sqlcipher {

/// 32 bytes; the page key itself, not a passphrase.
using PageKey = std::span<const std::uint8_t, 32>;

/// Makes a new, empty, encrypted database file. Error{exists} when the file is there.
std::unique_ptr<Engine> create(const std::filesystem::path& file, PageKey key);

/// Opens an existing one and reads from it before anything is written. Errors: not_a_store (no such
/// file), plaintext, damaged (the key does not open it, or it is cut short), busy, io.
std::unique_ptr<Engine> open(const std::filesystem::path& file, PageKey key);

}  // namespace renraku::storage::sqlcipher
