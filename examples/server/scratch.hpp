// Files that exist for one request: an upload while it is read, an export while it is sent.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace renraku::server {

/// A folder that only this process's user enters, gone with the object. It lies in memory
/// (/dev/shm) unless another place is given, for what passes through it is not encrypted.
class Scratch {
 public:
  /// Error{io} where it can't be made. Removes what a killed process left in the same place.
  explicit Scratch(const std::filesystem::path& place);
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  /// A name in the folder that is not used yet. From any thread.
  [[nodiscard]] std::filesystem::path fresh() const;

 private:
  std::filesystem::path folder_;
};

/// A new file (0600) that is written in pieces and removed with the object.
class ScratchFile {
 public:
  explicit ScratchFile(const Scratch& scratch);
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile();

  /// Error{disk_full} or Error{io}.
  void append(const char* data, std::size_t size);
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int file_;
};

}  // namespace renraku::server
