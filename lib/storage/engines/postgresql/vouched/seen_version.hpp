// How far the vouched tables had come, remembered on the library's side.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>

#include "base/file.hpp"

namespace renraku::storage::postgresql {

/// The newest version that this process, or another one with the same file, read or committed. A
/// server that is put back to an older state can't hide it. Used from any thread.
class SeenVersion {
 public:
  /// Remembered in this process alone.
  SeenVersion() = default;
  /// In a file too, which is made with the first version. It is not flushed: the end of the machine
  /// may take the last seconds with it.
  explicit SeenVersion(std::filesystem::path file);

  [[nodiscard]] std::uint64_t newest();
  /// A version whose note can't be written is remembered by this process.
  void note(std::uint64_t version) noexcept;

 private:
  void write();

  std::filesystem::path path_;
  std::mutex mutex_;
  std::optional<base::File> file_;
  std::uint64_t newest_ = 0;
};

}  // namespace renraku::storage::postgresql
