#include "session/opening.hpp"

#include <renraku/described/log.hpp>

#include "base/uuid.hpp"
#include "session/home_keys.hpp"
#include "session/public_slot.hpp"
#include "session/store_server.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"

namespace renraku {
namespace {

void add_first_slot(crypto::KeyHeader& header, const crypto::Key& store_key, const Secret& secret,
                    const std::string& name, const SecretCosts& costs, Instant now) {
  if (const auto* passphrase = std::get_if<Passphrase>(&secret)) {
    crypto::add_passphrase_slot(header, store_key, name, passphrase->text, costs.passphrase, now);
  } else if (const auto* host_key = std::get_if<HostKey>(&secret)) {
    crypto::add_host_key_slot(header, store_key, name, crypto::Key::from(host_key->bytes), now);
  } else {
    throw Error(ErrorCode::invalid_argument,
                "a recovery key is made by the store; create it with a passphrase or a host key",
                "secret");
  }
}

Store hold(std::unique_ptr<StoreState> state) {
  return StoreAccess::make({state.release(), CloseInItsProcess{}});
}

// The log hears of the slot by its id: its name may be somebody's.
void log_slot(const crypto::KeyHeader& header, const Uuid& id) {
  for (const crypto::Slot& slot : header.slots) {
    if (slot.id != id) continue;
    base::log_line(LogLevel::info, LogEvent::key_slot_used, "the {} slot {} opened the store",
                   enum_name(session::public_slot(slot).kind), id.text());
  }
}

crypto::KeyHeader read_header_to_open(const session::StoreFolder& folder) {
  crypto::StoredKeyHeader stored = session::read_keys(folder);
  if (!stored.sound()) {
    base::log_line(LogLevel::warning, LogEvent::key_header_damaged,
                   "a copy of the key header is damaged; the other one is used, and the next "
                   "change of a key slot mends it");
  }
  return std::move(stored.header);
}

session::MadeStore make_in_folder(const std::filesystem::path& path, crypto::KeyHeader& header,
                                  const crypto::Key& store_key) {
  session::MadeStore made{session::make_store_folder(path), nullptr};
  const crypto::Key pages = session::page_key(store_key);
  made.engine = storage::sqlcipher::create(made.folder.database(), pages.bytes().first<32>());
  // The header comes last: a folder without one was never a store.
  session::write_keys(made.folder, header);
  return made;
}

/// Does `work`, which opens the store with the log it is given, as a call of the host's.
template <class Work>
Store open_logged(const StoreOptions& options, Work&& work) {
  const auto log = std::make_shared<base::Log>(options.log);
  const base::LoggedCall call(*log);
  try {
    return hold(work(log));
  } catch (const Error& error) {
    base::log_line(LogLevel::warning, LogEvent::opening_failed, "the store was not opened: {}",
                   error.name());
    throw;
  }
}

}  // namespace

namespace session {

crypto::Unlocked unlock(const crypto::KeyHeader& header, const Secret& secret) {
  struct Unlock {
    const crypto::KeyHeader& header;
    crypto::Unlocked operator()(const Passphrase& passphrase) const {
      return crypto::unlock_with_passphrase(header, passphrase.text);
    }
    crypto::Unlocked operator()(const RecoveryKey& key) const {
      return crypto::unlock_with_recovery(header, key.printed);
    }
    crypto::Unlocked operator()(const HostKey& key) const {
      return crypto::unlock_with_host_key(header, crypto::Key::from(key.bytes));
    }
  };
  return std::visit(Unlock{header}, secret);
}

std::unique_ptr<storage::Engine> open_engine(const StoreFolder& folder,
                                             const crypto::Key& store_key) {
  if (folder.server) return open_server(folder, store_key);
  return storage::sqlcipher::open(folder.database(), page_key(store_key).bytes().first<32>());
}

OpenedFolder open_folder(StoreFolder folder, const Secret& secret) {
  while (true) {
    crypto::KeyHeader header = read_header_to_open(folder);
    if (folder.server && folder.server->store != header.store_id) {
      throw Error(
          ErrorCode::not_a_store,
          "the key header at home is another store's; copy that of the server's store there",
          "home");
    }
    folder.generation = header.database;
    crypto::Unlocked unlocked = unlock(header, secret);
    settle(folder);
    try {
      auto engine = open_engine(folder, unlocked.store_key);
      return {folder, std::move(header), std::move(unlocked), std::move(engine)};
    } catch (const Error&) {
      // Another process may have encrypted the store anew since the header was read.
      if (read_keys(folder).header.database == folder.generation) throw;
    }
  }
}

}  // namespace session

Store create_store(const std::string& address, const Secret& secret, const std::string& slot_name,
                   const StoreOptions& options, const SecretCosts& costs) {
  return open_logged(options, [&](const std::shared_ptr<base::Log>& log) {
    const Instant now = options.clock ? options.clock() : Instant::now();
    const bool on_server = session::names_server(address);
    const session::Home home = on_server ? session::find_home(options) : session::Home();
    crypto::Key store_key = crypto::Key::random();
    crypto::KeyHeader header = crypto::create_key_header(base::make_uuid(now), now);
    add_first_slot(header, store_key, secret, slot_name, costs, now);
    session::MadeStore made = on_server ? session::make_on_server(address, home, header, store_key)
                                        : make_in_folder(address, header, store_key);
    auto state = std::make_unique<StoreState>(
        log,
        OpenedStore{std::move(made.folder), std::move(store_key), header.node,
                    header.slots.front().id, std::move(made.engine)},
        options, costs);
    base::log_line(LogLevel::info, LogEvent::store_created, "store {} was made",
                   header.store_id.text());
    return state;
  });
}

Store open_store(const std::string& address, const Secret& secret, const StoreOptions& options,
                 const SecretCosts& costs) {
  return open_logged(options, [&](const std::shared_ptr<base::Log>& log) {
    session::OpenedFolder found =
        session::open_folder(session::names_server(address)
                                 ? session::find_on_server(address, session::find_home(options))
                                 : session::find_store_folder(address),
                             secret);
    log_slot(found.header, found.unlocked.slot);
    auto state = std::make_unique<StoreState>(
        log,
        OpenedStore{found.folder, std::move(found.unlocked.store_key), found.header.node,
                    found.unlocked.slot, std::move(found.engine)},
        options, costs);
    base::log_line(LogLevel::info, LogEvent::store_opened, "store {} was opened",
                   found.header.store_id.text());
    return state;
  });
}

Store::Store(std::shared_ptr<StoreState> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::create(const std::string& address, const Secret& secret, const std::string& slot_name,
                    const StoreOptions& options) {
  return create_store(address, secret, slot_name, options, {});
}

Store Store::open(const std::string& address, const Secret& secret, const StoreOptions& options) {
  return open_store(address, secret, options, {});
}

}  // namespace renraku
