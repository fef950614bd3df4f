#include "storage/engines/postgresql/vouched/seen_version.hpp"

#include <fcntl.h>

#include <array>
#include <renraku/error.hpp>

#include "crypto/packing.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr const char* what = "the note of how far access had come";

std::uint64_t read(const base::File& file) {
  std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
  if (file.read_at(0, bytes) < bytes.size()) return 0;
  return crypto::Unpacker(bytes, what).number<std::uint64_t>();
}

}  // namespace

SeenVersion::SeenVersion(std::filesystem::path file)
    : path_(std::move(file)), file_(base::File::find(path_, O_RDWR, what)) {
  if (file_) newest_ = read(*file_);
}

std::uint64_t SeenVersion::newest() {
  const std::lock_guard lock(mutex_);
  return newest_;
}

void SeenVersion::note(std::uint64_t version) noexcept {
  const std::lock_guard lock(mutex_);
  if (version <= newest_) return;
  newest_ = version;
  if (path_.empty()) return;
  try {
    write();
  } catch (const Error&) {
    file_.reset();
  }
}

void SeenVersion::write() {
  if (!file_) file_.emplace(path_, O_RDWR | O_CREAT, what);
  // Another process with the same file may have seen a newer one.
  if (read(*file_) < newest_) file_->write_at(0, crypto::Packer().number(newest_).bytes());
}

}  // namespace renraku::storage::postgresql
