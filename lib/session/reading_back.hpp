// Reading a backup back while it is written.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <future>
#include <mutex>

#include "session/backup_file.hpp"

namespace renraku::session {

/// Follows the writer of a file on a thread of its own and opens every chunk of it, so that a
/// backup that was read back takes no longer than one that was not.
class ReadingBack {
 public:
  /// The file's beginning is written. `key` is the stream's.
  ReadingBack(const std::filesystem::path& path, const crypto::Key& key);
  ReadingBack(const ReadingBack&) = delete;
  ReadingBack& operator=(const ReadingBack&) = delete;
  /// Gives up where `finish` was not called.
  ~ReadingBack();

  /// So many bytes of the file are written.
  void written(std::uint64_t size);
  /// The file is whole and has this size; returns when it was read to its end. Error{damaged} names
  /// the bytes that are not what was written.
  void finish(std::uint64_t size);

 private:
  void tell(std::uint64_t size, bool ended);
  void follow();

  BackupReader in_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t size_ = 0;
  bool ended_ = false;
  bool unwanted_ = false;
  /// Last, so that all it uses is there when it starts.
  std::future<void> following_;
};

}  // namespace renraku::session
