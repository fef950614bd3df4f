// Who keeps the small files of stores on servers where no disk does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace renraku {

/// Keeps what belongs to stores on servers and must not lie there, in place of files in a home: a
/// host without a disk gives its key-management service, its own database, its secrets store. It
/// may keep that of many stores, whose names begin with their ids.
///
/// A name has at most 64 letters, digits and dashes of ASCII: "<store id>-keys" is the key header,
/// without which nobody opens the store, the same bytes as the file `keys` of a home (32 KiB);
/// "<store id>-access" says how far what decides access had come (8 bytes, written at most once in
/// ten seconds and when the store is closed); "<store id>-arriving" is there while a store is
/// carried to its place. None holds a secret in the clear or personal data. No file is larger than
/// `size_max`.
///
/// The functions are called on the threads of those who open, call or close a store, also at the
/// same time, never on one of the library's own; a witness hears hourly only when somebody calls,
/// therefore. They must not call into the store. A write is whole or does nothing, and from its
/// return on every process that asks this keeper reads it. What they throw is told as Error{io}
/// (field "keeper") without its text. Two processes that change key slots at the same time are kept
/// apart by the store's server; nothing else needs a lock.
struct Keeper {
  static constexpr std::size_t size_max = std::size_t{64} * 1024;

  /// The bytes last written under this name; none where nothing was, or it was removed.
  std::function<std::optional<std::vector<std::uint8_t>>(const std::string& name)> read = {};
  /// Keeps the bytes in place of those before.
  std::function<void(const std::string& name, std::span<const std::uint8_t> bytes)> write = {};
  /// Forgets them; also where there are none.
  std::function<void(const std::string& name)> remove = {};

  /// Whether there is one.
  explicit operator bool() const { return read || write || remove; }
};

}  // namespace renraku
