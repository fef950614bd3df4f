// How far the vouched tables had come, remembered on the library's side.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>

#include "base/file.hpp"
#include "base/kept_file.hpp"

namespace renraku::storage::postgresql {

/// The newest version that this process, or another one with the same file, read or committed. A
/// server that is put back to an older state can't hide it. Used from any thread.
class SeenVersion {
 public:
  /// Remembered in this process alone.
  SeenVersion() = default;
  /// In a file too, which is made with the first version. It is not flushed: the end of the machine
  /// may take the last seconds with it.
  /// One that may be read and not written is remembered from there, and noted by this process.
  explicit SeenVersion(std::filesystem::path file);
  /// With the host's keeper, who is asked once in ten seconds at most, because it may be far away,
  /// and at the end, and never on a thread of the library's own: a process that is killed may take
  /// as much with it. Error{io} (field "keeper").
  explicit SeenVersion(base::KeptFile kept);
  SeenVersion(const SeenVersion&) = delete;
  SeenVersion& operator=(const SeenVersion&) = delete;
  ~SeenVersion();

  [[nodiscard]] std::uint64_t newest();
  /// A version whose note can't be written is remembered by this process.
  void note(std::uint64_t version) noexcept;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kept_every{10};

  void write();
  void keep_now_and_then(std::unique_lock<std::mutex>& lock) noexcept;
  /// Whether the keeper took it.
  bool keep(std::uint64_t version) const noexcept;

  std::filesystem::path path_;
  std::optional<base::KeptFile> kept_;
  Clock::time_point keep_next_ = Clock::now();
  std::uint64_t kept_version_ = 0;
  std::mutex mutex_;
  std::optional<base::File> file_;
  std::uint64_t newest_ = 0;
};

}  // namespace renraku::storage::postgresql
