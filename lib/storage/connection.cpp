#include "storage/connection.hpp"

namespace renraku::storage {
namespace {

PrepareObserver& prepare_observer() {
  static PrepareObserver observer;
  return observer;
}

}  // namespace

void observe_prepare(PrepareObserver observer) {
  prepare_observer() = std::move(observer);
}

StatementCache::Entry& StatementCache::lease(std::string_view sql) {
  const auto [first, last] = entries_.equal_range(sql);
  for (auto at = first; at != last; ++at) {
    if (!at->second.in_use) {
      at->second.in_use = true;
      return at->second;
    }
  }
  if (prepare_observer()) prepare_observer()(sql);
  // Only what could be prepared is kept.
  std::unique_ptr<Statement> statement = connection_.prepare(sql);
  Entry& entry = entries_.emplace(std::string(sql), Entry{})->second;
  entry.statement = std::move(statement);
  entry.in_use = true;
  return entry;
}

int Query::place(std::string_view column) const {
  const int place = entry_->statement->column(column);
  if (place < 0) {
    throw Error(ErrorCode::internal, "the query has no column '" + std::string(column) + "'");
  }
  return place;
}

}  // namespace renraku::storage
