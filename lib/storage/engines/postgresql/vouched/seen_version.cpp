#include "storage/engines/postgresql/vouched/seen_version.hpp"

#include <fcntl.h>

#include <array>
#include <renraku/error.hpp>
#include <utility>

#include "base/own_thread.hpp"
#include "crypto/packing.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr const char* what = "the note of how far access had come";

std::uint64_t read(const base::File& file) {
  std::array<std::uint8_t, sizeof(std::uint64_t)> bytes{};
  if (file.read_at(0, bytes) < bytes.size()) return 0;
  return crypto::Unpacker(bytes, what).number<std::uint64_t>();
}

std::uint64_t read(const base::KeptFile& kept) {
  const auto bytes = kept.read();
  if (!bytes || bytes->size() < sizeof(std::uint64_t)) return 0;
  return crypto::Unpacker(*bytes, what).number<std::uint64_t>();
}

std::optional<base::File> find(const std::filesystem::path& path) {
  try {
    return base::File::find(path, O_RDWR, what);
  } catch (const Error&) {
    return base::File::find(path, O_RDONLY, what);
  }
}

}  // namespace

SeenVersion::SeenVersion(std::filesystem::path file) : path_(std::move(file)), file_(find(path_)) {
  if (file_) newest_ = read(*file_);
}

SeenVersion::SeenVersion(base::KeptFile kept)
    : kept_(std::move(kept)), kept_version_(read(*kept_)), newest_(kept_version_) {}

SeenVersion::~SeenVersion() {
  if (kept_ && kept_version_ < newest_) keep(newest_);
}

std::uint64_t SeenVersion::newest() {
  const std::lock_guard lock(mutex_);
  return newest_;
}

void SeenVersion::note(std::uint64_t version) noexcept {
  std::unique_lock lock(mutex_);
  const bool is_newer = version > newest_;
  if (is_newer) newest_ = version;
  if (kept_) return keep_now_and_then(lock);
  if (!is_newer || path_.empty()) return;
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

void SeenVersion::keep_now_and_then(std::unique_lock<std::mutex>& lock) noexcept {
  if (kept_version_ >= newest_ || base::is_own_thread() || Clock::now() < keep_next_) return;
  keep_next_ = Clock::now() + kept_every;
  const std::uint64_t version = newest_;
  const std::uint64_t before = std::exchange(kept_version_, version);
  // The others go on while the host is at it.
  lock.unlock();
  if (keep(version)) return;
  lock.lock();
  kept_version_ = before;
}

bool SeenVersion::keep(std::uint64_t version) const noexcept {
  try {
    // Another process with the same keeper may have seen a newer one.
    if (read(*kept_) < version) kept_->write(crypto::Packer().number(version).bytes());
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace renraku::storage::postgresql
