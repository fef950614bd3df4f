#include "access/journal/archive.hpp"

#include <fcntl.h>

#include <renraku/error.hpp>

namespace renraku::access {
namespace {

constexpr std::string_view magic = "renraku journal archive 1\n";
constexpr const char* called = "an archive of the journal";
constexpr std::size_t chunk_size = std::size_t{256} << 10;
/// A chunk ends with the entry that makes it full; an entry names at most a page of people.
constexpr std::size_t chunk_limit = std::size_t{64} << 20;

crypto::Bytes place_of(const Uuid& id, std::uint64_t chunk, bool last) {
  crypto::Packer place;
  place.fixed(id.bytes).number(chunk).number(static_cast<std::uint8_t>(last));
  return std::move(place).bytes();
}

base::File new_file(const std::filesystem::path& file) {
  if (base::File::find(file, O_RDONLY, called)) {
    throw Error(ErrorCode::exists, "there is a file where the archive should lie", "folder");
  }
  return {file, O_RDWR | O_CREAT | O_EXCL, called};
}

/// Reads a file from its beginning and hashes what it reads.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path)
      : file_(path, O_RDONLY, called), size_(file_.size()) {}

  [[nodiscard]] bool at_end() const { return at_ == size_; }
  crypto::Bytes take(std::size_t size) {
    if (size > size_ - at_) throw Error(ErrorCode::damaged, "an archive of the journal is cut off");
    crypto::Bytes bytes(size);
    if (file_.read_at(at_, bytes) != size) {
      throw Error(ErrorCode::damaged, "an archive of the journal changed while it was read");
    }
    at_ += size;
    hash_.update(bytes);
    return bytes;
  }
  [[nodiscard]] crypto::Digest digest() const { return hash_.digest(); }

 private:
  base::File file_;
  std::uint64_t size_;
  std::uint64_t at_ = 0;
  crypto::Sha256 hash_;
};

Uuid read_head(Reader& reader) {
  const crypto::Bytes begin = reader.take(magic.size());
  if (!std::equal(begin.begin(), begin.end(), magic.begin(), magic.end())) {
    throw Error(ErrorCode::invalid, "this file is no archive of a journal", "file");
  }
  Uuid id;
  crypto::Unpacker(reader.take(id.bytes.size()), called).fixed(id.bytes);
  return id;
}

}  // namespace

ArchiveWriter::ArchiveWriter(const std::filesystem::path& file, const Uuid& id,
                             const crypto::Sealer& sealer)
    : file_(new_file(file)), id_(id), sealer_(sealer) {
  put(crypto::view_of(magic));
  put(id.bytes);
}

void ArchiveWriter::add(crypto::ByteView body) {
  if (waiting_.bytes().size() >= chunk_size) put_chunk(false);
  waiting_.number(static_cast<std::uint32_t>(body.size())).fixed(body);
}

void ArchiveWriter::finish() {
  put_chunk(true);
  file_.flush();
}

void ArchiveWriter::put_chunk(bool last) {
  const crypto::Bytes sealed = sealer_.seal(place_of(id_, chunk_++, last), waiting_.bytes());
  crypto::Packer length;
  put(length.number(static_cast<std::uint32_t>(sealed.size())).bytes());
  put(sealed);
  waiting_.clear();
}

void ArchiveWriter::put(crypto::ByteView bytes) {
  file_.write_at(end_, bytes);
  end_ += bytes.size();
}

Uuid archive_id(const std::filesystem::path& file) {
  Reader reader(file);
  return read_head(reader);
}

crypto::Digest read_archive(const std::filesystem::path& file, const Uuid& id,
                            const crypto::Sealer& sealer, const VisitBody& visit) {
  Reader reader(file);
  if (read_head(reader) != id) {
    throw Error(ErrorCode::damaged, "an archive of the journal is another one than it was");
  }
  for (std::uint64_t chunk = 0;; ++chunk) {
    const crypto::Bytes length = reader.take(sizeof(std::uint32_t));
    const auto size = crypto::Unpacker(length, called).number<std::uint32_t>();
    if (size > chunk_limit) throw Error(ErrorCode::damaged, "an archive of the journal is damaged");
    const crypto::Bytes sealed = reader.take(size);
    const bool last = reader.at_end();
    const crypto::Bytes bodies = sealer.open(place_of(id, chunk, last), sealed);
    crypto::Unpacker rest(bodies, called);
    for (std::size_t left = bodies.size(); left > 0;) {
      const auto body_size = rest.number<std::uint32_t>();
      visit(rest.fixed(body_size));
      left -= sizeof(body_size) + body_size;
    }
    if (last) return reader.digest();
  }
}

}  // namespace renraku::access
