#include "scratch.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <renraku/error.hpp>

namespace renraku::server {
namespace {

constexpr const char* prefix = "renraku-server-";

[[noreturn]] void fail() {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  throw Error(full ? ErrorCode::disk_full : ErrorCode::io,
              "the scratch folder can't be written; see the setting 'scratch'", "scratch");
}

std::filesystem::path default_place() {
  const std::filesystem::path memory = "/dev/shm";
  return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

// The folder's name carries the process: what a dead one left is swept by the next.
void sweep(const std::filesystem::path& place) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(place, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    pid_t process = 0;
    const char* const number = name.c_str() + std::string_view(prefix).size();
    std::from_chars(number, name.c_str() + name.size(), process);
    if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) {
      std::filesystem::remove_all(entry.path(), ignored);
    }
  }
}

}  // namespace

Scratch::Scratch(const std::filesystem::path& place) {
  const std::filesystem::path above = place.empty() ? default_place() : place;
  sweep(above);
  std::string name = (above / (prefix + std::to_string(::getpid()) + "-XXXXXX")).string();
  if (!::mkdtemp(name.data())) fail();
  folder_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path Scratch::fresh() const {
  static std::atomic<unsigned long> count{0};
  return folder_ / (std::to_string(++count) + ".csv");
}

ScratchFile::ScratchFile(const Scratch& scratch)
    : path_(scratch.fresh()),
      file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {
  if (file_ < 0) fail();
}

ScratchFile::~ScratchFile() {
  ::close(file_);
  ::unlink(path_.c_str());
}

void ScratchFile::append(const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(file_, data, size);
    if (written < 0 && errno != EINTR) fail();
    if (written > 0) {
      data += written;
      size -= static_cast<std::size_t>(written);
    }
  }
}

}  // namespace renraku::server
