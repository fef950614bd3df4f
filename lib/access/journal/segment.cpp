#include "access/journal/segment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "access/sealing_keys.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view segments_of_chain =
    "SELECT id, chain, first, last, hash_before, hash_after, time, file, digest, signer, signature "
    "FROM journal_segment WHERE chain = :chain ORDER BY first";
constexpr std::string_view segment_by_id =
    "SELECT id, chain, first, last, hash_before, hash_after, time, file, digest, signer, signature "
    "FROM journal_segment WHERE id = :id";
constexpr std::string_view remove_segment = "DELETE FROM journal_segment WHERE id = :id";
constexpr std::string_view next_entry =
    "SELECT min(pk) FROM journal WHERE pk BETWEEN :first AND :last";
constexpr std::string_view body_of_entry = "SELECT body, pk FROM journal WHERE pk = :pk";
constexpr std::string_view hash_of_entry = "SELECT hash FROM journal WHERE pk = :pk";
constexpr std::string_view entries_between =
    "SELECT pk, body, hash FROM journal WHERE pk BETWEEN :first AND :last ORDER BY pk";
constexpr std::string_view remove_entries = "DELETE FROM journal WHERE pk BETWEEN :first AND :last";
constexpr std::string_view remove_subject =
    "DELETE FROM journal_subject WHERE subject = :subject AND entry = :entry";
constexpr std::string_view put_entry =
    "INSERT INTO journal (pk, body, hash) VALUES (:pk, :body, :hash)";
constexpr std::string_view put_subject =
    "INSERT INTO journal_subject (subject, entry) VALUES (:subject, :entry) "
    "ON CONFLICT (subject, entry) DO NOTHING";

// The first moment of a month in Japan, which has no daylight saving.
Instant begin_of(const Date& month) {
  const std::chrono::sys_days day =
      std::chrono::year(month.year) / std::chrono::month(month.month) / std::chrono::day(1);
  const auto in_japan = day.time_since_epoch() - std::chrono::hours(9);
  return {std::chrono::duration_cast<std::chrono::microseconds>(in_japan).count()};
}

Date month_of(Instant time) {
  Date month = Date::in_japan(time);
  month.day = 0;
  return month;
}

Date month_after(Date month) {
  if (++month.month > 12) month = {static_cast<std::int16_t>(month.year + 1), 1, 0};
  return month;
}

Instant time_of(storage::Transaction& transaction, std::int64_t pk) {
  const auto body = transaction.query(body_of_entry).bind("pk", pk).optional<crypto::Bytes>();
  if (!body) throw Error(ErrorCode::damaged, "an entry of the journal is missing; run a check");
  return read_canonical(*body).time;
}

/// The last key from `first` to `last` whose entry lies before `end`; `first - 1` for none. Times
/// only grow along a chain.
std::int64_t last_before(storage::Transaction& transaction, std::int64_t first, std::int64_t last,
                         Instant end) {
  std::int64_t before = first - 1;
  while (before < last) {
    const std::int64_t middle = before + (last - before + 1) / 2;
    if (time_of(transaction, middle) < end) {
      before = middle;
    } else {
      last = middle - 1;
    }
  }
  return before;
}

crypto::Bytes hash_before(storage::Transaction& transaction, const ClosedMonth& month) {
  if (month.first == 1) return crypto::Bytes(crypto::Digest{}.size());
  const auto stored = transaction.query(hash_of_entry)
                          .bind("pk", month.chain.pk + month.first - 1)
                          .optional<crypto::Bytes>();
  if (stored) return *stored;
  for (const Segment& segment : segments_of(transaction, month.chain.pk)) {
    if (segment.last == month.first - 1) return segment.hash_after;
  }
  throw Error(ErrorCode::damaged, "an entry of the journal is missing; run a check");
}

crypto::Digest digest_from(const crypto::Bytes& stored) {
  crypto::Digest digest{};
  if (stored.size() == digest.size()) std::copy(stored.begin(), stored.end(), digest.begin());
  return digest;
}

std::string file_name(const ClosedMonth& month, const Uuid& id) {
  constexpr std::size_t random_end = 12;
  const std::string unique = id.text();
  return fmt::format("journal-{}-{}-{}-{}-{}.renraku", month.chain.municipality, month.month.text(),
                     month.first, month.last, unique.substr(unique.size() - random_end));
}

Segment segment_of(storage::Transaction& transaction, const ClosedMonth& month, const Uuid& id) {
  Segment segment;
  segment.id = id;
  segment.chain = month.chain.pk;
  segment.first = month.first;
  segment.last = month.last;
  segment.hash_before = hash_before(transaction, month);
  segment.time = time_of(transaction, month.chain.pk + month.last);
  return segment;
}

/// Writes the rows of a segment and returns the hash after them.
crypto::Digest write_rows(storage::Transaction& transaction, const Segment& segment,
                          ArchiveWriter& file) {
  crypto::Digest hash = digest_from(segment.hash_before);
  storage::Query rows = transaction.query(entries_between);
  rows.bind("first", segment.chain + segment.first).bind("last", segment.chain + segment.last);
  std::int64_t count = 0;
  while (rows.next()) {
    const auto body = rows.read<crypto::Bytes>("body");
    hash = chain_hash(hash, body);
    if (!std::ranges::equal(hash, rows.read<crypto::Bytes>("hash"))) break;
    file.add(body);
    ++count;
  }
  if (count != segment.last - segment.first + 1) {
    throw Error(ErrorCode::damaged, "the journal does not hold; verify it before archiving");
  }
  return hash;
}

/// Goes through the bodies of a file; whether they make the segment's hashes.
bool leads_through(const std::filesystem::path& path, const crypto::Sealer& sealer,
                   const Segment& segment, crypto::Digest& digest, const VisitBody& visit) {
  crypto::Digest hash = digest_from(segment.hash_before);
  std::int64_t count = 0;
  digest = read_archive(path, segment.id, sealer, [&](crypto::ByteView body) {
    hash = chain_hash(hash, body);
    ++count;
    visit(body);
  });
  return count == segment.last - segment.first + 1 && std::ranges::equal(hash, segment.hash_after);
}

}  // namespace

std::vector<Segment> segments_of(storage::Transaction& transaction, std::int64_t chain) {
  return transaction.query(segments_of_chain).bind("chain", chain).all<Segment>();
}

Segment find_segment(storage::Transaction& transaction, const Uuid& id) {
  auto segment = transaction.query(segment_by_id).bind("id", id).optional<Segment>();
  if (segment) return *std::move(segment);
  throw Error(ErrorCode::not_found, "this archive is none of this store's, or was brought back",
              "file");
}

std::vector<ClosedMonth> closed_months(storage::Transaction& transaction, const Date& before) {
  std::vector<ClosedMonth> months;
  const Instant end = begin_of(before);
  for (const StoredChain& chain : stored_chains(transaction)) {
    if (chain.municipality.empty()) continue;
    const std::vector<Segment> segments = segments_of(transaction, chain.pk);
    for (std::int64_t from = chain.pk + 1;;) {
      const auto first = transaction.query(next_entry)
                             .bind("first", from)
                             .bind("last", chain.pk + chain.sequence)
                             .optional<std::optional<std::int64_t>>()
                             .value_or(std::nullopt);
      if (!first) break;
      // Up to the next part that is archived already.
      std::int64_t last = chain.pk + chain.sequence;
      for (const Segment& segment : segments) {
        if (chain.pk + segment.first > *first) last = std::min(last, chain.pk + segment.first - 1);
      }
      const Date month = month_of(time_of(transaction, *first));
      const Instant month_end = std::min(begin_of(month_after(month)), end);
      last = last_before(transaction, *first, last, month_end);
      if (last < *first) break;
      months.push_back({chain, *first - chain.pk, last - chain.pk, month});
      from = last + 1;
    }
  }
  return months;
}

WrittenSegment write_segment(storage::Transaction& transaction, const JournalKeys& keys,
                             const ClosedMonth& month, const std::filesystem::path& folder,
                             const Uuid& id) {
  WrittenSegment written;
  Segment& segment = written.segment;
  segment = segment_of(transaction, month, id);
  NewSealingKey key = new_sealing_key(id, keys.sealer);
  const std::filesystem::path path = std::filesystem::absolute(folder) / file_name(month, id);
  ArchiveWriter file(path, id, key.sealer);
  const crypto::Digest after = write_rows(transaction, segment, file);
  file.finish();
  base::flush_folder(path.parent_path());
  segment.hash_after.assign(after.begin(), after.end());
  crypto::Digest digest{};
  if (!leads_through(path, key.sealer, segment, digest, [](crypto::ByteView) {})) {
    throw Error(ErrorCode::io, "the archive does not read back as it was written", "folder");
  }
  segment.file = path.string();
  segment.digest.assign(digest.begin(), digest.end());
  written.key = std::move(key.wrapped);
  return written;
}

void move_out(storage::Transaction& transaction, const JournalKeys& keys, WrittenSegment written) {
  static const std::string add_segment = storage::insert_sql<Segment>("journal_segment", {});
  Segment& segment = written.segment;
  const std::int64_t first = segment.chain + segment.first;
  const std::int64_t last = segment.chain + segment.last;
  storage::Query rows = transaction.query(entries_between);
  rows.bind("first", first).bind("last", last);
  std::string municipality;
  Uuid node;
  while (rows.next()) {
    const Entry entry = read_canonical(rows.read<crypto::Bytes>("body"));
    for (const Uuid& subject : entry.subjects) {
      transaction.query(remove_subject)
          .bind("subject", subject)
          .bind("entry", segment.chain + entry.sequence)
          .run();
    }
    node = entry.node;
    municipality = entry.municipality;
  }
  const std::int64_t removed =
      transaction.query(remove_entries).bind("first", first).bind("last", last).changed();
  if (removed != last - first + 1) {
    throw Error(ErrorCode::conflict, "these entries were archived meanwhile", "before");
  }
  const crypto::PublicKey signer = keys.signer.public_key();
  const crypto::Signature signature =
      keys.signer.sign(signed_head(node, municipality, segment.last, segment.hash_after));
  segment.signer.assign(signer.begin(), signer.end());
  segment.signature.assign(signature.begin(), signature.end());
  SealingKeys(transaction, keys.sealer).add(segment.id, first_key, written.key);
  transaction.query(add_segment).bind_record(segment).run();
}

void bring_back(storage::Transaction& transaction, const JournalKeys& keys, const Segment& segment,
                const std::filesystem::path& file) {
  crypto::Digest hash = digest_from(segment.hash_before);
  std::int64_t pk = segment.chain + segment.first;
  const bool holds = read_segment(transaction, keys, segment, file, [&](crypto::ByteView body) {
    hash = chain_hash(hash, body);
    transaction.query(put_entry)
        .bind("pk", pk)
        .bind("body", body)
        .bind("hash", crypto::ByteView(hash))
        .run();
    for (const Uuid& subject : read_canonical(body).subjects) {
      transaction.query(put_subject).bind("subject", subject).bind("entry", pk).run();
    }
    ++pk;
  });
  if (!holds) {
    throw Error(ErrorCode::damaged, "the archive is not what was moved out of the journal", "file");
  }
  transaction.query(remove_segment).bind("id", segment.id).run();
}

bool read_segment(storage::Transaction& transaction, const JournalKeys& keys,
                  const Segment& segment, const std::filesystem::path& file,
                  const VisitBody& visit) {
  SealingKeys stored(transaction, keys.sealer);
  const crypto::Sealer* const key = stored.find(segment.id, segment.id);
  if (!key) throw Error(ErrorCode::damaged, "the key of an archive of the journal is gone", "file");
  crypto::Digest digest{};
  return leads_through(file, *key, segment, digest, visit);
}

}  // namespace renraku::access
