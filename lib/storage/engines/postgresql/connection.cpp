#include "storage/engines/postgresql/connection.hpp"

#include <fmt/format.h>

#include "base/backing_off.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "storage/engines/postgresql/connecting.hpp"
#include "storage/engines/postgresql/messages.hpp"
#include "storage/engines/postgresql/statement.hpp"
#include "storage/engines/words.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr EngineWords words{.key = "BIGINT PRIMARY KEY",
                            .bytes = "BYTEA",
                            .clustered = "",
                            .sealed = "renraku_sealed",
                            .sealed_bytes = "renraku_sealed",
                            .keyed = "renraku_keyed",
                            .keyed_bytes = "renraku_keyed",
                            .keyed_set = "renraku_keyed_set",
                            .set_index = "USING gin",
                            .ordered = "renraku_ordered",
                            .bound_text = "renraku_bound_text",
                            .bound_number = "renraku_bound_number",
                            .bound_bytes = "renraku_bound_bytes",
                            .embedded = "--"};

/// The rules of the domain count on one writer at a time, so the lock is the whole database's, held
/// until the transaction ends; its number is this library's ("renraku"). Later each municipality
/// may have a lock of its own. READ COMMITTED is enough under it, and needed: a snapshot from
/// before the lock would not know what the writer before had done.
constexpr const char* begin_writing =
    "BEGIN ISOLATION LEVEL READ COMMITTED;"
    "SELECT current_setting('transaction_read_only'), to_regclass('renraku_act') IS NOT NULL "
    "FROM pg_advisory_xact_lock(32199672384809845)";
/// The same where the schema is known to be there, in statements that the server keeps, sent
/// together. The head of the vouched tables is read by one of its own, whose snapshot is from after
/// the lock.
constexpr const char* begin_writing_in_schema = "BEGIN ISOLATION LEVEL READ COMMITTED";
constexpr const char* take_lock = "SELECT pg_advisory_xact_lock(32199672384809845)";
constexpr const char* read_state =
    "SELECT current_setting('transaction_read_only'), (SELECT sealed FROM renraku_vouched_head)";

constexpr std::string_view taking_the_place = "taking the writer's place";

constexpr const char* begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

constexpr const char* make_marks =
    "CREATE TABLE IF NOT EXISTS renraku_act (id BYTEA PRIMARY KEY, at TIMESTAMPTZ NOT NULL DEFAULT "
    "now()); CREATE INDEX IF NOT EXISTS renraku_act_at ON renraku_act (at)";
constexpr const char* leave_mark = "INSERT INTO renraku_act (id) VALUES ($1)";
constexpr const char* forget_old_marks =
    "DELETE FROM renraku_act WHERE at < now() - INTERVAL '1 day'";
constexpr std::uint64_t commits_between_tidying = 1000;

}  // namespace

PostgresqlConnection::PostgresqlConnection(const Server& server, std::shared_ptr<Vault> vault,
                                           std::shared_ptr<const VouchedTables> tables,
                                           std::shared_ptr<const DeclaredColumns> declared,
                                           std::shared_ptr<SeenVersion> seen)
    : server_(server),
      tables_(std::move(tables)),
      link_(std::make_shared<Link>(postgresql::connect(server.address), std::move(vault), tables_,
                                   std::move(declared), std::move(seen))) {}

std::unique_ptr<Statement> PostgresqlConnection::prepare(std::string_view sql) {
  if (auto on_copy = link_->vouched.prepare(sql)) return on_copy;
  return std::make_unique<PostgresqlStatement>(link_, sql);
}

void PostgresqlConnection::run(std::string_view script) {
  const Result ignored = link_->wire.run(std::string(script).c_str(), "running a statement");
}

void PostgresqlConnection::begin_read() {
  writes_ = false;
  link_->wire.begin_with_first(begin_reading);
  link_->vouched.begin();
  link_->keys.begin();
}

void PostgresqlConnection::begin_write() {
  link_->ordering.begin();
  link_->keys.begin();
  try {
    in_schema_ ? begin_write_in_schema() : begin_first_write();
    writes_ = true;
  } catch (const Error&) {
    rollback();
    throw;
  }
}

void PostgresqlConnection::begin_first_write() {
  const Result begun = link_->wire.run(begin_writing, taking_the_place);
  if (cell_of(begun.get(), 0).view() == "on") throw only_reads(taking_the_place);
  link_->vouched.begin();
  in_schema_ = cell_of(begun.get(), 1).view() == "t";
}

void PostgresqlConnection::begin_write_in_schema() {
  Wire& wire = link_->wire;
  wire.begin_with_first(begin_writing_in_schema);
  wire.queue(wire.prepared(take_lock).c_str(), {});
  const Result state = wire.ask(wire.prepared(read_state), {}, taking_the_place);
  if (cell_of(state.get(), 0).view() == "on") throw only_reads(taking_the_place);
  const Cell head = cell_of(state.get(), 1);
  const crypto::ByteView sealed = crypto::view_of(head.view());
  link_->vouched.begin(head.data ? std::optional(crypto::Bytes(sealed.begin(), sealed.end()))
                                 : std::nullopt);
}

void PostgresqlConnection::commit() {
  if (!writes_) {
    link_->wire.end_reading();
  } else {
    link_->vouched.send_changes();
    if (in_schema_) {
      commit_marked();
    } else {
      link_->wire.commit();
    }
  }
  link_->vouched.committed();
}

void PostgresqlConnection::rollback() noexcept {
  link_->wire.rollback();
  link_->vouched.rolled_back();
}

void PostgresqlConnection::commit_marked() {
  if (commits_++ % commits_between_tidying == 0) run(forget_old_marks);
  Act act{};
  crypto::fill_random(act);
  const std::array value{reinterpret_cast<const char*>(act.data())};
  constexpr std::array size{static_cast<int>(std::tuple_size_v<Act>)};
  constexpr std::array binary{1};
  link_->wire.queue(link_->wire.prepared(leave_mark).c_str(), {value, size, binary});
  try {
    link_->wire.commit();
  } catch (const Error& error) {
    if (error.field() != "commit") throw;
    if (!was_committed(act)) throw error_of("08006", "committing");
  }
}

/// Throws the unknown outcome when nobody can be asked for too long. The writer's lock makes sure
/// that the transaction in question is over.
bool PostgresqlConnection::was_committed(const Act& act) const {
  base::BackingOff waiting(server_.patience);
  while (true) {
    try {
      Wire fresh(postgresql::connect(server_.address));
      const Result locked = fresh.run(begin_writing, "asking what became of a commit");
      const Result found = fresh.run(
          fmt::format("SELECT 1 FROM renraku_act WHERE id = '\\x{}'", crypto::hex(act)).c_str(),
          "asking what became of a commit");
      if (cell_of(locked.get(), 0).view() != "on") return PQntuples(found.get()) == 1;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::io && error.code() != ErrorCode::busy) throw;
    }
    if (!waiting.wait()) throw unknown_outcome();
  }
}

int PostgresqlConnection::schema_version() {
  if (!prepare("SELECT 1 WHERE to_regclass('renraku_schema') IS NOT NULL")->step()) return 0;
  const auto version = prepare("SELECT version FROM renraku_schema");
  return version->step() ? static_cast<int>(version->integer(0)) : 0;
}

void PostgresqlConnection::set_schema_version(int version) {
  run(
      fmt::format("CREATE TABLE IF NOT EXISTS renraku_schema (only_row BIGINT PRIMARY KEY CHECK "
                  "(only_row = 1), version BIGINT NOT NULL);"
                  "INSERT INTO renraku_schema (only_row, version) VALUES (1, {0}) "
                  "ON CONFLICT (only_row) DO UPDATE SET version = {0}",
                  version));
}

void PostgresqlConnection::keep_to(std::string_view municipality) {
  constexpr KeyOwner nobody = -1;
  if (municipality.empty()) return link_->keys.keep_to(std::nullopt);
  link_->keys.keep_to(key_owner(municipality).value_or(nobody));
}

void PostgresqlConnection::define(std::string_view script) {
  Catalogue::define_types(link_->wire);
  VouchedRows::define(link_->wire);
  run(make_marks);
  const std::string on_server = tables_->without(script);
  if (!on_server.empty()) run(in_words_of(words, on_server));
}

}  // namespace renraku::storage::postgresql
