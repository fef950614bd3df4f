// Everything under a new store key.
#include <algorithm>
#include <renraku/store.hpp>

#include "access/journal/heads.hpp"
#include "crypto/key_file.hpp"
#include "session/opening.hpp"
#include "session/public_slot.hpp"
#include "session/store_server.hpp"
#include "storage/engines/sqlcipher/copying.hpp"

namespace renraku {
namespace {

using access::Action;

crypto::KeyHeader header_of(const StoreState& state) {
  crypto::KeyHeader header = crypto::read_key_header(state.folder().keys()).header;
  if (header.database != state.folder().generation) {
    throw Error(ErrorCode::busy, "the store was encrypted anew; open the store again", "reopen");
  }
  return header;
}

std::vector<crypto::Unlocked> open_slots(const crypto::KeyHeader& header,
                                         const std::vector<Secret>& kept) {
  if (kept.empty()) {
    throw Error(ErrorCode::missing, "give the secret of every slot that shall stay", "kept");
  }
  std::vector<crypto::Unlocked> opened;
  for (const Secret& secret : kept) opened.push_back(session::unlock(header, secret));
  return opened;
}

// The journal's heads were signed by a key that came from the old store key, unless the host brings
// a signer; the old key vouches for the new one, and signs no more.
void hand_over_heads(storage::Transaction& transaction, const StoreState& state,
                     const crypto::Key& next_key) {
  const JournalSigner own = own_signer(state.store_key());
  if (state.journal_keys().signer.public_key() != own.public_key) return;
  access::JournalKeys keys{state.journal_keys().node,
                           session::wrapping_keys(next_key).municipalities,
                           access::HeadSigner(own)};
  access::Entry entry;
  entry.action = Action::key_slot_change;
  entry.detail = access::hand_over(transaction, keys.node, keys.signer, own_signer(next_key));
  access::JournalWriter writer(transaction, keys, {});
  writer.append(std::move(entry), {}, {}, {}, state.gate().clock());
  writer.finish();
}

void write_next(StoreState& state, const session::StoreFolder& next, const crypto::Key& next_key) {
  const crypto::Key pages = session::page_key(state.store_key());
  const crypto::Key next_pages = session::page_key(next_key);
  storage::sqlcipher::copy_under_another_key(state.folder().database(), pages.bytes().first<32>(),
                                             next.database(), next_pages.bytes().first<32>());
  storage::Database database(session::open_engine(next, next_key));
  storage::Transaction transaction = database.write();
  access::rekey(transaction, session::wrapping_keys(state.store_key()),
                session::wrapping_keys(next_key), state.gate().clock());
  hand_over_heads(transaction, state, next_key);
  transaction.commit();
  if (const auto wrong = database.check(); !wrong.empty()) {
    throw Error(
        ErrorCode::damaged,
        "the new database is not whole, and the old one stays; check the store and the disk");
  }
}

void switch_databases(const session::Succession& succession, StoreState& state,
                      crypto::KeyHeader& next_header, const crypto::Key& next_key) {
  const session::StoreFolder next = session::Succession::make_room(state.folder());
  // From here on nobody writes into the old one, and those who wait to will find it gone.
  storage::Transaction last = state.database().write();
  try {
    write_next(state, next, next_key);
    succession.move_aside(state.folder());
    crypto::write_key_header(state.folder().keys(), next_header);
  } catch (...) {
    session::StoreFolder counts = state.folder();
    counts.generation = crypto::read_key_header(counts.keys()).header.database;
    succession.settle(counts);
    if (counts.generation != next.generation) session::remove_database(next);
    throw;
  }
  session::remove_database(state.folder());
}

}  // namespace

std::vector<KeySlot> Store::reencrypt(const std::vector<Secret>& kept) {
  const std::shared_ptr<StoreState> before = state_;
  const auto call = before->call();
  session::require_folder(before->folder(),
                          "a store on a server can't be encrypted anew yet; revoke the slot that "
                          "was lost");
  const session::Succession succession(before->folder());
  const crypto::KeyHeader header = header_of(*before);
  const std::vector<crypto::Unlocked> opened = open_slots(header, kept);
  const crypto::Key next_key = crypto::Key::random();
  crypto::KeyHeader next = crypto::rekey(header, next_key, opened);
  before->flush();
  before->act({}, Action::store_reencrypt, {}, [&](access::Permit& permit) {
    permit.note(fmt::format("database {} is begun; {} of {} slots stay", next.database,
                            next.slots.size(), header.slots.size()));
  });
  switch_databases(succession, *before, next, next_key);
  *this = open_store(before->folder().path, kept.front(), before->options(), before->costs());
  state_->act({}, Action::store_reencrypt, {}, [&](access::Permit& permit) {
    permit.note(fmt::format("database {} counts", next.database));
  });
  state_->witness().hand_over();
  return session::public_slots(next);
}

}  // namespace renraku
