#include "access/journal/straight_journal.hpp"

#include <map>
#include <utility>

namespace renraku::access {

void StraightJournal::write(Entry entry, Instant now) {
  std::unique_lock lock(mutex_);
  const std::shared_ptr<Batch> own = next_;
  own->entries.push_back({std::move(entry), now});
  changed_.wait(lock, [&] { return own->done || !writing_; });
  if (!own->done) {
    // Nobody is at it: this thread takes all that came up to now.
    next_ = std::make_shared<Batch>();
    writing_ = true;
    lock.unlock();
    try {
      commit(own->entries);
    } catch (...) {
      own->failed = std::current_exception();
    }
    lock.lock();
    own->done = true;
    writing_ = false;
    changed_.notify_all();
  }
  if (own->failed) std::rethrow_exception(own->failed);
}

void StraightJournal::commit(const std::vector<Waiting>& entries) {
  storage::Transaction transaction = database_.write();
  std::map<std::string, JournalWriter> chains;
  for (const Waiting& waiting : entries) {
    const std::string& municipality = waiting.entry.municipality;
    auto chain = chains.find(municipality);
    if (chain == chains.end()) {
      chain = chains.try_emplace(municipality, transaction, keys_, municipality).first;
    }
    chain->second.append(waiting.entry, {}, {}, {}, waiting.now);
  }
  for (auto& [municipality, chain] : chains) chain.finish();
  transaction.commit();
}

}  // namespace renraku::access
