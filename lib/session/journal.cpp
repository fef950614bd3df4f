#include <renraku/journal.hpp>

#include "access/journal/reading.hpp"
#include "access/journal/verify.hpp"
#include "domain/history/history.hpp"
#include "session/store_state.hpp"

namespace renraku {

using access::Action;

Page<JournalEntry> Journal::list(const JournalFilter& filter, const PageRequest& page) const {
  state_->store().flush();
  return state_->act(Action::journal_list, {}, [&](access::Permit& permit) {
    return access::list_entries(permit, filter, page, access::Order::newest_first);
  });
}

Page<JournalEntry> Journal::history(const Uuid& subject, const PageRequest& page) const {
  return state_->act(Action::history_view, {subject}, [&](access::Permit& permit) {
    return domain::view_history(permit, subject, page);
  });
}

JournalReport Journal::verify() const {
  state_->store().flush();
  return state_->act(Action::journal_verify, {}, [&](access::Permit& permit) {
    return access::verify_journal(permit.transaction(), permit.journal_keys());
  });
}

}  // namespace renraku
