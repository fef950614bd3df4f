// The key header on disk: one file of two copies, of which one is whole at every instant.
//
// Each copy takes 16 KiB at a fixed place and has its own generation number and SHA-256 checksum.
// Writing overwrites the older (or damaged) copy, flushes, and then does the same to the other, so
// a crash at any point leaves a whole copy; the newest whole one counts. The frame around the
// header stays the same in every version of the format:
//
//   "renraku-keys\n" 13, generation u64, length of the header u16, the header (key_header.hpp),
//   zeros, and in the last 32 bytes the SHA-256 of everything before it in the copy.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>

#include "crypto/bytes.hpp"
#include "crypto/key_header.hpp"

namespace renraku::crypto {

inline constexpr std::size_t key_copy_size = 16 * 1024;
inline constexpr std::size_t key_file_size = 2 * key_copy_size;

/// What a key file holds, and what is wrong with it although it can be used.
struct StoredKeyHeader {
  KeyHeader header;
  std::array<bool, 2> damaged{};  ///< which copy is not whole; never both
  bool wrong_size = false;        ///< cut, or something was appended
  bool unfinished = false;        ///< the copies are of different age: a write was cut short

  /// False when `check` should tell of it; the next write mends it. An unfinished write alone is
  /// nothing to worry about.
  [[nodiscard]] bool sound() const noexcept { return !damaged[0] && !damaged[1] && !wrong_size; }
};

/// One copy of `header` as it lies in the file; `key_copy_size` bytes.
[[nodiscard]] Bytes encode_key_copy(const KeyHeader& header);

/// A whole file whose copies are `header` with the generation that comes next. Errors as
/// write_key_header.
[[nodiscard]] Bytes encode_next_key_file(const KeyHeader& header);

/// Whether nobody wrote another header since `header` was read.
[[nodiscard]] bool is_same_state(const KeyHeader& stored, const KeyHeader& header) noexcept;

/// Judges the bytes of a whole file. Throws Error{damaged} when no copy is whole,
/// Error{newer_format}, Error{plaintext} for an unencrypted SQLite database, and
/// Error{not_a_store} for anything else that is no key file.
[[nodiscard]] StoredKeyHeader decode_key_file(ByteView file);

/// Reads the key file; waits while another process writes it. Throws like decode_key_file,
/// Error{not_a_store} also where there is no file, Error{io}.
[[nodiscard]] StoredKeyHeader read_key_header(const std::filesystem::path& path);

/// Writes `header` and raises its generation. One of generation 0 makes the file, readable to its
/// owner alone, or throws Error{exists}; any other replaces the header it was read as, or throws
/// Error{conflict} when somebody wrote another in between: read again, change again. Returns when
/// both copies are on the disk. Throws Error{invalid_argument} for a header without slots, and
/// Error{disk_full} or Error{io}, after which the old header counts or the new one: read again.
void write_key_header(const std::filesystem::path& path, KeyHeader& header);

}  // namespace renraku::crypto
