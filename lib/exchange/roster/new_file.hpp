// A file that is complete or absent.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace renraku::exchange::roster {

/// Writes beside its place, under a name that shows it is unfinished and for its owner alone, and
/// is moved to its place by `finish`. Without that nothing is left.
class NewFile {
 public:
  /// Error{exists} when there is something at that path already, Error{io}.
  explicit NewFile(const std::filesystem::path& file);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  /// Error{disk_full}, Error{io}.
  void write(std::string_view bytes);
  /// Flushed to the disk and in its place. Error{exists} when somebody else was quicker.
  void finish();

 private:
  [[noreturn]] void fail(const char* doing) const;

  std::filesystem::path file_;
  std::string unfinished_;
  int descriptor_ = -1;
};

}  // namespace renraku::exchange::roster
