#include "storage/engines/postgresql/statement.hpp"

#include <charconv>

#include "storage/engines/postgresql/named_parameters.hpp"
#include "storage/engines/postgresql/types.hpp"

namespace renraku::storage::postgresql {
namespace {

std::int64_t number_in(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Error(ErrorCode::internal, "text that is no number was read as one");
  }
  return out;
}

}  // namespace

PostgresqlStatement::PostgresqlStatement(std::shared_ptr<Link> link, std::string_view sql)
    : link_(std::move(link)), wire_(link_->wire), name_(wire_.new_name()) {
  NumberedSql numbered = number_parameters(sql);
  description_ = wire_.prepare(name_.c_str(), numbered.text.c_str());
  sealing_.emplace(*link_, sql, numbered.names, description_.get());
  if (auto together = RowBatch::text_together(numbered.text, sealing_->types())) {
    batch_.emplace(wire_, name_, *std::move(together), sealing_->types());
  }
  parameters_ = Parameters(std::move(numbered.names), sealing_->types());
  for (int i = 0; i < PQnfields(description_.get()); ++i) {
    if (is_integer(type(i)) || is_text(type(i)) || type(i) == type_bytea) continue;
    throw Error(ErrorCode::internal, "a column is of a type that not all engines have; cast it",
                PQfname(description_.get(), i));
  }
}

void PostgresqlStatement::bind(std::string_view name, const Value& value, Lifetime lifetime) {
  if (const auto* keyed = std::get_if<Keyed>(&value)) {
    const crypto::Bytes sum = sealing_->keyed(parameters_.required(name), *keyed);
    return parameters_.bind(name, ByteView(sum), Lifetime::this_call);
  }
  if (value.index() != 0) sealing_->need_unkeyed(parameters_.required(name));
  parameters_.bind(name, value, lifetime);
}

void PostgresqlStatement::run() {
  sealing_->seal(parameters_);
  if (batch_) {
    batch_->add(parameters_.bound());
  } else {
    wire_.queue(name_.c_str(), parameters_.bound());
  }
}

bool PostgresqlStatement::step() {
  sealing_->begin_row();
  if (!started_) {
    sealing_->seal(parameters_);
    wire_.send(*this, name_.c_str(), parameters_.bound());
    started_ = true;
  }
  row_.reset();
  if (kept_.next()) return true;
  if (!wire_.is_read_by(*this)) return false;
  Result result = wire_.receive();
  if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) {
    row_ = std::move(result);
    return true;
  }
  end(result.get());
  return false;
}

void PostgresqlStatement::reset() noexcept {
  let_go();
  row_.reset();
  kept_.clear();
  parameters_.clear();
  started_ = false;
}

int PostgresqlStatement::column(std::string_view name) const {
  for (int i = 0; i < PQnfields(description_.get()); ++i) {
    if (name == PQfname(description_.get(), i)) return i;
  }
  return -1;
}

std::int64_t PostgresqlStatement::integer(int column) const {
  const Cell found = cell(column);
  if (!found.data) return 0;
  if (is_integer(type(column))) return integer_from(found.view());
  return number_in(found.view());
}

bool PostgresqlStatement::is_null(int column) const {
  return sealing_->is_sealed(column) ? !opened(column).has_value() : !cell(column).data;
}

std::string_view PostgresqlStatement::text(int column) const {
  if (!sealing_->is_open(column)) return opened(column).value_or("");
  const Cell found = cell(column);
  if (found.data && is_integer(type(column))) {
    throw Error(ErrorCode::internal, "a column of numbers was read as text");
  }
  return found.view();
}

TableSeal::Value PostgresqlStatement::opened(int column) const {
  return sealing_->open(column, [this](int each) { return cell(each); });
}

ByteView PostgresqlStatement::bytes(int column) const {
  return crypto::view_of(text(column));
}

void PostgresqlStatement::keep_rest() {
  while (true) {
    const Result result = wire_.receive();
    if (PQresultStatus(result.get()) != PGRES_SINGLE_TUPLE) return end(result.get());
    kept_.add(result.get());
  }
}

void PostgresqlStatement::let_go() noexcept {
  if (wire_.is_read_by(*this)) wire_.drop();
}

void PostgresqlStatement::end(PGresult* result) {
  const bool only_read = std::string_view(PQcmdStatus(result)).starts_with("SELECT");
  const std::string_view count = PQcmdTuples(result);
  changes_ = only_read || count.empty() ? 0 : number_in(count);
}

Cell PostgresqlStatement::cell(int column) const {
  if (row_) return cell_of(row_.get(), column);
  return kept_.cell(column);
}

Oid PostgresqlStatement::type(int column) const {
  return PQftype(description_.get(), column);
}

}  // namespace renraku::storage::postgresql
