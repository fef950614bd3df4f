#include <renraku/journal.hpp>

#include "access/journal/heads.hpp"
#include "access/journal/reading.hpp"
#include "domain/history/history.hpp"
#include "session/store_journal.hpp"
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

Page<JournalEntry> Journal::lookers(const Uuid& subject, const PageRequest& request) const {
  state_->store().flush();
  return state_->act(Action::lookers_view, {subject}, [&](access::Permit& permit) {
    return domain::view_lookers(permit, subject, request);
  });
}

JournalReport Journal::verify() const {
  return verify(state_->store().witness().witness());
}

JournalReport Journal::verify(const Witness& witness) const {
  state_->store().flush();
  const auto heads = session::ask_witness(witness);
  return state_->act(Action::journal_verify, {},
                     [&](access::Permit& permit) { return session::verify(permit, heads); });
}

std::vector<SignedHead> Journal::heads() const {
  return state_->act(Action::journal_head, {}, [](access::Permit& permit) {
    return access::signed_heads(permit.transaction());
  });
}

}  // namespace renraku
