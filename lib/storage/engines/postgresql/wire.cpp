#include "storage/engines/postgresql/wire.hpp"

#include "storage/engines/postgresql/messages.hpp"

namespace renraku::storage::postgresql {
namespace {

constexpr const char* in_failed_transaction = "25P02";
constexpr std::string_view running = "running a statement";

/// A server that ends, or ends this session, says so with one of these.
bool is_farewell(std::string_view state) {
  return state.starts_with("57P");
}

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

}  // namespace

void Wire::begin_with_first(const char* begin) {
  failed_.clear();
  // A server that went away left a farewell and the end of the stream behind, which costs no round
  // trip to see.
  for (int look = 0; look < 2; ++look) {
    if (!PQconsumeInput(connection_.get()) || !is_alive()) throw error_of("08006", "beginning");
  }
  begin_due_ = begin;
}

Result Wire::run(const char* script, std::string_view doing) {
  make_way();
  if (begin_due_) {
    const Result begun(PQexec(connection_.get(), std::exchange(begin_due_, nullptr)));
    if (!succeeded(begun.get())) fail(begun.get(), "beginning");
  }
  Result result(PQexec(connection_.get(), script));
  if (!succeeded(result.get())) fail(result.get(), doing);
  return result;
}

void Wire::commit() {
  make_way();
  if (std::exchange(begin_due_, nullptr)) return;
  if (!is_alive()) throw error_of("08006", "committing");
  const Result result(PQexec(connection_.get(), "COMMIT"));
  if (!succeeded(result.get())) {
    if (!is_alive() || is_farewell(state_of(result.get()))) throw unknown_outcome();
    fail(result.get(), "committing");
  }
  // A transaction in which something failed is rolled back by its COMMIT, which calls that success.
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT") {
    throw error_of(failed_, "committing what had failed before");
  }
}

void Wire::rollback() noexcept {
  drop();
  failed_.clear();
  if (std::exchange(begin_due_, nullptr)) return;
  if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  const Result ignored(PQexec(connection_.get(), "ROLLBACK"));
}

bool Wire::is_alive() const noexcept {
  return PQstatus(connection_.get()) == CONNECTION_OK && (reader_ || !pipelined_);
}

Result Wire::prepare(const char* name, const char* sql) {
  constexpr std::string_view doing = "preparing a statement";
  make_way();
  const Result prepared(PQprepare(connection_.get(), name, sql, 0, nullptr));
  if (!succeeded(prepared.get())) fail(prepared.get(), doing);
  Result description(PQdescribePrepared(connection_.get(), name));
  if (!succeeded(description.get())) fail(description.get(), doing);
  return description;
}

void Wire::send(Reader& reader, const char* name, const BoundValues& bound) {
  make_way();
  PGconn* const connection = connection_.get();
  const bool begins = begin_due_ != nullptr;
  if (begins) send_begin();
  constexpr int binary = 1;
  const int sent =
      PQsendQueryPrepared(connection, name, static_cast<int>(bound.values.size()),
                          bound.values.data(), bound.sizes.data(), bound.formats.data(), binary);
  const bool ended = begins && !PQpipelineSync(connection);
  if (!sent || ended) fail(nullptr, running);
  reader_ = &reader;
  if (begins) take_begun();
  PQsetSingleRowMode(connection);
}

void Wire::send_begin() {
  const char* const begin = std::exchange(begin_due_, nullptr);
  pipelined_ = PQenterPipelineMode(connection_.get()) != 0;
  if (!pipelined_ ||
      !PQsendQueryParams(connection_.get(), begin, 0, nullptr, nullptr, nullptr, nullptr, 0)) {
    fail(nullptr, "beginning");
  }
}

void Wire::take_begun() {
  const Result begun(PQgetResult(connection_.get()));
  if (!succeeded(begun.get())) {
    finish();
    fail(begun.get(), "beginning");
  }
  const Result end_of_begin(PQgetResult(connection_.get()));
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

void Wire::make_way() {
  if (reader_) reader_->keep_rest();
}

void Wire::finish() noexcept {
  reader_ = nullptr;
  PGconn* const connection = connection_.get();
  // Within a pipeline a null ends one statement, and the sync ends all.
  while (PQstatus(connection) == CONNECTION_OK) {
    const Result result(PQgetResult(connection));
    if (result) note(result.get());
    if (pipelined_ ? PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC : !result) break;
  }
  if (pipelined_) pipelined_ = PQexitPipelineMode(connection) == 0;
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
