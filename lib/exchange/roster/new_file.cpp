#include "exchange/roster/new_file.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <renraku/error.hpp>

namespace renraku::exchange::roster {
namespace {

Error taken(const std::filesystem::path& file) {
  return {ErrorCode::exists, "there is a file of this name already; choose another",
          file.filename().string()};
}

}  // namespace

NewFile::NewFile(const std::filesystem::path& file)
    : file_(file), unfinished_(file.string() + ".unfinished-XXXXXX") {
  if (std::filesystem::exists(std::filesystem::symlink_status(file))) throw taken(file);
  descriptor_ = ::mkostemp(unfinished_.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail("making the file");
}

NewFile::~NewFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(unfinished_.c_str());
}

void NewFile::fail(const char* doing) const {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  throw Error(full ? ErrorCode::disk_full : ErrorCode::io,
              std::string(doing) + " failed; check the folder's rights and space",
              file_.filename().string());
}

void NewFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ::ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("writing the file");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void NewFile::finish() {
  if (::fsync(descriptor_) != 0) fail("writing the file");
  if (::renameat2(AT_FDCWD, unfinished_.c_str(), AT_FDCWD, file_.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno == EEXIST) throw taken(file_);
    // Some file systems of sticks and shares can't refuse to replace: look, then move.
    if (errno != EINVAL && errno != ENOSYS) fail("moving the file to its place");
    if (std::filesystem::exists(std::filesystem::symlink_status(file_))) throw taken(file_);
    if (::rename(unfinished_.c_str(), file_.c_str()) != 0) fail("moving the file to its place");
  }
  ::close(descriptor_);
  descriptor_ = -1;
  // The name is in the folder, and that must be on the disk too.
  const std::filesystem::path folder = file_.has_parent_path() ? file_.parent_path() : ".";
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return;
  ::fsync(opened);
  ::close(opened);
}

}  // namespace renraku::exchange::roster
