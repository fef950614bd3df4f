#include "storage/engines/postgresql/wire.hpp"

#include <algorithm>
#include <vector>

#include "storage/engines/postgresql/messages.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr const char* in_failed_transaction = "25P02";
constexpr std::string_view running = "running a statement";
constexpr std::string_view committing = "committing";

/// Answers that wait unread cost memory, some 50 bytes each, and an error is told when they are
/// read. To read them means to wait until the server has done everything.
constexpr int queued_max = 256;

/// A server that ends, or ends this session, says so with one of these.
bool is_farewell(std::string_view state) {
  return state.starts_with("57P");
}

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

int send_text(PGconn* connection, const char* sql) {
  return PQsendQueryParams(connection, sql, 0, nullptr, nullptr, nullptr, nullptr, 0);
}

int send_prepared(PGconn* connection, const char* name, const BoundValues& bound) {
  constexpr int binary = 1;
  return PQsendQueryPrepared(connection, name, static_cast<int>(bound.values.size()),
                             bound.values.data(), bound.sizes.data(), bound.formats.data(), binary);
}

}  // namespace

void Wire::begin_with_first(const char* begin) {
  if (ending_) settle();
  failed_.clear();
  // A server that went away left a farewell and the end of the stream behind, which costs no round
  // trip to see.
  for (int look = 0; look < 2; ++look) {
    if (!PQconsumeInput(connection_.get()) || !is_alive()) throw error_of("08006", "beginning");
  }
  begin_due_ = begin;
}

Result Wire::run(const char* script, std::string_view doing) {
  if (begin_due_) enter();
  make_way();
  settle();
  Result result(PQexec(connection_.get(), script));
  if (!succeeded(result.get())) fail(result.get(), doing);
  return result;
}

Result Wire::ask(const std::string& name, std::span<const std::string> parameters,
                 std::string_view doing) {
  constexpr int binary = 1;
  std::vector<const char*> values;
  std::vector<int> sizes;
  const std::vector<int> formats(parameters.size(), binary);
  for (const std::string& parameter : parameters) {
    values.push_back(parameter.c_str());
    sizes.push_back(static_cast<int>(parameter.size()));
  }
  enter();
  if (!send_prepared(connection_.get(), name.c_str(), {values, sizes, formats})) {
    fail(nullptr, doing);
  }
  take_queued();
  Result result = answer(doing);
  finish();
  return result;
}

void Wire::commit() {
  make_way();
  if (std::exchange(begin_due_, nullptr)) return;
  if (!is_alive()) throw error_of("08006", committing);
  enter();
  if (!send_text(connection_.get(), "COMMIT")) fail(nullptr, committing);
  try {
    take_queued();
    const Result result = answer(committing);
    finish();
    // A transaction in which something failed is rolled back by its COMMIT, which calls that
    // success.
    if (std::string_view(PQcmdStatus(result.get())) == "COMMIT") return;
  } catch (const Error&) {
    if (!is_alive() || is_farewell(failed_)) throw unknown_outcome();
    throw;
  }
  throw error_of(failed_, "committing what had failed before");
}

void Wire::end_reading() {
  make_way();
  if (std::exchange(begin_due_, nullptr)) return;
  if (!failed_.empty()) return commit();  // which says so
  enter();
  // END is the same as COMMIT, and told from a writer's by who watches the line.
  count(send_text(connection_.get(), "END"));
  if (!PQpipelineSync(connection_.get())) fail(nullptr, committing);
  ending_ = true;
}

void Wire::rollback() noexcept {
  for (Waiting* const each : std::exchange(waiting_, {})) each->forget_waiting();
  drop();
  if (std::exchange(begin_due_, nullptr)) return;
  if (pipelined_) {
    if (!std::exchange(ending_, false)) PQpipelineSync(connection_.get());
    finish();
  }
  failed_.clear();
  if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  const Result ignored(PQexec(connection_.get(), "ROLLBACK"));
}

bool Wire::is_alive() const noexcept {
  return PQstatus(connection_.get()) == CONNECTION_OK;
}

Result Wire::prepare(const char* name, const char* sql) {
  constexpr std::string_view doing = "preparing a statement";
  PGconn* const connection = connection_.get();
  enter();
  if (!PQsendPrepare(connection, name, sql, 0, nullptr) ||
      !PQsendDescribePrepared(connection, name)) {
    fail(nullptr, doing);
  }
  take_queued();
  const Result prepared = answer(doing);
  Result description = answer(doing);
  finish();
  return description;
}

const std::string& Wire::prepared(const std::string& sql) {
  const auto known = prepared_.find(sql);
  if (known != prepared_.end()) return known->second;
  std::string name = new_name();
  const Result ignored = prepare(name.c_str(), sql.c_str());
  return prepared_.emplace(sql, std::move(name)).first->second;
}

void Wire::queue(const char* name, const BoundValues& bound) {
  make_way();
  queue_rows(name, bound);
}

void Wire::queue_rows(const char* name, const BoundValues& bound) {
  enter_with_rows();
  count(send_prepared(connection_.get(), name, bound));
  if (queued_ >= queued_max) settle();
}

void Wire::send(Reader& reader, const char* name, const BoundValues& bound) {
  enter();
  if (!send_prepared(connection_.get(), name, bound)) fail(nullptr, running);
  take_queued();
  reader_ = &reader;
  PQsetSingleRowMode(connection_.get());
}

Result Wire::receive() {
  Result result(PQgetResult(connection_.get()));
  if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) return result;
  finish();
  if (!succeeded(result.get())) fail(result.get(), running);
  return result;
}

void Wire::drop() noexcept {
  if (reader_) finish();
}

void Wire::wait_with(Waiting& waiting) {
  if (std::ranges::find(waiting_, &waiting) == waiting_.end()) waiting_.push_back(&waiting);
}

void Wire::make_way() {
  if (reader_) reader_->keep_rest();
  // Should one fail, those behind it are still known here, and forgotten with the transaction.
  while (!waiting_.empty()) {
    Waiting* const first = waiting_.front();
    waiting_.erase(waiting_.begin());
    first->send_waiting();
  }
}

void Wire::enter() {
  make_way();
  enter_with_rows();
}

void Wire::enter_with_rows() {
  if (reader_) reader_->keep_rest();
  if (!pipelined_ && !PQenterPipelineMode(connection_.get())) fail(nullptr, running);
  pipelined_ = true;
  if (begin_due_) count(send_text(connection_.get(), std::exchange(begin_due_, nullptr)));
}

void Wire::count(int sent) {
  if (!sent) fail(nullptr, running);
  ++queued_;
}

void Wire::take_queued() {
  if (!PQpipelineSync(connection_.get())) fail(nullptr, running);
  take_answers();
}

void Wire::take_answers() {
  while (queued_ > 0) {
    const Result ignored = answer(running);
    --queued_;
  }
}

void Wire::settle() {
  if (!pipelined_) return;
  // The end of a transaction that only read has asked for its answers already.
  if (std::exchange(ending_, false)) {
    take_answers();
  } else {
    take_queued();
  }
  finish();
}

Result Wire::answer(std::string_view doing) {
  Result result(PQgetResult(connection_.get()));
  if (!succeeded(result.get())) {
    finish();
    fail(result.get(), doing);
  }
  const Result end(PQgetResult(connection_.get()));
  return result;
}

void Wire::finish() noexcept {
  reader_ = nullptr;
  queued_ = 0;
  PGconn* const connection = connection_.get();
  // A null ends one statement, the sync ends all, and two nulls say that nothing was under way.
  for (int nulls = 0; pipelined_ && nulls < 2 && PQstatus(connection) == CONNECTION_OK;) {
    const Result result(PQgetResult(connection));
    nulls = result ? 0 : nulls + 1;
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) break;
    if (result) note(result.get());
  }
  pipelined_ = PQexitPipelineMode(connection) == 0;
}

void Wire::note(const PGresult* result) {
  if (PQresultStatus(result) == PGRES_FATAL_ERROR && failed_.empty()) failed_ = state_of(result);
}

void Wire::fail(const PGresult* result, std::string_view doing) {
  note(result);
  if (state_of(result) == in_failed_transaction) throw error_of(failed_, doing);
  throw error_of(result, doing);
}

}  // namespace renraku::storage::postgresql
