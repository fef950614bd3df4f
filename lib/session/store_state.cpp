#include "session/store_state.hpp"

#include "access/journal/heads.hpp"
#include "base/fork.hpp"
#include "crypto/key_file.hpp"
#include "domain/restoring/taken_away.hpp"
#include "session/schema.hpp"
#include "session/store_keys.hpp"

namespace renraku {
namespace {

access::SessionLimits limits_of(const StoreOptions& options) {
  return {options.session_idle, options.session_absolute, options.session_fresh};
}

std::function<Instant()> clock_of(const StoreOptions& options) {
  return options.clock ? options.clock : [] { return Instant::now(); };
}

std::vector<crypto::Sealer> earlier_tails(storage::Database& database,
                                          const crypto::Key& store_key) {
  storage::Transaction transaction = database.read();
  return access::earlier_tail_keys(transaction, session::wrapping_keys(store_key).tails);
}

}  // namespace

JournalSigner own_signer(const crypto::Key& store_key) {
  return access::signer_of(session::signer_key(store_key));
}

StoreState::StoreState(std::shared_ptr<base::Log> log, OpenedStore opened,
                       const StoreOptions& options, const SecretCosts& costs)
    : log_(std::move(log)),
      folder_(std::move(opened.folder)),
      store_key_(std::move(opened.store_key)),
      slot_(opened.slot),
      options_(options),
      costs_(costs),
      process_(base::fork_generation()),
      database_(std::move(opened.engine)),
      journal_keys_{opened.node, session::wrapping_keys(store_key_).municipalities,
                    access::HeadSigner(options.journal_signer ? *options.journal_signer
                                                              : own_signer(store_key_))},
      witness_(prepared(options), journal_keys_, options.witness, clock_of(options),
               [this](storage::Transaction& transaction) { return removal_state(transaction); }),
      tail_(database_, journal_keys_,
            {folder_.tails(), session::home_id(folder_),
             crypto::Sealer(session::wrapping_keys(store_key_).tails),
             "key_slot " + opened.slot.text(), clock_of(options), options.strict_reads,
             earlier_tails(database_, store_key_), [this] { witness_.hand_over_hourly(); }}),
      gate_{database_, journal_keys_, tail_, relations_, clock_of(options), limits_of(options)} {}

storage::Database& StoreState::prepared(const StoreOptions& options) {
  database_.migrate(session::migrations());
  access::take_heads(
      database_, journal_keys_, own_signer(store_key_),
      options.journal_signer_lost ? access::SignerState::lost : access::SignerState::in_use,
      clock_of(options)());
  return database_;
}

access::RemovalState StoreState::removal_state(storage::Transaction& transaction) const {
  access::RemovalState state = domain::removal_state(transaction);
  for (const crypto::Slot& slot : crypto::read_key_header(folder_.keys()).header.slots) {
    state[{RemovalKind::key_slot_removed, slot.id, {}}] = false;
  }
  state[{RemovalKind::store_key_replaced, session::name_of(store_key_), {}}] = false;
  return state;
}

base::LoggedCall StoreState::call() const {
  if (process_ != base::fork_generation()) {
    throw Error(ErrorCode::forked,
                "the store was opened before the process forked; open it in the child again");
  }
  return base::LoggedCall(*log_);
}

void StoreState::flush() {
  const auto call = this->call();
  tail_.drain();
}

void CloseInItsProcess::operator()(StoreState* state) const noexcept {
  if (state->process_ != base::fork_generation()) return;
  const std::shared_ptr<base::Log> log = state->log_;
  const base::LoggedCall call(*log);
  std::default_delete<StoreState>()(state);
  base::log_line(LogLevel::info, LogEvent::store_closed, "the store was closed");
}

}  // namespace renraku
