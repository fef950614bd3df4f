#include "exchange/roster/spool.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <renraku/error.hpp>
#include <string>

namespace renraku::exchange::roster {
namespace {

[[noreturn]] void fail(const char* doing) {
  // EFBIG: what the process may write is used up, which is as good as a full disk.
  const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  throw Error(full ? ErrorCode::disk_full : ErrorCode::io,
              std::string(doing) + " the file where rows wait to be written failed; " +
                  (full ? "free some space on the store's disk; nothing was changed"
                        : "check the rights and the disk of the store's folder"),
              "rows");
}

/// Sealed with a block, so that none opens in another's place.
std::array<std::uint8_t, sizeof(std::uint64_t)> place_of(std::uint64_t block) {
  std::array<std::uint8_t, sizeof(block)> bytes;
  std::memcpy(bytes.data(), &block, sizeof(block));
  return bytes;
}

}  // namespace

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Spool::make_file() {
  descriptor_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ >= 0) return;
  // Not every file system has files without a name: one loses its name at once.
  std::string name = (folder_ / "rows-XXXXXX").string();
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail("making");
  ::unlink(name.c_str());
}

void Spool::append(std::string_view block) {
  if (descriptor_ < 0) make_file();
  const crypto::Bytes sealed = sealer_.seal(place_of(ends_.size()), crypto::view_of(block));
  std::uint64_t at = ends_.empty() ? 0 : ends_.back();
  for (crypto::ByteView left = sealed; !left.empty();) {
    const ::ssize_t done =
        ::pwrite(descriptor_, left.data(), left.size(), static_cast<::off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) fail("writing");
    left = left.subspan(static_cast<std::size_t>(done));
    at += static_cast<std::uint64_t>(done);
  }
  ends_.push_back(at);
}

crypto::Bytes Spool::read(std::size_t block) const {
  std::uint64_t at = block == 0 ? 0 : ends_[block - 1];
  crypto::Bytes sealed(static_cast<std::size_t>(ends_[block] - at));
  for (std::span<std::uint8_t> left = sealed; !left.empty();) {
    const ::ssize_t done = ::pread(descriptor_, left.data(), left.size(), static_cast<::off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done == 0) errno = EIO;  // it was cut
    if (done <= 0) fail("reading");
    left = left.subspan(static_cast<std::size_t>(done));
    at += static_cast<std::uint64_t>(done);
  }
  return sealer_.open(place_of(block), sealed);
}

}  // namespace renraku::exchange::roster
