#include "access/journal/tail_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <renraku/error.hpp>

#include "crypto/packing.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view magic = "renraku tail 2\n";
constexpr std::string_view suffix = ".tail";
constexpr std::string_view what = "a tail of the journal";
constexpr std::size_t wrapped_size = crypto::Key::size + crypto::seal_overhead;
constexpr std::size_t header_size = magic.size() + sizeof(Uuid::bytes) + wrapped_size;
/// What a record begins with once it is whole.
constexpr std::uint8_t finished = 1;
constexpr std::size_t frame_size = sizeof(finished) + sizeof(std::uint32_t);
/// Of the page cache: what lies within one is written whole or not at all, even by a process that
/// is killed meanwhile. A system with larger ones loses nothing by it.
constexpr std::uint64_t page_size = 4096;
/// An entry names at most the people of one export, two million, by 16 bytes each.
constexpr std::size_t record_limit = std::size_t{1} << 26;

std::filesystem::path path_of(const std::filesystem::path& folder, const Uuid& id) {
  return folder / (id.text() + std::string(suffix));
}

std::uint64_t left_in_page(std::uint64_t at) {
  return page_size - at % page_size;
}

crypto::Bytes record_place(const Uuid& tail, const TailPlace& before) {
  crypto::Packer place;
  place.fixed(tail.bytes).number(before.number + 1).fixed(before.hash);
  return std::move(place).bytes();
}

void move_on(TailPlace& place, crypto::ByteView sealed) {
  place.hash = crypto::Sha256().update(place.hash).update(sealed).digest();
  place.number += 1;
  place.end += frame_size + sealed.size();
}

TailPlace after_header(crypto::ByteView header) {
  return {0, crypto::sha256(header), header_size};
}

}  // namespace

TailFile::TailFile(base::File file, const Uuid& id, const crypto::Key& key, const TailPlace& begin)
    : file_(std::move(file)), id_(id), sealer_(key), begin_(begin) {}

TailFile TailFile::make(const std::filesystem::path& folder, const crypto::Sealer& wrapping,
                        const Uuid& id) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    throw Error(errno == ENOSPC ? ErrorCode::disk_full : ErrorCode::io,
                "the folder of the journal's tails can't be made; check rights and space");
  }
  // It gets its name when it is whole and held, so that nobody takes it for a dead one's.
  std::filesystem::path unnamed = path_of(folder, id);
  unnamed += ".new";
  base::File file(unnamed, O_RDWR | O_CREAT | O_EXCL, std::string(what));
  static_cast<void>(file.try_lock());
  const crypto::Key key = crypto::Key::random();
  crypto::Packer header;
  header.fixed(magic).fixed(id.bytes).fixed(wrapping.wrap(id.bytes, key));
  file.write_at(0, header.bytes());
  std::error_code wrong;
  std::filesystem::rename(unnamed, path_of(folder, id), wrong);
  if (wrong) {
    throw Error(ErrorCode::io, "a tail of the journal can't be named; check the folder's rights");
  }
  return {std::move(file), id, key, after_header(header.bytes())};
}

std::optional<TailFile> TailFile::find(const std::filesystem::path& folder,
                                       const crypto::Sealer& wrapping, const Uuid& id) {
  std::optional<base::File> file =
      base::File::find(path_of(folder, id), O_RDONLY, std::string(what));
  if (!file) return std::nullopt;
  crypto::Bytes header(header_size);
  if (file->read_at(0, header) != header_size) return std::nullopt;
  try {
    crypto::Unpacker in(header, what);
    static_cast<void>(in.fixed(magic.size() + sizeof(id.bytes)));
    const crypto::Key key = wrapping.unwrap(id.bytes, in.fixed(wrapped_size));
    return TailFile(*std::move(file), id, key, after_header(header));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::damaged) return std::nullopt;
    throw;
  }
}

std::vector<Uuid> TailFile::list(const std::filesystem::path& folder) {
  std::vector<Uuid> ids;
  std::error_code none;
  for (const auto& file : std::filesystem::directory_iterator(folder, none)) {
    if (file.path().extension() != suffix) continue;
    try {
      ids.push_back(Uuid::parse(file.path().stem().string()));
    } catch (const Error&) {
      // Not a name that a tail has.
    }
  }
  return ids;
}

void TailFile::remove(const std::filesystem::path& folder, const Uuid& id) {
  std::error_code gone_already;
  std::filesystem::remove(path_of(folder, id), gone_already);
}

void TailFile::append(TailPlace& last, TailRecordKind kind, crypto::ByteView content) {
  crypto::Bytes plain;
  plain.reserve(content.size() + 1);
  plain.push_back(static_cast<std::uint8_t>(kind));
  plain.insert(plain.end(), content.begin(), content.end());
  const crypto::Bytes sealed = sealer_.seal(record_place(id_, last), plain);
  crypto::Packer record;
  record.number(finished).number(static_cast<std::uint32_t>(sealed.size())).fixed(sealed);
  try {
    write_whole(last.end, record.bytes());
  } catch (const Error&) {
    // A shorter record in its place would have the rest of this one behind it.
    file_.cut(last.end);
    throw;
  }
  move_on(last, sealed);
}

// What lies in the first page is written last, so that a record whose writing was ended with its
// process begins with zeros: its answer never left, and it is no loss.
void TailFile::write_whole(std::uint64_t at, crypto::ByteView record) {
  const std::uint64_t in_page = left_in_page(at);
  if (record.size() > in_page) file_.write_at(at + in_page, record.subspan(in_page));
  file_.write_at(at, record.first(std::min<std::size_t>(in_page, record.size())));
}

bool TailFile::is_unfinished(std::uint64_t at) const {
  crypto::Bytes start(left_in_page(at));
  file_.read_at(at, start);
  return std::ranges::all_of(start, [](std::uint8_t byte) { return byte == 0; });
}

TailEnd TailFile::read(TailPlace& from, std::uint64_t last, const Visit& visit) const {
  const std::uint64_t size = file_.size();
  if (size < from.end) return TailEnd::altered;
  while (from.number < last && from.end < size) {
    crypto::Bytes frame(frame_size);
    if (file_.read_at(from.end, frame) != frame_size) return TailEnd::torn;
    crypto::Unpacker framed(frame, what);
    if (framed.number<std::uint8_t>() != finished) {
      return is_unfinished(from.end) ? TailEnd::whole : TailEnd::altered;
    }
    const std::size_t sealed_size = framed.number<std::uint32_t>();
    if (sealed_size > record_limit) return TailEnd::altered;
    if (from.end + frame_size + sealed_size > size) return TailEnd::torn;
    crypto::Bytes sealed(sealed_size);
    if (file_.read_at(from.end + frame_size, sealed) != sealed_size) return TailEnd::torn;
    crypto::Bytes plain;
    try {
      plain = sealer_.open(record_place(id_, from), sealed);
    } catch (const Error&) {
      return TailEnd::altered;
    }
    if (plain.empty()) return TailEnd::altered;
    move_on(from, sealed);
    const auto kind = static_cast<TailRecordKind>(plain.front());
    plain.erase(plain.begin());
    visit(from.number, kind, plain);
  }
  return TailEnd::whole;
}

}  // namespace renraku::access
