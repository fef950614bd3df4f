#include "storage/database.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "storage/row_memory.hpp"

namespace renraku::storage {
namespace {

/// Tells of a wait for another writer that users must have felt, however it ended.
class WriterWait {
 public:
  WriterWait() = default;
  WriterWait(const WriterWait&) = delete;
  WriterWait& operator=(const WriterWait&) = delete;
  ~WriterWait() {
    using std::chrono::milliseconds;
    const auto waited = std::chrono::duration_cast<milliseconds>(Clock::now() - begun_);
    if (waited < felt_from) return;
    base::log_line(LogLevel::warning, LogEvent::writer_waited,
                   "a change waited {} ms for another writer", waited.count());
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds felt_from{1};

  Clock::time_point begun_ = Clock::now();
};

}  // namespace

Transaction::Transaction(Database& database, base::ForkHold hold, Lease lease, bool writes)
    : database_(&database),
      hold_(std::move(hold)),
      lease_(std::move(lease)),
      writes_(writes),
      changes_before_(database.memory_->changes()) {}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(other.database_),
      hold_(std::move(other.hold_)),
      lease_(std::move(other.lease_)),
      writes_(other.writes_),
      open_(std::exchange(other.open_, false)),
      releases_(other.releases_),
      changes_before_(other.changes_before_),
      changed_(std::move(other.changed_)) {}

Transaction::~Transaction() {
  roll_back();
}

void Transaction::roll_back() noexcept {
  if (!lease_.connection) return;
  if (hold_ && hold_->is_inherited()) {
    // A parent's connection, which may be closed here already.
    static_cast<void>(lease_.statements.release());
    static_cast<void>(lease_.connection.release());
    return;
  }
  if (open_) lease_.connection->rollback();
  if (releases_) lease_.connection->release_pages();
  database_->give_back(std::move(lease_), writes_);
  hold_.reset();
}

Query Transaction::query(std::string_view sql) {
  return Query(lease_.statements->lease(sql));
}

void Transaction::release_pages() noexcept {
  lease_.connection->release_pages();
  releases_ = true;
}

void Transaction::commit() {
  lease_.connection->commit();
  open_ = false;
  for (const std::string& whose : changed_) database_->memory_->let_go(whose);
}

std::shared_ptr<const PackedRows> Transaction::kept_rows(const RowsName& name) const {
  return database_->memory_->find(name);
}

void Transaction::keep_rows(RowsName name, std::shared_ptr<const PackedRows> rows) const {
  if (!writes_) database_->memory_->keep(std::move(name), std::move(rows), changes_before_);
}

bool Transaction::changes_rows_of(std::string_view whose) {
  if (std::ranges::find(changed_, whose) != changed_.end()) return false;
  changed_.emplace_back(whose);
  return true;
}

Database::Database(std::unique_ptr<Engine> engine)
    : engine_(std::move(engine)), memory_(std::make_shared<RowMemory>()) {}

Database::Lease Database::connect() {
  Lease lease;
  lease.connection = engine_->connect();
  lease.statements = std::make_unique<StatementCache>(*lease.connection);
  return lease;
}

void Database::begin(Lease& lease, void (Connection::*how)()) {
  if (lease.connection) {
    try {
      (*lease.connection.*how)();
      return;
    } catch (const Error&) {
      if (lease.connection->is_alive()) throw;
    }
  }
  lease = connect();
  (*lease.connection.*how)();
}

void Database::give_back(Lease lease, bool writes) noexcept {
  memory_->let_go_of_old();
  if (lease.connection && !lease.connection->is_alive()) lease = {};
  {
    const std::lock_guard lock(mutex_);
    if (writes) {
      writer_ = std::move(lease);
      writing_ = false;
    } else {
      --readers_;
      if (lease.connection) idle_readers_.push_back(std::move(lease));
    }
  }
  changed_.notify_all();
}

Transaction Database::read() {
  Lease lease;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return readers_ < readers_max; });
    ++readers_;
    if (!idle_readers_.empty()) {
      lease = std::move(idle_readers_.back());
      idle_readers_.pop_back();
    }
  }
  base::ForkHold hold;
  try {
    begin(lease, &Connection::begin_read);
  } catch (...) {
    {
      const std::lock_guard lock(mutex_);
      --readers_;
    }
    changed_.notify_all();
    throw;
  }
  return Transaction(*this, std::move(hold), std::move(lease), false);
}

Transaction Database::write() {
  const WriterWait wait;
  Lease lease;
  {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, writer_patience, [this] { return !writing_; })) {
      throw Error(ErrorCode::busy, "another thread keeps writing to this store; try again");
    }
    writing_ = true;
    lease = std::move(writer_);
  }
  base::ForkHold hold;
  try {
    begin(lease, &Connection::begin_write);
  } catch (...) {
    give_back(std::move(lease), true);
    throw;
  }
  return Transaction(*this, std::move(hold), std::move(lease), true);
}

void Database::migrate(std::span<const Migration> migrations) {
  engine_->know(migrations);
  const int newest = migrations.empty() ? 0 : migrations.back().version;
  const auto version_in = [newest](Transaction& transaction) {
    const int version = transaction.lease_.connection->schema_version();
    if (version < 0) {
      throw Error(ErrorCode::damaged, "the store's schema has a number that no version of it had");
    }
    if (version <= newest) return version;
    throw Error(ErrorCode::newer_format,
                fmt::format("the store has schema {}, this library knows {}; update the library",
                            version, newest));
  };
  // A store that is up to date, nearly always, is opened without waiting for a writer.
  const int found = [&] {
    Transaction looking = read();
    return version_in(looking);
  }();
  if (found == newest) return;
  while (true) {
    Transaction transaction = write();
    const int version = version_in(transaction);
    if (version == newest) return;
    const Migration& step = migrations[static_cast<std::size_t>(version)];
    transaction.lease_.connection->define(step.script);
    transaction.lease_.connection->set_schema_version(step.version);
    transaction.commit();
    if (found > 0) {  // a new store is none that was brought up to date
      base::log_line(LogLevel::info, LogEvent::schema_migrated, "schema {} became {}", version,
                     step.version);
    }
  }
}

std::vector<std::string> Database::check() {
  Lease lease = connect();
  return engine_->check(*lease.connection);
}

}  // namespace renraku::storage
