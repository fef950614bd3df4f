// A whole store carried to another place, and two held against each other.
#include <renraku/moving.hpp>

#include "access/journal/heads.hpp"
#include "access/journal/segment.hpp"
#include "access/journal/verify.hpp"
#include "access/moving.hpp"
#include "base/uuid.hpp"
#include "domain/carrying/carrying.hpp"
#include "session/arriving.hpp"
#include "session/home_keys.hpp"
#include "session/opening.hpp"
#include "session/schema.hpp"
#include "session/store_server.hpp"
#include "session/walks.hpp"

namespace renraku {
namespace {

using access::Action;
using session::Walks;

session::OpenedFolder open_at(const std::string& address,
                              const std::function<session::Home()>& home, const Secret& secret) {
  return session::open_folder(session::names_server(address)
                                  ? session::find_on_server(address, home())
                                  : session::find_store_folder(address),
                              secret);
}

auto home_of_first(const CopyOptions& options) {
  return [&options] { return session::find_home(options.options); };
}

auto home_of_second(const CopyOptions& options) {
  return [&options] {
    if (options.home.empty() && !options.keeper) return session::find_home(options.options);
    return session::find_home(options.home, options.keeper);
  };
}

access::JournalKeys journal_keys(const Uuid& node, const crypto::Key& store_key,
                                 const StoreOptions& options) {
  return {
      node, session::wrapping_keys(store_key).municipalities,
      access::HeadSigner(options.journal_signer ? *options.journal_signer : own_signer(store_key))};
}

JournalReport prove(storage::Database& database, const access::JournalKeys& keys) {
  storage::Transaction transaction = database.read();
  return access::verify_journal(transaction, keys);
}

std::vector<std::string> archives_of(storage::Database& database) {
  storage::Transaction transaction = database.read();
  std::vector<std::string> files;
  for (const access::StoredChain& chain : access::stored_chains(transaction)) {
    for (const access::Segment& segment : access::segments_of(transaction, chain.pk)) {
      files.push_back(segment.file);
    }
  }
  return files;
}

// The store opens and closes as for any other use: what waits in tails is in its journal then.
void tell_source(session::OpenedFolder& source, const std::shared_ptr<base::Log>& log,
                 const std::string& to, const Uuid& node, const CopyOptions& options) {
  StoreState state(log,
                   OpenedStore{source.folder, source.unlocked.store_key.copy(), source.header.node,
                               source.unlocked.slot, std::move(source.engine)},
                   options.options, {});
  state.act({}, Action::store_copy, {}, [&](access::Permit& permit) {
    permit.note(fmt::format("begun, to {}; the copy is store {}",
                            session::names_server(to) ? "a server" : "a folder", node.text()));
  });
}

crypto::KeyHeader header_of_copy(const session::OpenedFolder& source, const Uuid& node) {
  crypto::KeyHeader header = session::read_keys(source.folder).header;
  if (header.database != source.folder.generation) {
    throw Error(ErrorCode::busy, "the store was encrypted anew; copy it again", "reopen");
  }
  crypto::take_node(header, source.unlocked.store_key, node);
  return header;
}

CopyReport copy(const session::OpenedFolder& source, session::Arrival& arrival, const Uuid& node,
                const CopyOptions& options) {
  const crypto::Key& store_key = source.unlocked.store_key;
  CopyReport report;
  report.node = node;
  storage::Database from(session::open_engine(source.folder, store_key));
  storage::Database there(arrival.engine());
  from.migrate(session::migrations());
  there.migrate(session::migrations());
  Walks walks(from, there, domain::carried_tables(session::migrations()),
              session::telling(options.progress));
  // While others go on working.
  walks.expect(walks.tables());
  static_cast<void>(walks.carry(walks.tables(), report));
  {
    // Until this ends nobody writes there; whoever reads goes on.
    storage::Transaction still = from.write();
    walks.carry_rest(walks.tables(), report);
    report.at = options.options.clock ? options.options.clock() : Instant::now();
    // Where its server is gone meanwhile, nobody stood still.
    static_cast<void>(access::stored_chains(still));
  }
  report.journal = prove(there, journal_keys(node, store_key, options.options));
  report.archives = archives_of(there);
  crypto::KeyHeader header = header_of_copy(source, node);
  arrival.finish(header);
  return report;
}

/// A store that is held against another one; nothing is written into it but what brings it up to
/// date.
struct Compared {
  session::OpenedFolder opened;
  storage::Database database;
  access::JournalKeys keys;

  Compared(session::OpenedFolder folder, const StoreOptions& options)
      : opened(std::move(folder)),
        database(std::move(opened.engine)),
        keys(journal_keys(opened.header.node, opened.unlocked.store_key, options)) {
    database.migrate(session::migrations());
  }

  [[nodiscard]] Uuid find_municipality(const std::string& code) {
    storage::Transaction transaction = database.read();
    const auto id = transaction.query("SELECT id FROM municipality WHERE code = :code")
                        .bind("code", code)
                        .optional<Uuid>();
    if (id) return *id;
    throw Error(ErrorCode::not_found, "the store has no municipality of this code", "municipality");
  }
};

StoreComparison compare(Walks& walks, Compared& one, Compared& other,
                        const storage::Slice& people) {
  walks.expect(walks.tables());
  StoreComparison comparison;
  comparison.tables = walks.compare();
  for (const std::string_view table : domain::tables_of_people) {
    comparison.tables.push_back(session::count_rows(one.database, other.database, table, people));
  }
  comparison.same = session::is_same(comparison.tables);
  comparison.journal = prove(one.database, one.keys);
  comparison.other_journal = prove(other.database, other.keys);
  return comparison;
}

}  // namespace

CopyReport copy_store(const std::string& from, const Secret& secret, const std::string& to,
                      const CopyOptions& options) {
  const auto log = std::make_shared<base::Log>(options.options.log);
  const base::LoggedCall call(*log);
  session::OpenedFolder source = open_at(from, home_of_first(options), secret);
  session::Arrival arrival(to, home_of_second(options), source.header.store_id,
                           source.unlocked.store_key);
  const Instant now = options.options.clock ? options.options.clock() : Instant::now();
  const Uuid node = base::make_uuid(now);
  tell_source(source, log, to, node, options);
  return copy(source, arrival, node, options);
}

StoreComparison compare_stores(const std::string& one, const std::string& other,
                               const Secret& secret, const CopyOptions& options) {
  const auto log = std::make_shared<base::Log>(options.options.log);
  const base::LoggedCall call(*log);
  Compared first(open_at(one, home_of_first(options), secret), options.options);
  Compared second(open_at(other, home_of_second(options), secret), options.options);
  Walks walks(first.database, second.database, domain::carried_tables(session::migrations()),
              session::telling(options.progress));
  return compare(walks, first, second, {});
}

StoreComparison compare_municipality(const std::string& one, const Secret& secret,
                                     const std::string& other, const Secret& other_secret,
                                     const std::string& municipality, const MoveOptions& options) {
  const auto log = std::make_shared<base::Log>(options.options.log);
  const base::LoggedCall call(*log);
  const auto open = [](const std::string& address, const Secret& key, const StoreOptions& with) {
    return Compared(open_at(
                        address, [&] { return session::find_home(with); }, key),
                    with);
  };
  Compared first = open(one, secret, options.options);
  Compared second = open(other, other_secret, options.other);
  domain::OfMunicipality of;
  of.code = municipality;
  of.id = first.find_municipality(municipality);
  of.now = options.options.clock ? options.options.clock() : Instant::now();
  Walks walks(first.database, second.database, domain::carried_tables(session::migrations(), of),
              session::telling(options.progress));
  StoreComparison comparison =
      compare(walks, first, second, {std::string(domain::part_of_people), domain::binding(of)});
  comparison.tables.push_back(session::comparison_of(
      "sealing_key of the store", access::compare_keys({first.database, first.keys.sealer},
                                                       {second.database, second.keys.sealer}, of.id,
                                                       storage::key_range(of.code))));
  comparison.same = session::is_same(comparison.tables);
  return comparison;
}

}  // namespace renraku
