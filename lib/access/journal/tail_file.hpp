// The file of one tail: records that are appended, sealed and chained.
//
//   magic "renraku tail 2\n", the tail's id 16, its key wrapped under the store's 65, then records:
//   1 u8, length u32, sealed bytes. What is sealed: kind u8, content. Each seal is bound to the
//   tail, the record's number (from 1) and the hash over all that lies before it, so that no record
//   can be changed, moved, left out or put in unnoticed; the end alone can be cut. Zeros up to the
//   end of a page of 4,096 bytes stand for a record that nobody finished, and end the tail.
#pragma once

#include <functional>
#include <renraku/id.hpp>
#include <vector>

#include "base/file.hpp"
#include "crypto/hash.hpp"
#include "crypto/seal.hpp"

namespace renraku::access {

enum class TailRecordKind : std::uint8_t {
  entry = 1,  ///< the canonical bytes of an entry that waits for the journal
  mark = 2,   ///< how far a chain had come when this process committed to it
};

/// Where a tail stands: how many records, the hash over all of them, and where the last one ends.
struct TailPlace {
  std::uint64_t number = 0;
  crypto::Digest hash{};
  std::uint64_t end = 0;
};

/// Why the records of a tail end where they do.
enum class TailEnd {
  whole,    ///< with the file
  torn,     ///< in the middle of a record
  altered,  ///< at a record that is not what was written
};

/// One tail, opened by its owner or by whoever drains it. One thread at a time appends; others may
/// flush and read meanwhile.
class TailFile {
 public:
  /// A new tail, held by this process; neither it nor its name need be on the disk yet. `wrapping`
  /// is the store's key of tails.
  static TailFile make(const std::filesystem::path& folder, const crypto::Sealer& wrapping,
                       const Uuid& id);
  /// None where there is no such file, or nothing in it says that it is a tail of this store.
  static std::optional<TailFile> find(const std::filesystem::path& folder,
                                      const crypto::Sealer& wrapping, const Uuid& id);
  /// The tails that lie in a folder; none where there is no folder.
  [[nodiscard]] static std::vector<Uuid> list(const std::filesystem::path& folder);
  static void remove(const std::filesystem::path& folder, const Uuid& id);

  [[nodiscard]] const Uuid& id() const { return id_; }
  [[nodiscard]] const TailPlace& begin() const { return begin_; }
  /// Writes the record behind `last`, which it moves on. Nothing of it counts when it throws.
  void append(TailPlace& last, TailRecordKind kind, crypto::ByteView content);
  void flush() { file_.flush(); }

  using Visit =
      std::function<void(std::uint64_t number, TailRecordKind kind, const crypto::Bytes& content)>;
  /// Goes through the records after `from`, up to number `last`, and moves `from` on.
  TailEnd read(TailPlace& from, std::uint64_t last, const Visit& visit) const;

  [[nodiscard]] bool try_lock() { return file_.try_lock(); }
  [[nodiscard]] std::uint64_t size() const { return file_.size(); }
  [[nodiscard]] bool has_name() const { return file_.has_name(); }

 private:
  TailFile(base::File file, const Uuid& id, const crypto::Key& key, const TailPlace& begin);

  void write_whole(std::uint64_t at, crypto::ByteView record);
  [[nodiscard]] bool is_unfinished(std::uint64_t at) const;

  base::File file_;
  Uuid id_;
  crypto::Sealer sealer_;
  TailPlace begin_;
};

}  // namespace renraku::access
