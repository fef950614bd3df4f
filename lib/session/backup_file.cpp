#include "session/backup_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <renraku/error.hpp>

namespace renraku::session {
namespace {

constexpr std::string_view magic = "renraku backup 1\n";
constexpr std::string_view any_version = "renraku backup ";
constexpr std::string_view what = "a backup";
/// A key header of 32 slots takes less than half of it.
constexpr std::size_t open_limit = 32 * 1024;
constexpr std::uint8_t to_public_key = 1;
constexpr std::uint8_t to_slots = 2;
constexpr std::size_t sealed_size = crypto::chunk_size + crypto::chunk_overhead;

void put(crypto::Packer& out, crypto::ByteView bytes) {
  out.number(static_cast<std::uint16_t>(bytes.size())).fixed(bytes);
}

crypto::Bytes encode(const BackupHeader& header) {
  crypto::Packer out;
  out.fixed(magic).number(crypto::suite_1).number(header.slots ? to_slots : to_public_key);
  out.fixed(header.store.bytes).fixed(header.node.bytes).instant(header.at.micros);
  put(out, header.slots ? crypto::encode(*header.slots) : crypto::Bytes{});
  put(out, header.key);
  return std::move(out).bytes();
}

BackupHeader decode(crypto::Unpacker& in) {
  BackupHeader header;
  if (in.number<std::uint8_t>() != crypto::suite_1) in.fail("names an unknown cipher suite");
  const auto kind = in.number<std::uint8_t>();
  in.fixed(header.store.bytes);
  in.fixed(header.node.bytes);
  header.at.micros = in.instant();
  const crypto::ByteView slots = in.fixed(in.number<std::uint16_t>());
  if (kind == to_slots) header.slots = crypto::decode_key_header(slots);
  const crypto::ByteView key = in.fixed(in.number<std::uint16_t>());
  header.key.assign(key.begin(), key.end());
  return header;
}

}  // namespace

crypto::Bytes backup_place(const BackupHeader& header) {
  crypto::Packer place;
  place.fixed("renraku backup").fixed(header.store.bytes).instant(header.at.micros);
  return std::move(place).bytes();
}

BackupWriter::BackupWriter(const std::filesystem::path& path, const BackupHeader& header,
                           const crypto::Key& key)
    : file_(path, O_RDWR | O_CREAT | O_EXCL, std::string(what)),
      end_(0),
      chunks_(key, crypto::sha256(encode(header))) {
  static_cast<void>(file_.try_lock());
  const crypto::Bytes open = encode(header);
  crypto::Packer all;
  all.fixed(open).fixed(crypto::sha256(open));
  file_.write_at(0, all.bytes());
  end_ = all.bytes().size();
  plain_.reserve(crypto::chunk_size);
  sealed_.reserve(chunks_at_once * sealed_size);
}

void BackupWriter::write(crypto::ByteView bytes) {
  while (!bytes.empty()) {
    // A full chunk waits until something follows it: it might be the last.
    if (plain_.size() == crypto::chunk_size) seal(false);
    const std::size_t taken = std::min(bytes.size(), crypto::chunk_size - plain_.size());
    plain_.insert(plain_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(taken));
    bytes = bytes.subspan(taken);
  }
}

std::uint64_t BackupWriter::finish() {
  seal(true);
  hand_over();
  crypto::wipe(plain_);
  return end_;
}

void BackupWriter::seal(bool last) {
  const std::size_t before = sealed_.size();
  sealed_.resize(before + plain_.size() + crypto::chunk_overhead);
  chunks_.seal(std::span(sealed_).subspan(before), plain_, last);
  plain_.clear();
  if (sealed_.size() >= chunks_at_once * sealed_size) hand_over();
}

void BackupWriter::hand_over() {
  file_.write_at(end_, sealed_);
  end_ += sealed_.size();
  sealed_.clear();
}

BackupReader::BackupReader(const std::filesystem::path& path)
    : file_(path, O_RDONLY, std::string(what)), name_(path.filename().string()) {
  size_ = file_.size();
  crypto::Bytes open(std::min<std::uint64_t>(size_, open_limit));
  open.resize(file_.read_at(0, open));
  const auto begins_with = [&](std::string_view text) {
    return open.size() >= text.size() && std::equal(text.begin(), text.end(), open.begin());
  };
  if (!begins_with(any_version)) {
    throw Error(ErrorCode::not_a_store, "this file is no backup of a store", name_);
  }
  if (!begins_with(magic)) {
    throw Error(ErrorCode::newer_format, "this backup was made by a newer version; use that one",
                name_);
  }
  check_beginning(open);
  crypto::Unpacker in(crypto::ByteView(open).subspan(magic.size()), "the backup's beginning");
  header_ = decode(in);
}

void BackupReader::check_beginning(crypto::ByteView open) {
  constexpr std::size_t fixed_size = 1 + 1 + 16 + 16 + 8;
  crypto::Unpacker in(open, "the backup's beginning");
  static_cast<void>(in.fixed(magic.size() + fixed_size));
  at_ = magic.size() + fixed_size;
  for (int part = 0; part < 2; ++part) {
    at_ += sizeof(std::uint16_t) + in.fixed(in.number<std::uint16_t>()).size();
  }
  digest_ = crypto::sha256(open.first(at_));
  if (!crypto::same_bytes(in.fixed(digest_.size()), digest_)) {
    throw Error(ErrorCode::damaged,
                fmt::format("bytes 0 to {} of the backup are not what was written; take another",
                            at_ + digest_.size() - 1),
                name_);
  }
  at_ += digest_.size();
}

void BackupReader::unlock(const crypto::Key& key) {
  chunks_.emplace(key, digest_);
}

void BackupReader::read(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    if (taken_ == plain_.size()) open_next();
    const std::size_t count = std::min(out.size(), plain_.size() - taken_);
    std::copy_n(plain_.begin() + static_cast<std::ptrdiff_t>(taken_), count, out.begin());
    taken_ += count;
    out = out.subspan(count);
  }
}

void BackupReader::end() {
  if (taken_ == plain_.size() && !last_) open_next();
  if (taken_ < plain_.size() || !last_) {
    throw Error(ErrorCode::damaged, "the backup goes on behind its end", name_);
  }
}

void BackupReader::check_all_but_last() {
  while (at_ + sealed_size < size_) open_next();
}

void BackupReader::check_rest() {
  while (!last_) open_next();
}

void BackupReader::open_next() {
  const std::uint64_t number = chunks_.value().number();
  const std::uint64_t count = std::min<std::uint64_t>(size_ - at_, sealed_size);
  sealed_.resize(count);
  const bool whole =
      !last_ && count >= crypto::chunk_overhead && file_.read_at(at_, sealed_) == sealed_.size();
  if (whole) plain_.resize(sealed_.size() - crypto::chunk_overhead);
  const bool last = at_ + count == size_;
  if (!whole || !chunks_->open(plain_, sealed_, last)) {
    throw Error(ErrorCode::damaged,
                fmt::format("bytes {} to {} of the backup (chunk {}) are not what was written, or "
                            "its end is missing; take another backup",
                            at_, at_ + std::max<std::uint64_t>(count, 1) - 1, number),
                name_);
  }
  at_ += count;
  last_ = last;
  taken_ = 0;
}

}  // namespace renraku::session
