// A store out of a backup.
#include <fcntl.h>

#include <algorithm>
#include <renraku/backup.hpp>

#include "access/journal/heads.hpp"
#include "base/uuid.hpp"
#include "crypto/backup_key.hpp"
#include "crypto/key_file.hpp"
#include "domain/erasure/erasure.hpp"
#include "domain/restoring/taken_away.hpp"
#include "session/backup_file.hpp"
#include "session/opening.hpp"
#include "session/schema.hpp"

namespace renraku {
namespace {

using access::Action;

Error wrong_kind(const char* text) {
  return {ErrorCode::wrong_passphrase, text, "secret"};
}

/// The key of the backup's stream.
crypto::Key stream_key(const session::BackupHeader& header, const BackupSecret& secret) {
  struct Unseal {
    const session::BackupHeader& header;

    crypto::Key operator()(const BackupPrivateKey& key) const {
      if (header.slots) {
        throw wrong_kind("this backup is sealed to the store's key slots; give a secret of one");
      }
      return crypto::open_sealed_key(crypto::read_private_backup_key(key.printed),
                                     session::backup_place(header), header.key);
    }
    crypto::Key operator()(const Passphrase& passphrase) const { return by_slot(passphrase); }
    crypto::Key operator()(const RecoveryKey& key) const { return by_slot(key); }
    crypto::Key operator()(const HostKey& key) const { return by_slot(key); }

    [[nodiscard]] crypto::Key by_slot(const Secret& secret) const {
      if (!header.slots) {
        throw wrong_kind("this backup is sealed to a public key; give the private half");
      }
      const crypto::Unlocked unlocked = session::unlock(*header.slots, secret);
      return crypto::Sealer(session::backup_key(unlocked.store_key))
          .unwrap(session::backup_place(header), header.key);
    }
  };
  return std::visit(Unseal{header}, secret);
}

/// What the old store says that a backup of it does not know.
struct OldStore {
  domain::TakenAway taken;
  crypto::KeyHeader header;
};

std::optional<OldStore> read_old_store(const RestoreOptions& options) {
  if (options.old_store.empty()) return std::nullopt;
  if (!options.old_secret) {
    throw Error(ErrorCode::missing, "the old store's folder comes with a secret that opens it",
                "old_secret");
  }
  session::OpenedFolder opened = session::open_folder(options.old_store, *options.old_secret);
  storage::Database database(std::move(opened.engine));
  database.migrate(session::migrations());
  storage::Transaction transaction = database.read();
  return OldStore{domain::taken_away(transaction), std::move(opened.header)};
}

void write_part(session::BackupReader& in, const std::filesystem::path& path) {
  constexpr std::size_t at_once = std::size_t{1} << 20;
  base::File file(path, O_RDWR | O_CREAT | O_EXCL, "the restored database");
  std::vector<std::uint8_t> bytes(at_once);
  const auto size = in.number<std::uint64_t>();
  for (std::uint64_t at = 0; at < size;) {
    const auto part = std::span(bytes).first(
        static_cast<std::size_t>(std::min<std::uint64_t>(size - at, at_once)));
    in.read(part);
    file.write_at(at, part);
    at += part.size();
  }
  file.flush();
}

/// What the backup's sealed part holds; the database is in its folder by then.
struct Unsealed {
  crypto::Key store_key;
  crypto::KeyHeader header;
};

Unsealed unseal(session::BackupReader& in, const session::StoreFolder& folder) {
  crypto::Key store_key = crypto::Key::blank();
  in.read(store_key.writable());
  crypto::Bytes encoded(in.number<std::uint16_t>());
  in.read(encoded);
  write_part(in, folder.log());
  write_part(in, folder.database());
  in.end();
  return {std::move(store_key), crypto::decode_key_header(encoded)};
}

// Slots that the old store has no more are none here either.
void make_ways_in(Unsealed& store, const RestoreOptions& options,
                  const std::optional<OldStore>& old, RestoreReport& report, Instant now) {
  const auto is_revoked = [&](const crypto::Slot& slot) {
    return old && std::ranges::find(old->header.slots, slot.id, &crypto::Slot::id) ==
                      old->header.slots.end();
  };
  std::vector<Uuid> revoked;
  for (const crypto::Slot& slot : store.header.slots) {
    if (is_revoked(slot)) revoked.push_back(slot.id);
  }
  crypto::take_node(store.header, store.store_key, report.node);
  if (options.passphrase) {
    crypto::add_passphrase_slot(store.header, store.store_key, "restored " + now.text(),
                                options.passphrase->text, crypto::Argon2Cost::for_store(), now);
  }
  for (const Uuid& slot : revoked) crypto::remove_slot(store.header, store.store_key, slot);
  report.slots_revoked = static_cast<std::int64_t>(revoked.size());
}

// What waited in tails when the backup was made is with the old store.
void leave_tails(const session::StoreFolder& folder, const crypto::Key& store_key) {
  storage::Database database(session::open_engine(folder, store_key));
  database.migrate(session::migrations());
  storage::Transaction transaction = database.write();
  access::leave_tails(transaction);
  transaction.commit();
}

// The end of the chain of the node that made the backup.
std::string head_of(storage::Transaction& transaction, RestoreReport& report) {
  for (const access::StoredChain& chain : access::stored_chains(transaction)) {
    if (chain.node != report.from || !chain.municipality.empty()) continue;
    report.sequence = chain.sequence;
    return fmt::format("its own chain at {}, {}", chain.sequence, crypto::hex(chain.hash));
  }
  return "without a chain of its own";
}

void put_right(StoreState& state, const std::optional<OldStore>& old, RestoreReport& report) {
  if (const auto wrong = state.database().check(); !wrong.empty()) {
    throw Error(ErrorCode::damaged, "the database in the backup is not whole; take another backup");
  }
  state.act({}, Action::backup_restore, {}, [&](access::Permit& permit) {
    domain::end_all_sessions(permit);
    if (old) {
      const domain::TakenAgain again = domain::take_away_again(permit, old->taken);
      report.members_suspended = again.members;
      report.certificates_revoked = again.certificates;
      report.applications_revoked = again.applications;
    }
    permit.note(fmt::format("from a backup of {} by store {}, {}", report.at.text(),
                            report.from.text(), head_of(permit.transaction(), report)));
  });
  if (!old) return;
  for (const Erasure& erasure : old->taken.erasures) {
    const bool was_here = state.act({}, Action::backup_restore, {}, [&](access::Permit& permit) {
      return domain::erase_again(permit, erasure);
    });
    if (was_here) ++report.people_erased;
  }
}

void fill_folder(session::BackupReader& in, const session::StoreFolder& folder,
                 const RestoreOptions& options, const std::shared_ptr<base::Log>& log,
                 const std::optional<OldStore>& old, RestoreReport& report) {
  Unsealed store = unseal(in, folder);
  const Instant now = options.options.clock ? options.options.clock() : Instant::now();
  report.node = base::make_uuid(now);
  report.reencrypt = old && old->header.database > store.header.database;
  make_ways_in(store, options, old, report, now);
  leave_tails(folder, store.store_key);
  {
    StoreState state(log,
                     OpenedStore{folder,
                                 store.store_key.copy(),
                                 report.node,
                                 {},
                                 session::open_engine(folder, store.store_key)},
                     options.options, {});
    put_right(state, old, report);
  }
  // The header comes last: until then the folder is no store.
  crypto::write_key_header(folder.keys(), store.header);
}

}  // namespace

RestoreReport Store::restore(const std::filesystem::path& file, const BackupSecret& secret,
                             const std::filesystem::path& folder, const RestoreOptions& options) {
  const auto log = std::make_shared<base::Log>(options.options.log);
  const base::LoggedCall call(*log);
  session::BackupReader in(file);
  in.unlock(stream_key(in.header(), secret));
  const std::optional<OldStore> old = read_old_store(options);
  RestoreReport report;
  report.from = in.header().node;
  report.at = in.header().at;
  report.old_store_read = old.has_value();
  const session::StoreFolder made = session::make_store_folder(folder);
  try {
    fill_folder(in, made, options, log, old, report);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove_all(made.path, ignored);
    throw;
  }
  return report;
}

}  // namespace renraku
