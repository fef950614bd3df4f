#include "session/store_state.hpp"

#include "base/fork.hpp"
#include "crypto/hkdf.hpp"
#include "session/schema.hpp"

namespace renraku {
namespace {

access::SessionLimits limits_of(const StoreOptions& options) {
  return {options.session_idle, options.session_absolute};
}

}  // namespace

StoreState::StoreState(session::StoreFolder folder, crypto::Key store_key, const Uuid& node,
                       std::unique_ptr<storage::Engine> engine, const StoreOptions& options,
                       const SecretCosts& costs)
    : folder_(std::move(folder)),
      store_key_(std::move(store_key)),
      costs_(costs),
      process_(base::fork_generation()),
      database_(std::move(engine)),
      journal_keys_{node,
                    crypto::Sealer(crypto::derive_key(store_key_, "renraku municipality keys")),
                    crypto::SigningKey(crypto::derive_key(store_key_, "renraku journal signer"))},
      read_queue_(((void)database_.migrate(session::migrations()), database_), journal_keys_),
      gate_{database_,
            journal_keys_,
            read_queue_,
            relations_,
            options.clock ? options.clock : [] { return Instant::now(); },
            limits_of(options)} {}

void StoreState::require_same_process() const {
  if (process_ == base::fork_generation()) return;
  throw Error(ErrorCode::forked,
              "the store was opened before the process forked; open it in the child again");
}

void StoreState::flush() {
  require_same_process();
  read_queue_.flush();
}

void CloseInItsProcess::operator()(StoreState* state) const noexcept {
  if (state->process_ == base::fork_generation()) std::default_delete<StoreState>()(state);
}

}  // namespace renraku
