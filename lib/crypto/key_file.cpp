#include "crypto/key_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <renraku/error.hpp>
#include <string>
#include <system_error>
#include <utility>

#include "base/uuid.hpp"
#include "crypto/hash.hpp"
#include "crypto/packing.hpp"

namespace renraku::crypto {
namespace {

constexpr std::string_view magic = "renraku-keys\n";
constexpr std::string_view sqlite_magic{"SQLite format 3\0", 16};
constexpr std::size_t checked_size = key_copy_size - sizeof(Digest);

// ---- bytes ----

struct Frame {
  std::uint64_t generation = 0;
  ByteView header;
};

std::optional<Frame> whole_frame(ByteView copy) {
  if (copy.size() != key_copy_size) return std::nullopt;
  if (!same_bytes(sha256(copy.first(checked_size)), copy.subspan(checked_size))) {
    return std::nullopt;
  }
  Unpacker in(copy.first(checked_size), "the key file");
  if (!same_bytes(in.fixed(magic.size()), view_of(magic))) return std::nullopt;
  Frame frame;
  frame.generation = in.number<std::uint64_t>();
  frame.header = in.fixed(in.number<std::uint16_t>());
  return frame;
}

ByteView copy_at(ByteView file, std::size_t index) {
  const std::size_t start = std::min(index * key_copy_size, file.size());
  return file.subspan(start, std::min(key_copy_size, file.size() - start));
}

// A damaged file of ours may have lost bytes of its magic too, so half of them will do.
bool looks_like_ours(ByteView copy) {
  const std::size_t length = std::min(copy.size(), magic.size());
  std::size_t alike = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (copy[i] == static_cast<std::uint8_t>(magic[i])) ++alike;
  }
  return alike * 2 >= length;
}

[[noreturn]] void refuse(ByteView file) {
  if (file.size() >= sqlite_magic.size() &&
      same_bytes(file.first(sqlite_magic.size()), view_of(sqlite_magic))) {
    throw Error(ErrorCode::plaintext,
                "this is an unencrypted SQLite database, not a renraku store; nothing was changed",
                "keys");
  }
  const ByteView second = copy_at(file, 1);
  if (looks_like_ours(copy_at(file, 0)) || (!second.empty() && looks_like_ours(second))) {
    throw Error(ErrorCode::damaged,
                "both copies of the key header are damaged; put back the file from a backup",
                "keys");
  }
  throw Error(ErrorCode::not_a_store, "this is not the key file of a renraku store", "keys");
}

Bytes encode_next(const KeyHeader& header) {
  if (header.slots.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "a key header without slots would lock everyone out; add a slot first");
  }
  KeyHeader next = header;
  ++next.generation;
  return encode_key_copy(next);
}

// ---- files ----

[[noreturn]] void fail(std::string_view doing, int error) {
  const bool full = error == ENOSPC || error == EDQUOT;
  throw Error(full ? ErrorCode::disk_full : ErrorCode::io,
              std::string(doing) +
                  " the key file failed: " + std::generic_category().message(error) +
                  (full ? "; free some space and try again" : "; check the disk and its rights"),
              "keys");
}

Error no_key_file() {
  return Error(ErrorCode::not_a_store,
               "there is no key file here, so this is not a renraku store; check the path", "keys");
}

class File {
 public:
  File(const std::filesystem::path& path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600)) {
    if (fd_ >= 0) return;
    if (errno == ENOENT || errno == ENOTDIR || errno == EISDIR) throw no_key_file();
    fail("opening", errno);
  }
  ~File() { ::close(fd_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  // Held until the file is closed. Keeps a reader from meeting copies half written, and two writers
  // from losing each other's change.
  void lock(int kind) {
    while (::flock(fd_, kind) != 0) {
      if (errno != EINTR) fail("locking", errno);
    }
  }

  // One byte more than a whole file has, to notice what was appended.
  Bytes read_all() {
    struct stat status {};
    if (::fstat(fd_, &status) != 0) fail("reading", errno);
    if (!S_ISREG(status.st_mode)) throw no_key_file();
    Bytes bytes(key_file_size + 1);
    std::size_t filled = 0;
    while (filled < bytes.size()) {
      const ssize_t got =
          ::pread(fd_, bytes.data() + filled, bytes.size() - filled, static_cast<off_t>(filled));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail("reading", errno);
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
  }

  // On the disk when it returns.
  void write_copy(std::size_t index, ByteView copy) {
    auto at = static_cast<off_t>(index * key_copy_size);
    while (!copy.empty()) {
      const ssize_t put = ::pwrite(fd_, copy.data(), copy.size(), at);
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) fail("writing", errno);
      copy = copy.subspan(static_cast<std::size_t>(put));
      at += put;
    }
    if (::fdatasync(fd_) != 0) fail("flushing", errno);
  }

  void cut_to_size() {
    if (::ftruncate(fd_, static_cast<off_t>(key_file_size)) != 0) fail("writing", errno);
  }

  void flush() {
    if (::fsync(fd_) != 0) fail("flushing", errno);
  }

 private:
  int fd_;
};

// Makes the file under another name first: the name `path` never stands for a half-written file,
// and link(), unlike rename(), does not overwrite one that somebody else made meanwhile.
void create_file(const std::filesystem::path& path, ByteView copy) {
  auto draft = path;
  draft += "." + base::make_uuid(Instant::now()).text() + ".new";
  int linked = 0;
  try {
    File file(draft, O_WRONLY | O_CREAT | O_EXCL);
    file.write_copy(0, copy);
    file.write_copy(1, copy);
    file.flush();
    linked = ::link(draft.c_str(), path.c_str()) == 0 ? 0 : errno;
  } catch (...) {
    ::unlink(draft.c_str());
    throw;
  }
  ::unlink(draft.c_str());
  if (linked == EEXIST) {
    throw Error(ErrorCode::exists, "there is a key file already; nothing was changed", "keys");
  }
  if (linked != 0) fail("making", linked);
  const auto folder = path.parent_path();
  File(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY).flush();
}

// Which copy may be lost: the damaged one, else the older, else the second.
std::size_t expendable_copy(ByteView file) {
  const auto first = whole_frame(copy_at(file, 0));
  const auto second = whole_frame(copy_at(file, 1));
  if (!first) return 0;
  return second && first->generation < second->generation ? 0 : 1;
}

void replace_file(const std::filesystem::path& path, const KeyHeader& before, ByteView copy) {
  File file(path, O_RDWR);
  file.lock(LOCK_EX);
  const Bytes old = file.read_all();
  const StoredKeyHeader current = decode_key_file(old);
  if (!is_same_state(current.header, before)) {
    throw Error(ErrorCode::conflict,
                "the key header was changed by somebody else meanwhile; read it again", "keys");
  }
  const std::size_t first = expendable_copy(old);
  file.write_copy(first, copy);
  file.write_copy(1 - first, copy);
  if (current.wrong_size) {
    file.cut_to_size();
    file.flush();
  }
}

}  // namespace

Bytes encode_next_key_file(const KeyHeader& header) {
  Bytes file = encode_next(header);
  file.resize(key_file_size);
  std::copy_n(file.begin(), key_copy_size, file.begin() + key_copy_size);
  return file;
}

bool is_same_state(const KeyHeader& stored, const KeyHeader& header) noexcept {
  return stored.generation == header.generation && stored.store_id == header.store_id;
}

Bytes encode_key_copy(const KeyHeader& header) {
  const Bytes body = encode(header);
  Packer out;
  out.fixed(magic).number(header.generation);
  out.number(static_cast<std::uint16_t>(body.size())).fixed(body);
  Bytes copy = std::move(out).bytes();
  // 32 slots with the longest names fill less than half a copy.
  if (copy.size() > checked_size) {
    throw Error(ErrorCode::too_large, "the key header does not fit its place", "keys");
  }
  copy.resize(checked_size);
  const Digest checksum = sha256(copy);
  copy.insert(copy.end(), checksum.begin(), checksum.end());
  return copy;
}

StoredKeyHeader decode_key_file(ByteView file) {
  StoredKeyHeader stored;
  stored.wrong_size = file.size() != key_file_size;
  std::array<std::optional<Frame>, 2> frames{whole_frame(copy_at(file, 0)),
                                             whole_frame(copy_at(file, 1))};
  for (std::size_t i = 0; i < 2; ++i) stored.damaged[i] = !frames[i];
  stored.unfinished = frames[0] && frames[1] && frames[0]->generation != frames[1]->generation;

  // The newest whole copy; were its header nonsense in spite of the checksum, the other one.
  std::array<std::size_t, 2> order{0, 1};
  if (frames[1] && (!frames[0] || frames[0]->generation < frames[1]->generation)) order = {1, 0};
  for (const std::size_t index : order) {
    if (!frames[index]) continue;
    try {
      stored.header = decode_key_header(frames[index]->header);
      stored.header.generation = frames[index]->generation;
      return stored;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::damaged) throw;
      stored.damaged[index] = true;
    }
  }
  refuse(file);
}

StoredKeyHeader read_key_header(const std::filesystem::path& path) {
  File file(path, O_RDONLY);
  file.lock(LOCK_SH);
  return decode_key_file(file.read_all());
}

void write_key_header(const std::filesystem::path& path, KeyHeader& header) {
  const Bytes copy = encode_next(header);
  if (header.generation == 0) {
    create_file(path, copy);
  } else {
    replace_file(path, header, copy);
  }
  ++header.generation;
}

}  // namespace renraku::crypto
