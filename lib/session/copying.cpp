// A whole store carried to another place, and two held against each other.
#include <renraku/copying.hpp>

#include "access/journal/heads.hpp"
#include "access/journal/segment.hpp"
#include "access/journal/verify.hpp"
#include "base/uuid.hpp"
#include "crypto/key_file.hpp"
#include "domain/carrying/carrying.hpp"
#include "session/arriving.hpp"
#include "session/opening.hpp"
#include "session/schema.hpp"
#include "session/store_server.hpp"

namespace renraku {
namespace {

using access::Action;

session::OpenedFolder open_at(const std::string& address, const std::filesystem::path& home,
                              const Secret& secret) {
  return session::open_folder(session::names_server(address)
                                  ? session::find_on_server(address, session::find_home(home))
                                  : session::find_store_folder(address),
                              secret);
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

/// Goes through all tables of two databases, and tells how far it is.
class Walks {
 public:
  using Tables = std::vector<const storage::Carried*>;

  Walks(storage::Database& one, storage::Database& other, const Progress& progress)
      : one_(one),
        other_(other),
        progress_(progress),
        carried_(domain::carried_tables(session::migrations())) {}

  [[nodiscard]] Tables tables() const {
    Tables all;
    for (const auto& each : carried_) all.push_back(each.get());
    return all;
  }

  /// So much more is going to be read.
  void expect(const Tables& tables) {
    storage::Transaction transaction = one_.read();
    for (const storage::Carried* each : tables) in_all_ += each->count(transaction);
  }

  /// Makes the tables of the other what they are in the one. Those that were not the same.
  [[nodiscard]] Tables carry(const Tables& tables, CopyReport& report) {
    Tables changed;
    report.rows = 0;
    for (const storage::Carried* each : tables) {
      const storage::CarriedCount count = storage::carry(one_, other_, *each, tick());
      report.rows += count.rows;
      report.written += count.missing + count.different;
      if (!count.is_same()) changed.push_back(each);
    }
    return changed;
  }

  [[nodiscard]] std::vector<TableComparison> compare() {
    std::vector<TableComparison> all;
    for (const storage::Carried* each : tables()) {
      TableComparison table;
      const storage::CarriedCount count =
          storage::compare(one_, other_, *each, tick(), [&](const storage::Cells& row) {
            if (table.first.size() < first_max) table.first.push_back(each->row_name(row));
          });
      table.table = each->name();
      table.same = count.rows - count.missing - count.different;
      table.different = count.different;
      table.only_one = count.missing;
      table.only_other = count.surplus;
      all.push_back(std::move(table));
    }
    for (const std::string_view table : domain::tables_of_people) all.push_back(count(table));
    return all;
  }

 private:
  static constexpr std::size_t first_max = 10;

  [[nodiscard]] TableComparison count(std::string_view table) {
    const std::string sql = fmt::format("SELECT count(*) FROM {}", table);
    const auto count_in = [&](storage::Database& database) {
      storage::Transaction transaction = database.read();
      return transaction.query(sql).optional<std::int64_t>().value_or(0);
    };
    const std::int64_t here = count_in(one_);
    const std::int64_t there = count_in(other_);
    TableComparison counted;
    counted.table = table;
    counted.same = std::min(here, there);
    counted.only_one = here - counted.same;
    counted.only_other = there - counted.same;
    return counted;
  }

  [[nodiscard]] storage::Tick tick() {
    return [this](std::int64_t rows) {
      done_ += rows;
      if (!progress_ || progress_(done_, done_, std::max(done_, in_all_))) return;
      throw Error(ErrorCode::cancelled, "the work was cancelled; the same call goes on from there");
    };
  }

  storage::Database& one_;
  storage::Database& other_;
  const Progress& progress_;
  std::vector<std::unique_ptr<storage::Carried>> carried_;
  std::int64_t done_ = 0;
  std::int64_t in_all_ = 0;
};

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

/// The rest, while nobody writes into the store: until what was carried reads back as it is there.
void carry_rest(Walks& walks, CopyReport& report) {
  constexpr int walks_max = 4;
  Walks::Tables left = walks.tables();
  std::int64_t rows = 0;
  for (int i = 0; i < walks_max; ++i) {
    walks.expect(left);
    left = walks.carry(left, report);
    if (i == 0) rows = report.rows;
    if (left.empty()) break;
  }
  report.rows = rows;
  if (left.empty()) return;
  throw Error(ErrorCode::internal, "what was carried does not read back as it is in the store",
              left.front()->name());
}

crypto::KeyHeader header_of_copy(const session::OpenedFolder& source, const Uuid& node) {
  crypto::KeyHeader header = crypto::read_key_header(source.folder.keys()).header;
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
  Walks walks(from, there, options.progress);
  // While others go on working.
  walks.expect(walks.tables());
  static_cast<void>(walks.carry(walks.tables(), report));
  {
    // Until this ends nobody writes there; whoever reads goes on.
    storage::Transaction still = from.write();
    carry_rest(walks, report);
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

}  // namespace

CopyReport copy_store(const std::string& from, const Secret& secret, const std::string& to,
                      const CopyOptions& options) {
  const auto log = std::make_shared<base::Log>(options.options.log);
  const base::LoggedCall call(*log);
  session::OpenedFolder source = open_at(from, options.options.home, secret);
  session::Arrival arrival(to, options.home.empty() ? options.options.home : options.home,
                           source.header.store_id, source.unlocked.store_key);
  const Instant now = options.options.clock ? options.options.clock() : Instant::now();
  const Uuid node = base::make_uuid(now);
  tell_source(source, log, to, node, options);
  return copy(source, arrival, node, options);
}

StoreComparison compare_stores(const std::string& one, const std::string& other,
                               const Secret& secret, const CopyOptions& options) {
  const auto log = std::make_shared<base::Log>(options.options.log);
  const base::LoggedCall call(*log);
  const std::filesystem::path& home = options.options.home;
  session::OpenedFolder first = open_at(one, home, secret);
  session::OpenedFolder second = open_at(other, options.home.empty() ? home : options.home, secret);
  storage::Database one_database(std::move(first.engine));
  storage::Database other_database(std::move(second.engine));
  one_database.migrate(session::migrations());
  other_database.migrate(session::migrations());
  Walks walks(one_database, other_database, options.progress);
  walks.expect(walks.tables());
  StoreComparison comparison;
  comparison.tables = walks.compare();
  for (const TableComparison& table : comparison.tables) {
    comparison.same = comparison.same && table.different + table.only_one + table.only_other == 0;
  }
  comparison.journal = prove(
      one_database, journal_keys(first.header.node, first.unlocked.store_key, options.options));
  comparison.other_journal = prove(
      other_database, journal_keys(second.header.node, second.unlocked.store_key, options.options));
  return comparison;
}

}  // namespace renraku
