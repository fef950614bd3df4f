#include "access/journal/read_queue.hpp"

namespace renraku::access {
namespace {

constexpr std::string_view touch_session =
    "UPDATE login_session SET seen_at = :now WHERE id = :id AND seen_at < :now";

}  // namespace

ReadQueue::ReadQueue(storage::Database& database, const JournalKeys& keys)
    : database_(database), keys_(keys), thread_([this] { run(); }) {}

ReadQueue::~ReadQueue() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wanted_.notify_one();
  thread_.join();
}

void ReadQueue::push(Entry entry, Instant now) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.entries.size() >= entries_max) {
      throw Error(ErrorCode::io,
                  "the journal can't be written, so nothing may be read; check the disk");
    }
    first = waiting_.empty();
    waiting_.entries.push_back({std::move(entry), now});
    ++pushed_;
  }
  // One wake-up a batch: each costs as much as half a look-up.
  if (first) wanted_.notify_one();
}

void ReadQueue::touch(const Uuid& session, Instant now) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = waiting_.empty();
    waiting_.touched[session] = now;
    ++pushed_;
  }
  if (first) wanted_.notify_one();
}

void ReadQueue::flush() {
  std::unique_lock lock(mutex_);
  const std::uint64_t until = pushed_;
  failed_ = nullptr;  // of an earlier try; what counts is whether this one goes through
  hurry_ = true;
  wanted_.notify_one();
  committed_.wait(lock, [&] { return done_ >= until || failed_; });
  if (failed_) std::rethrow_exception(std::exchange(failed_, nullptr));
}

void ReadQueue::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wanted_.wait(lock, [this] { return stop_ || hurry_ || !waiting_.empty(); });
    wanted_.wait_for(lock, commit_within, [this] { return stop_ || hurry_; });
    hurry_ = false;
    if (waiting_.empty()) {
      done_ = pushed_;
      committed_.notify_all();
      if (stop_) return;
      continue;
    }
    Batch batch = std::exchange(waiting_, {});
    const std::uint64_t upto = pushed_;
    const bool last_try = stop_;
    lock.unlock();
    std::exception_ptr failed;
    try {
      commit(batch);
    } catch (...) {
      failed = std::current_exception();
    }
    lock.lock();
    failed_ = failed;
    if (failed && !last_try) {
      // Kept for the next round, before what came meanwhile.
      batch.entries.insert(batch.entries.end(), std::make_move_iterator(waiting_.entries.begin()),
                           std::make_move_iterator(waiting_.entries.end()));
      waiting_.entries = std::move(batch.entries);
    } else {
      done_ = upto;
    }
    committed_.notify_all();
    if (last_try && failed) return;
  }
}

void ReadQueue::commit(Batch& batch) {
  storage::Transaction transaction = database_.write();
  std::map<std::string, JournalWriter> writers;
  for (const Pending& pending : batch.entries) {
    const std::string& municipality = pending.entry.municipality;
    auto at = writers.find(municipality);
    if (at == writers.end()) {
      at = writers.try_emplace(municipality, transaction, keys_, municipality).first;
    }
    at->second.append(pending.entry, {}, {}, {}, pending.now);
  }
  for (auto& [municipality, writer] : writers) writer.finish();
  for (const auto& [session, now] : batch.touched) {
    transaction.query(touch_session).bind("id", session).bind("now", now).run();
  }
  transaction.commit();
}

}  // namespace renraku::access
