#include "base/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <renraku/error.hpp>
#include <system_error>
#include <utility>

namespace renraku::base {
namespace {

constexpr ::mode_t for_its_owner = 0600;

int open_file(const std::filesystem::path& path, int flags) {
  return ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, for_its_owner);
}

}  // namespace

File::File(const std::filesystem::path& path, int flags, std::string what)
    : descriptor_(open_file(path, flags)), what_(std::move(what)) {
  if (descriptor_ < 0) fail("opening");
}

std::optional<File> File::find(const std::filesystem::path& path, int flags, std::string what) {
  File file(open_file(path, flags), std::move(what));
  if (file.descriptor_ >= 0) return file;
  if (errno == ENOENT) return std::nullopt;
  file.fail("opening");
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), what_(std::move(other.what_)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(what_, other.what_);
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t File::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) fail("examining");
  return static_cast<std::uint64_t>(status.st_size);
}

bool File::has_name() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) fail("examining");
  return status.st_nlink > 0;
}

std::size_t File::read_at(std::uint64_t at, std::span<std::uint8_t> out) const {
  std::size_t filled = 0;
  while (filled < out.size()) {
    const ::ssize_t got = ::pread(descriptor_, out.data() + filled, out.size() - filled,
                                  static_cast<::off_t>(at + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("reading");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

void File::write_at(std::uint64_t at, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ::ssize_t put =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<::off_t>(at));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail("writing");
    bytes = bytes.subspan(static_cast<std::size_t>(put));
    at += static_cast<std::uint64_t>(put);
  }
}

void File::cut(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<::off_t>(size)) != 0) fail("cutting");
}

void File::flush() {
  if (::fdatasync(descriptor_) != 0) fail("flushing");
}

bool File::try_lock() {
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) fail("locking");
  }
  return true;
}

void File::fail(const char* doing) const {
  const int error = errno;
  // EFBIG: what the process may write is used up, which is as good as a full disk.
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw Error(full ? ErrorCode::disk_full : ErrorCode::io,
              std::string(doing) + " " + what_ +
                  " failed: " + std::generic_category().message(error) +
                  (full ? "; free some space and try again" : "; check the disk and its rights"));
}

void flush_folder(const std::filesystem::path& folder) {
  File(folder, O_RDONLY | O_DIRECTORY, "a folder of the store").flush();
}

}  // namespace renraku::base
