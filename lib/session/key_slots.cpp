// The ways in: listed, added, changed, revoked.
#include <algorithm>
#include <renraku/store.hpp>

#include "session/home_keys.hpp"
#include "session/opening.hpp"
#include "session/public_slot.hpp"

namespace renraku {
namespace {

using access::Action;

// Secrets are stretched before the act, which must not keep writers waiting, and the header is
// written after it: there is never a changed slot that the journal does not tell of. Only then the
// witness hears of it. The journal names slots by their ids: a name may be somebody's.
template <class Change>
auto change_slots(StoreState& state, const std::string& what, Change&& change) {
  const auto call = state.call();
  crypto::StoredKeyHeader stored = session::read_keys(state.folder());
  crypto::KeyHeader& header = stored.header;
  if (header.database != state.folder().generation) {
    throw Error(ErrorCode::busy, "the store was encrypted anew; open the store again", "reopen");
  }
  const auto [slot, result] = change(header, state.gate().clock());
  const std::string note = what + " " + slot.text();
  state.act({}, Action::key_slot_change, {}, [&](access::Permit& permit) { permit.note(note); });
  state.write_keys(header);
  if (!stored.sound()) {
    base::log_line(LogLevel::info, LogEvent::key_header_mended,
                   "both copies of the key header are whole again");
  }
  state.witness().hand_over();
  return result;
}

/// The slot that a change is about, where the caller gets nothing back.
std::pair<Uuid, bool> done(const Uuid& slot) {
  return {slot, true};
}

}  // namespace

std::vector<KeySlot> Store::key_slots() const {
  return state_->act({}, Action::key_slot_list, {}, [&](access::Permit&) {
    return session::public_slots(session::read_keys(state_->folder()).header);
  });
}

Uuid Store::opened_with() const {
  const auto call = state_->call();
  return state_->slot();
}

void Store::change_passphrase(const Passphrase& current, const Passphrase& replacement) {
  change_slots(*state_, "change of passphrase", [&](crypto::KeyHeader& header, Instant now) {
    const crypto::Unlocked unlocked = crypto::unlock_with_passphrase(header, current.text);
    crypto::replace_passphrase(header, state_->store_key(), unlocked.slot, replacement.text,
                               state_->costs().passphrase, now);
    return done(unlocked.slot);
  });
}

void Store::add_passphrase(const std::string& name, const Passphrase& passphrase) {
  change_slots(*state_, "new passphrase", [&](crypto::KeyHeader& header, Instant now) {
    return done(crypto::add_passphrase_slot(header, state_->store_key(), name, passphrase.text,
                                            state_->costs().passphrase, now));
  });
}

std::string Store::add_recovery_key(const std::string& name) {
  return change_slots(*state_, "new recovery key", [&](crypto::KeyHeader& header, Instant now) {
    crypto::NewRecoverySlot made =
        crypto::add_recovery_slot(header, state_->store_key(), name, now);
    return std::pair(made.id, std::move(made.printed_key));
  });
}

void Store::add_host_key(const std::string& name, const HostKey& key) {
  change_slots(*state_, "new host key", [&](crypto::KeyHeader& header, Instant now) {
    return done(crypto::add_host_key_slot(header, state_->store_key(), name,
                                          crypto::Key::from(key.bytes), now));
  });
}

void Store::revoke_slot(const Uuid& slot, bool even_own) {
  if (slot == state_->slot() && !even_own) {
    throw Error(ErrorCode::conflict,
                "this slot opened the store here; say so if it is to be revoked all the same, and "
                "keep the secret of another",
                "slot");
  }
  change_slots(*state_, "revoked", [&](crypto::KeyHeader& header, Instant) {
    crypto::remove_slot(header, state_->store_key(), slot);
    return done(slot);
  });
}

}  // namespace renraku
