// Parts of a chain that lie in archive files: a month each, closed and moved there.
//
// Moving out is safe against the end of the process at any moment: the file is written, flushed and
// read back, and only then one transaction takes the rows away and leaves the segment's signed
// head. Each archive has a key of its own, which stays in the store (SealingKeys, under the
// archive's id).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "access/journal/archive.hpp"
#include "access/journal/heads.hpp"

namespace renraku::access {

/// What stays behind of entries `first` to `last` of a chain.
struct Segment {
  Uuid id;
  std::int64_t chain = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  crypto::Bytes hash_before;
  crypto::Bytes hash_after;
  /// When the last entry came into the chain.
  Instant time;
  /// Where the file was put.
  std::string file;
  crypto::Bytes digest;
  crypto::Bytes signer;
  crypto::Bytes signature;
};
RENRAKU_DESCRIBE(Segment, id, chain, first, last, hash_before, hash_after, time, file, digest,
                 signer, signature)

/// Of a chain, in its order.
[[nodiscard]] std::vector<Segment> segments_of(storage::Transaction& transaction,
                                               std::int64_t chain);
/// Error{not_found}.
[[nodiscard]] Segment find_segment(storage::Transaction& transaction, const Uuid& id);

/// Entries of one chain and one month that could be moved out.
struct ClosedMonth {
  StoredChain chain;
  std::int64_t first = 0;
  std::int64_t last = 0;
  Date month;
};
/// All months of municipalities' chains, in Japan's calendar, that lie before `before`. The store's
/// own chain stays: it tells who signs.
[[nodiscard]] std::vector<ClosedMonth> closed_months(storage::Transaction& transaction,
                                                     const Date& before);

/// A segment whose file is written and was read back, and its key as it is stored.
struct WrittenSegment {
  Segment segment;
  crypto::Bytes key;
};
/// Writes the file, under a new name, into `folder`. Error{damaged} where the chain does not hold.
[[nodiscard]] WrittenSegment write_segment(storage::Transaction& transaction,
                                           const JournalKeys& keys, const ClosedMonth& month,
                                           const std::filesystem::path& folder, const Uuid& id);
/// Takes the rows away and leaves the segment with its signed head.
void move_out(storage::Transaction& transaction, const JournalKeys& keys, WrittenSegment written);

/// Puts the rows back where they were. Error{damaged} where the file is not what was moved out.
void bring_back(storage::Transaction& transaction, const JournalKeys& keys, const Segment& segment,
                const std::filesystem::path& file);

/// Goes through a segment's entries; false where they do not lead from the hash before it to the
/// hash after it. Error{io}, Error{damaged}.
[[nodiscard]] bool read_segment(storage::Transaction& transaction, const JournalKeys& keys,
                                const Segment& segment, const std::filesystem::path& file,
                                const VisitBody& visit);

}  // namespace renraku::access
