#include "access/journal/draining.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/log.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view find_tail =
    "SELECT number, hash, place, ended FROM journal_tail WHERE id = :id";
constexpr std::string_view add_tail =
    "INSERT INTO journal_tail (id, number, hash, place, ended, home) "
    "VALUES (:id, 0, :hash, 0, 0, :home)";
constexpr std::string_view move_tail =
    "UPDATE journal_tail SET number = :number, hash = :hash, place = :place WHERE id = :id";
constexpr std::string_view end_tail = "UPDATE journal_tail SET ended = 1 WHERE id = :id";
constexpr std::string_view end_all = "UPDATE journal_tail SET ended = 1 WHERE ended = 0";
constexpr std::string_view all_open =
    "SELECT id FROM journal_tail WHERE ended = 0 AND home IS NOT DISTINCT FROM :home ORDER BY id";
constexpr std::string_view chain_sequence = "SELECT sequence FROM journal_chain WHERE pk = :pk";

// Where to go on; a tail of which nothing was drained yet begins behind its header.
TailPlace place_of(const DrainedTail& drained, const TailFile& tail) {
  TailPlace place = tail.begin();
  if (drained.number == 0 || drained.hash.size() != place.hash.size()) return place;
  place.number = static_cast<std::uint64_t>(drained.number);
  place.end = static_cast<std::uint64_t>(drained.place);
  std::copy(drained.hash.begin(), drained.hash.end(), place.hash.begin());
  return place;
}

}  // namespace

crypto::Bytes write_mark(std::int64_t chain, std::int64_t sequence) {
  crypto::Packer mark;
  mark.number(static_cast<std::uint64_t>(chain)).number(static_cast<std::uint64_t>(sequence));
  return std::move(mark).bytes();
}

void leave_tails(storage::Transaction& transaction) {
  transaction.query(end_all).run();
}

Draining::Draining(storage::Transaction& transaction, const JournalKeys& keys,
                   const std::optional<Uuid>& home, Instant now)
    : transaction_(transaction), keys_(keys), home_(home), now_(now) {}

void Draining::open(const Uuid& tail, std::string_view authentication) {
  if (find(tail)) return;
  transaction_.query(add_tail)
      .bind("id", tail)
      .bind("hash", crypto::Bytes{})
      .bind("home", home_)
      .run();
  tell(tail, Outcome::done, authentication, "opened");
}

std::vector<Uuid> Draining::open_tails() {
  return transaction_.query(all_open).bind("home", home_).all<Uuid>();
}

Draining::Taken Draining::take(const TailFile& tail, std::uint64_t last) {
  // One that was killed before it could be made known.
  open(tail.id(), {});
  const DrainedTail drained = *find(tail.id());
  if (drained.ended != 0) return {TailEnd::whole, last};
  TailPlace place = place_of(drained, tail);
  std::map<std::int64_t, std::int64_t> marks;
  const TailEnd end = tail.read(
      place, last, [&](std::uint64_t number, TailRecordKind kind, const crypto::Bytes& content) {
        if (kind == TailRecordKind::entry) return take_entry(tail.id(), number, content);
        crypto::Unpacker mark(content, "a mark of a tail");
        const auto chain = static_cast<std::int64_t>(mark.number<std::uint64_t>());
        marks[chain] = static_cast<std::int64_t>(mark.number<std::uint64_t>());
      });
  if (place.number > static_cast<std::uint64_t>(drained.number)) {
    changed_ = true;
    transaction_.query(move_tail)
        .bind("id", tail.id())
        .bind("number", place.number)
        .bind("hash", crypto::ByteView(place.hash))
        .bind("place", place.end)
        .run();
  }
  compare_marks(tail.id(), marks);
  return {end, place.number};
}

void Draining::end(const Uuid& tail) {
  const auto drained = find(tail);
  if (!drained || drained->ended != 0) return;
  transaction_.query(end_tail).bind("id", tail).run();
  tell(tail, Outcome::done, {}, fmt::format("ended after {} records", drained->number));
}

void Draining::note_removed(const Uuid& tail) {
  tell(tail, Outcome::failed, {}, "its file was removed while in use; no reads are lost");
}

void Draining::note_refusals(const Uuid& tail, std::int64_t count) {
  tell(tail, Outcome::refused, {}, fmt::format("{} refusals were only counted", count));
}

void Draining::lose(const Uuid& tail, std::string_view why) {
  tell(tail, Outcome::failed, {}, fmt::format("reads lost: {}", why));
  base::log_line(LogLevel::error, LogEvent::journal_entries_lost,
                 "a tail of the journal lost reads: {}", why);
}

void Draining::finish() {
  for (auto& [municipality, writer] : writers_) writer.finish();
}

std::optional<DrainedTail> Draining::find(const Uuid& tail) {
  return transaction_.query(find_tail).bind("id", tail).optional<DrainedTail>();
}

JournalWriter& Draining::writer(const std::string& municipality) {
  auto at = writers_.find(municipality);
  if (at == writers_.end()) {
    at = writers_.try_emplace(municipality, transaction_, keys_, municipality).first;
  }
  return at->second;
}

void Draining::tell(const Uuid& tail, Outcome outcome, std::string_view authentication,
                    std::string detail) {
  Entry entry;
  entry.action = Action::journal_tail;
  entry.outcome = outcome;
  entry.authentication = authentication;
  entry.detail = std::move(detail);
  entry.tail = tail;
  writer({}).append(std::move(entry), {}, {}, {}, now_);
  changed_ = true;
}

void Draining::take_entry(const Uuid& tail, std::uint64_t number, crypto::ByteView body) {
  Entry entry = read_canonical(body);
  entry.tail = tail;
  entry.tail_number = number;
  JournalWriter& chain = writer(entry.municipality);
  const Instant acted = entry.acted;
  chain.append(std::move(entry), {}, {}, {}, acted);
}

// A database whose end was lost, with its write-ahead log for instance, has shorter chains than
// this process had committed to.
void Draining::compare_marks(const Uuid& tail, const std::map<std::int64_t, std::int64_t>& marks) {
  for (const auto& [chain, sequence] : marks) {
    const auto now_at =
        transaction_.query(chain_sequence).bind("pk", chain).optional<std::int64_t>().value_or(0);
    // What this very transaction appended is not yet in the head; it only makes a chain longer.
    if (now_at >= sequence) continue;
    lose(tail, fmt::format("a chain of the journal had {} entries and has {}", sequence, now_at));
  }
}

}  // namespace renraku::access
