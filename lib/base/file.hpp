// A file held open: positioned reads and writes that are whole or an Error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace renraku::base {

/// Closed with the object. Errors are Error{disk_full} and Error{io}; their texts say `what` the
/// file is ("a tail of the journal") and what to do next, never where it lies.
class File {
 public:
  /// Opens with open(2)'s `flags`; a file that it makes is for its owner alone. A symbolic link is
  /// not followed.
  File(const std::filesystem::path& path, int flags, std::string what);
  /// The same; none where there is no such file.
  static std::optional<File> find(const std::filesystem::path& path, int flags, std::string what);
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  [[nodiscard]] std::uint64_t size() const;
  /// False once the file was removed from its folder.
  [[nodiscard]] bool has_name() const;
  /// How many bytes there were, fewer than asked only at the end.
  std::size_t read_at(std::uint64_t at, std::span<std::uint8_t> out) const;
  void write_at(std::uint64_t at, std::span<const std::uint8_t> bytes);
  void cut(std::uint64_t size);
  /// What was written is on the disk when it returns.
  void flush();
  /// Holds the file for its own until it is closed; false where another process, or another File
  /// of this one, holds it.
  [[nodiscard]] bool try_lock();

 private:
  File(int descriptor, std::string what) : descriptor_(descriptor), what_(std::move(what)) {}
  [[noreturn]] void fail(const char* doing) const;

  int descriptor_ = -1;
  std::string what_;
};

/// Names that were made or removed in the folder are on the disk when it returns.
void flush_folder(const std::filesystem::path& folder);

}  // namespace renraku::base
