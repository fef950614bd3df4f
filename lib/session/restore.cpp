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
#include "session/store_server.hpp"

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
  session::require_folder(options.old_store, "an old store is a folder: backups are made of those");
  session::OpenedFolder opened =
      session::open_folder(session::find_store_folder(options.old_store), *options.old_secret);
  storage::Database database(std::move(opened.engine));
  database.migrate(session::migrations());
  storage::Transaction transaction = database.read();
  return OldStore{domain::taken_away(transaction), std::move(opened.header)};
}

/// What happened since the backup was made, as far as anybody tells.
struct Since {
  std::optional<OldStore> old;
  /// As the witness gave them.
  std::vector<SignedRemoval> removals;
  /// Those that are of this store.
  access::Told told;

  [[nodiscard]] bool is_told(RemovalKind kind, const Uuid& id) const {
    const auto at = told.find({kind, id, {}});
    return at != told.end() && at->second.taken;
  }
  [[nodiscard]] bool is_removed(const crypto::Slot& slot) const {
    return is_told(RemovalKind::key_slot_removed, slot.id) ||
           (old && std::ranges::find(old->header.slots, slot.id, &crypto::Slot::id) ==
                       old->header.slots.end());
  }
  [[nodiscard]] std::vector<domain::TakenAway> taken() const {
    std::vector<domain::TakenAway> all;
    if (old) all.push_back(old->taken);
    all.push_back(domain::taken_away(told));
    return all;
  }
};

Since ask(const RestoreOptions& options) {
  Since since;
  since.old = read_old_store(options);
  if (options.witness.removals) since.removals = options.witness.removals();
  return since;
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

// Slots that were removed since are none here either.
void make_ways_in(Unsealed& store, const RestoreOptions& options, const Since& since,
                  RestoreReport& report, Instant now) {
  std::vector<Uuid> revoked;
  for (const crypto::Slot& slot : store.header.slots) {
    if (since.is_removed(slot)) revoked.push_back(slot.id);
  }
  crypto::take_node(store.header, store.store_key, report.node);
  if (options.passphrase) {
    crypto::add_passphrase_slot(store.header, store.store_key, "restored " + now.text(),
                                options.passphrase->text, crypto::Argon2Cost::for_store(), now);
  }
  for (const Uuid& slot : revoked) crypto::remove_slot(store.header, store.store_key, slot);
  report.slots_revoked = static_cast<std::int64_t>(revoked.size());
}

/// The database before anything is done in it: what waited in tails when the backup was made is
/// with the old store, and whose word counts is told by those who signed then.
void begin(const session::StoreFolder& folder, const crypto::Key& store_key,
           const RestoreOptions& options, const Uuid& from, Since& since) {
  storage::Database database(session::open_engine(folder, store_key));
  database.migrate(session::migrations());
  storage::Transaction transaction = database.write();
  access::leave_tails(transaction);
  std::optional<crypto::PublicKey> given;
  if (options.options.journal_signer) given = options.options.journal_signer->public_key;
  since.told = access::take_word(transaction, from, since.removals, given);
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

void put_right(StoreState& state, const Since& since, RestoreReport& report) {
  if (const auto wrong = state.database().check(); !wrong.empty()) {
    throw Error(ErrorCode::damaged, "the database in the backup is not whole; take another backup");
  }
  const std::vector<domain::TakenAway> all = since.taken();
  state.act({}, Action::backup_restore, {}, [&](access::Permit& permit) {
    domain::end_all_sessions(permit);
    for (const domain::TakenAway& taken : all) {
      const domain::TakenAgain again = domain::take_away_again(permit, taken);
      report.members_suspended += again.members;
      report.certificates_revoked += again.certificates;
      report.applications_revoked += again.applications;
    }
    permit.note(fmt::format("from a backup of {} by store {}, {}", report.at.text(),
                            report.from.text(), head_of(permit.transaction(), report)));
  });
  for (const domain::TakenAway& taken : all) {
    for (const Erasure& erasure : taken.erasures) {
      const bool was_here = state.act({}, Action::backup_restore, {}, [&](access::Permit& permit) {
        return domain::erase_again(permit, erasure);
      });
      if (was_here) ++report.people_erased;
    }
  }
}

void fill_folder(session::BackupReader& in, const session::StoreFolder& folder,
                 const RestoreOptions& options, const std::shared_ptr<base::Log>& log, Since& since,
                 RestoreReport& report) {
  Unsealed store = unseal(in, folder);
  begin(folder, store.store_key, options, report.from, since);
  const Instant now = options.options.clock ? options.options.clock() : Instant::now();
  report.node = base::make_uuid(now);
  report.witness_read = !since.told.empty();
  report.reencrypt =
      since.is_told(RemovalKind::store_key_replaced, session::name_of(store.store_key)) ||
      (since.old && since.old->header.database > store.header.database);
  make_ways_in(store, options, since, report, now);
  StoreOptions unseen = options.options;
  // There is no store to tell of yet.
  unseen.witness = {};
  {
    StoreState state(log,
                     OpenedStore{folder,
                                 store.store_key.copy(),
                                 report.node,
                                 {},
                                 session::open_engine(folder, store.store_key)},
                     unseen, {});
    put_right(state, since, report);
  }
  // The header comes last: until then the folder is no store.
  crypto::write_key_header(folder.keys(), store.header);
}

}  // namespace

RestoreReport Store::restore(const std::filesystem::path& file, const BackupSecret& secret,
                             const std::filesystem::path& folder, const RestoreOptions& options) {
  const auto log = std::make_shared<base::Log>(options.options.log);
  const base::LoggedCall call(*log);
  session::require_folder(folder, "a backup is restored into a folder; give one");
  session::BackupReader in(file);
  in.unlock(stream_key(in.header(), secret));
  Since since = ask(options);
  RestoreReport report;
  report.from = in.header().node;
  report.at = in.header().at;
  report.old_store_read = since.old.has_value();
  const session::StoreFolder made = session::make_store_folder(folder);
  try {
    fill_folder(in, made, options, log, since, report);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove_all(made.path, ignored);
    throw;
  }
  return report;
}

}  // namespace renraku
