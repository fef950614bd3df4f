#include "session/store_state.hpp"

#include "access/journal/heads.hpp"
#include "base/fork.hpp"
#include "domain/restoring/taken_away.hpp"
#include "session/home_keys.hpp"
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
      tail_(database_, journal_keys_, tail_settings()),
      gate_{database_, journal_keys_, tail_, relations_, clock_of(options), limits_of(options)} {}

storage::Database& StoreState::prepared(const StoreOptions& options) {
  database_.migrate(session::migrations());
  access::take_heads(
      database_, journal_keys_, own_signer(store_key_),
      options.journal_signer_lost ? access::SignerState::lost : access::SignerState::in_use,
      clock_of(options)());
  return database_;
}

access::TailSettings StoreState::tail_settings() {
  access::TailSettings settings{
      .folder = {},
      .home = std::nullopt,
      .wrapping = crypto::Sealer(session::wrapping_keys(store_key_).tails),
      .authentication = "key_slot " + slot_.text(),
      .clock = clock_of(options_),
      .strict = options_.strict_reads,
      .earlier = earlier_tails(database_, store_key_),
      .drained = [this] {
        // What is handed over names the key slots, and a keeper is never asked on the tail's
        // thread: the next call does it then.
        if (!folder_.kept("keys")) witness_.hand_over_hourly();
      }};
  try {
    settings.home = session::home_id(folder_);
    settings.folder = folder_.tails();
  } catch (const Error& error) {
    // A home without a name, which can't be given one, never had tails and can't have any.
    if (error.code() != ErrorCode::io) throw;
  }
  return settings;
}

access::RemovalState StoreState::removal_state(storage::Transaction& transaction) const {
  access::RemovalState state = domain::removal_state(transaction);
  for (const crypto::Slot& slot : session::read_keys(folder_).header.slots) {
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

void StoreState::write_keys(crypto::KeyHeader& header) {
  if (!folder_.server || !folder_.server->keeper) return session::write_keys(folder_, header);
  storage::Transaction only_writer = database_.write();
  session::write_keys(folder_, header);
  // Where the server is gone meanwhile, another may have written too.
  static_cast<void>(access::stored_chains(only_writer));
}

std::filesystem::path StoreState::scratch() const {
  return tail_.has_place() ? folder_.path : std::filesystem::path();
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
