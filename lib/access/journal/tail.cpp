#include "access/journal/tail.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.hpp"
#include "base/own_thread.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view touch_session =
    "UPDATE login_session SET seen_at = :now WHERE id = :id AND seen_at < :now";
constexpr std::int64_t micros_per_second = 1'000'000;

// Once, when the trouble begins.
void tell_delay(bool& delayed, std::string_view why) {
  if (std::exchange(delayed, true)) return;
  base::log_line(LogLevel::warning, LogEvent::journal_delayed,
                 "entries of reads wait in the tail: {}", why);
}

}  // namespace

Tail::Tail(storage::Database& database, const JournalKeys& keys, TailSettings settings)
    : database_(database),
      keys_(keys),
      settings_(std::move(settings)),
      straight_(database, keys),
      writer_(make_writer()),
      drainer_([this, log = base::current_log()] {
        const base::LogScope scope(log);
        base::mark_own_thread();
        run();
      }) {}

std::unique_ptr<TailWriter> Tail::make_writer() {
  if (!settings_.folder.empty()) {
    try {
      return std::make_unique<TailWriter>(settings_, [this] { hurry(); });
    } catch (const Error& error) {
      // Space comes back; a place that may not be written does not.
      if (error.code() != ErrorCode::io) throw;
    }
  }
  tell_that_there_is_none();
  return nullptr;
}

// As a tail's first entry does, this one tells who opened the store.
void Tail::tell_that_there_is_none() {
  Entry entry;
  entry.action = Action::journal_tail;
  entry.authentication = settings_.authentication;
  entry.detail = "none: reads are journalled before their answers";
  straight_.write(std::move(entry), settings_.clock());
  base::log_line(LogLevel::warning, LogEvent::journal_strict,
                 "there is no place for tails that can be written: each read is in the database "
                 "before its answer, which takes longer");
}

Tail::~Tail() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wanted_.notify_one();
  drainer_.join();
}

void Tail::push(Entry entry, Instant now) {
  if (!is_taken(entry, now)) return;
  if (!writer_) return straight_.write(std::move(entry), now);
  entry.acted = now;
  crypto::Packer body;
  write_canonical(body, entry);
  writer_->append(TailRecordKind::entry, body.bytes());
}

void Tail::mark(const ChainHead& head) noexcept {
  if (!writer_) return;
  try {
    writer_->append(TailRecordKind::mark, write_mark(head.pk, head.sequence));
  } catch (const std::exception&) {
    // The commit stands. That the tail can't be written is told to the next read.
  }
}

void Tail::touch(const Uuid& session, Instant now) {
  const std::lock_guard lock(mutex_);
  waiting_.touched[session] = now;
}

bool Tail::is_taken(const Entry& entry, Instant now) {
  if (entry.outcome != Outcome::refused) return true;
  const std::lock_guard lock(mutex_);
  const std::int64_t second = now.micros / micros_per_second;
  if (std::exchange(refusals_second_, second) != second) refusals_ = 0;
  if (++refusals_ <= refusals_a_second) return true;
  ++waiting_.refusals;
  return false;
}

void Tail::hurry() {
  {
    const std::lock_guard lock(mutex_);
    hurry_ = true;
  }
  wanted_.notify_one();
}

// The first drain, at once, makes the tail known and takes what dead processes left; who asks for
// one may be faster.
void Tail::run() {
  bool delayed = false;
  Reach reach = Reach::beginning;
  while (true) {
    try {
      drain(reach);
      if (std::exchange(delayed, false)) {
        base::log_line(LogLevel::info, LogEvent::journal_resumed,
                       "entries of reads that had waited are in the journal");
      }
    } catch (const Error& error) {
      tell_delay(delayed, error.name());
    } catch (const std::exception&) {
      // Nothing may leave a thread of the library's own.
      tell_delay(delayed, error_name(ErrorCode::internal));
    }
    if (reach == Reach::closing) return;
    settings_.drained();
    reach = wait(delayed) ? Reach::closing : Reach::own_and_dead;
  }
}

bool Tail::wait(bool delayed) {
  std::unique_lock lock(mutex_);
  const auto pause = delayed ? tried_again_after : drained_within;
  wanted_.wait_for(lock, pause, [&] { return stop_ || (hurry_ && !delayed); });
  hurry_ = false;
  return stop_;
}

void Tail::drain(Reach reach) {
  const std::lock_guard one_at_a_time(drain_mutex_);
  if (drained_ && reach == Reach::beginning) return;
  storage::Transaction transaction = database_.write();
  const std::vector<OwnTail> own =
      writer_ ? writer_->files(reach == Reach::closing) : std::vector<OwnTail>();
  Waiting waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting = std::exchange(waiting_, {});
  }
  Draining draining(transaction, keys_, settings_.home, settings_.clock());
  std::vector<Uuid> ended;
  std::vector<TailFile> dead;
  try {
    ended = take_own(draining, own);
    dead = take_others(draining, own, reach);
    take_waiting(transaction, draining, waiting, own.empty() ? Uuid() : own.back().file->id());
    draining.finish();
    if (draining.changed() || !waiting.touched.empty()) transaction.commit();
  } catch (...) {
    const std::lock_guard lock(mutex_);
    waiting_.touched.merge(waiting.touched);
    waiting_.refusals += waiting.refusals;
    throw;
  }
  drained_ = true;
  for (const Uuid& tail : ended) {
    TailFile::remove(settings_.folder, tail);
    writer_->forget(tail);
  }
  for (const TailFile& tail : dead) TailFile::remove(settings_.folder, tail.id());
}

std::vector<Uuid> Tail::take_own(Draining& draining, const std::vector<OwnTail>& own) {
  std::vector<Uuid> ended;
  for (const OwnTail& tail : own) {
    const Uuid& id = tail.file->id();
    draining.open(id, settings_.authentication);
    const Draining::Taken taken = draining.take(*tail.file, tail.last.number);
    const bool lost = taken.number < tail.last.number;
    if (lost) {
      draining.lose(id, fmt::format("records {} to {} of a tail in use are not what was written",
                                    taken.number + 1, tail.last.number));
    }
    // One that loses its name at this moment is retired by the next drain, which tells of it once.
    if (tail.in_use && !lost) continue;
    if (!tail.file->has_name()) draining.note_removed(id);
    draining.end(id);
    ended.push_back(id);
  }
  return ended;
}

std::vector<TailFile> Tail::take_others(Draining& draining, const std::vector<OwnTail>& own,
                                        Reach reach) {
  std::vector<TailFile> dead;
  if (settings_.folder.empty()) return dead;
  std::vector<Uuid> present;
  present.reserve(own.size());
  for (const OwnTail& tail : own) present.push_back(tail.file->id());
  for (const Uuid& id : TailFile::list(settings_.folder)) {
    if (std::ranges::find(present, id) != present.end()) continue;
    auto tail = find(id);
    if (!tail) {
      // What can't be read is lost even where nobody had come to tell of the tail; an ended one's
      // file is nothing to us.
      draining.open(id, {});
      continue;
    }
    present.push_back(id);
    const bool lives = !tail->try_lock();
    if (lives) {
      // What is wrong with it, if anything, its owner tells.
      if (reach == Reach::everybody) static_cast<void>(draining.take(*tail));
      continue;
    }
    const Draining::Taken taken = draining.take(*tail);
    if (taken.end != TailEnd::whole) {
      draining.lose(id, fmt::format("{} after record {}",
                                    taken.end == TailEnd::torn ? "torn" : "altered", taken.number));
    }
    draining.end(id);
    dead.push_back(*std::move(tail));
  }
  for (const Uuid& id : draining.open_tails()) {
    if (std::ranges::find(present, id) != present.end()) continue;
    draining.lose(id, "its file is gone, or is none");
    draining.end(id);
  }
  return dead;
}

std::optional<TailFile> Tail::find(const Uuid& id) const {
  auto tail = TailFile::find(settings_.folder, settings_.wrapping, id);
  for (const crypto::Sealer& earlier : settings_.earlier) {
    if (tail) break;
    tail = TailFile::find(settings_.folder, earlier, id);
  }
  return tail;
}

void Tail::take_waiting(storage::Transaction& transaction, Draining& draining,
                        const Waiting& waiting, const Uuid& tail) {
  try {
    for (const auto& [session, now] : waiting.touched) {
      transaction.query(touch_session).bind("id", session).bind("now", now).run();
    }
  } catch (const Error& error) {
    // The journal is to tell of it, above all.
    if (!storage::is_altered_access(error)) throw;
  }
  if (waiting.refusals > 0) draining.note_refusals(tail, waiting.refusals);
}

}  // namespace renraku::access
