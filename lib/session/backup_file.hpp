// The file of a backup.
//
//   In the open: "renraku backup 1\n" 17, suite u8, sealed to u8 (1 a public key, 2 slots), store
//   id 16, node 16, made at i64, the key header (u16 length; empty for a public key), the stream's
//   key (u16 length; 97 bytes as seal_key_to writes it, or 65 wrapped under the store's key of
//   backups), and the SHA-256 of all that. Sealed in chunks (crypto/chunks.hpp), whose context is
//   that digest: the store key 32, the key header (u16 length), the database's write-ahead log (u64
//   length), the database (u64 length).
#pragma once

#include <array>
#include <optional>
#include <renraku/id.hpp>
#include <renraku/time.hpp>
#include <string>

#include "base/file.hpp"
#include "crypto/chunks.hpp"
#include "crypto/key_header.hpp"
#include "crypto/packing.hpp"

namespace renraku::session {

/// What a backup says of itself in the open.
struct BackupHeader {
  Uuid store;
  Uuid node;
  Instant at;
  /// The slots that open it; none where it is sealed to a public key.
  std::optional<crypto::KeyHeader> slots;
  /// The stream's key, sealed.
  crypto::Bytes key;
};

/// What the stream's key is bound to.
[[nodiscard]] crypto::Bytes backup_place(const BackupHeader& header);

/// Writes a new file from its beginning to its end. Error{disk_full}, Error{io}.
class BackupWriter {
 public:
  BackupWriter(const std::filesystem::path& path, const BackupHeader& header,
               const crypto::Key& key);

  void write(crypto::ByteView bytes);
  /// How much of the file the system has.
  [[nodiscard]] std::uint64_t written() const { return end_; }
  /// Seals the end; the file's size.
  std::uint64_t finish();
  /// All of it is on the disk when it returns.
  void flush() { file_.flush(); }

 private:
  /// So many chunks are handed to the system at once.
  static constexpr std::size_t chunks_at_once = 16;

  void seal(bool last);
  void hand_over();

  base::File file_;
  std::uint64_t end_;
  crypto::Chunks chunks_;
  crypto::Bytes plain_;
  crypto::Bytes sealed_;
};

/// Reads such a file.
class BackupReader {
 public:
  /// Reads what is in the open. Error{not_a_store}, Error{newer_format}, Error{damaged}, Error{io}.
  explicit BackupReader(const std::filesystem::path& path);

  [[nodiscard]] const BackupHeader& header() const { return header_; }
  /// Comes before reading what is sealed.
  void unlock(const crypto::Key& key);
  /// The next bytes; Error{damaged} names the bytes of the file that are not what was written.
  void read(std::span<std::uint8_t> out);
  template <class Number>
  Number number() {
    std::array<std::uint8_t, sizeof(Number)> bytes{};
    read(bytes);
    return crypto::Unpacker(bytes, "the backup").number<Number>();
  }
  /// The file grew meanwhile: it is being written.
  void grow_to(std::uint64_t size) { size_ = size; }
  /// Reads the chunks that another one follows for certain.
  void check_all_but_last();
  /// Error{damaged} unless all was read.
  void end();
  /// Reads what is left to its end, only to see that it is whole.
  void check_rest();

 private:
  void check_beginning(crypto::ByteView open);
  void open_next();

  base::File file_;
  std::string name_;
  BackupHeader header_;
  crypto::Digest digest_{};
  std::uint64_t at_ = 0;
  std::uint64_t size_ = 0;
  std::optional<crypto::Chunks> chunks_;
  crypto::Bytes sealed_;
  crypto::Bytes plain_;
  std::size_t taken_ = 0;
  bool last_ = false;
};

}  // namespace renraku::session
