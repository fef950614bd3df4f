#include "storage/engines/sqlcipher/statement.hpp"

namespace renraku::storage::sqlcipher {

SqlcipherStatement::SqlcipherStatement(sqlite3* connection, std::string_view sql)
    : connection_(connection) {
  sqlite3_stmt* raw = nullptr;
  const int result = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  handle_.reset(raw);
  check(connection, result, "preparing a statement");
  const int count = sqlite3_bind_parameter_count(raw);
  std::vector<std::string> names;
  for (int i = 1; i <= count; ++i) {
    const char* name = sqlite3_bind_parameter_name(raw, i);
    names.emplace_back(name ? name + 1 : "");
  }
  parameters_ = ParameterNames(std::move(names));
}

bool SqlcipherStatement::has_parameter(std::string_view name) const {
  return parameters_.place(name) != ParameterNames::none;
}

void SqlcipherStatement::bind(std::string_view name, const Value& value, Lifetime lifetime) {
  const int at = static_cast<int>(parameters_.required(name)) + 1;
  struct Bind {
    sqlite3_stmt* statement;
    int at;
    sqlite3_destructor_type copies;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, at); }
    int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, at, number); }
    int operator()(std::string_view text) const {
      // An empty view may hold no pointer, which SQLite would take for NULL.
      return sqlite3_bind_text64(statement, at, text.empty() ? "" : text.data(), text.size(),
                                 copies, SQLITE_UTF8);
    }
    int operator()(ByteView bytes) const {
      if (bytes.empty()) return sqlite3_bind_zeroblob(statement, at, 0);
      return sqlite3_bind_blob64(statement, at, bytes.data(), bytes.size(), copies);
    }
    // The file is encrypted whole: the value itself is what is found.
    int operator()(const Keyed& keyed) const {
      if (keyed.is_bytes) return (*this)(keyed.contents);
      return (*this)(std::string_view(reinterpret_cast<const char*>(keyed.contents.data()),
                                      keyed.contents.size()));
    }
  };
  const Bind bind{handle_.get(), at,
                  lifetime == Lifetime::until_reset ? SQLITE_STATIC : SQLITE_TRANSIENT};
  check(connection_, std::visit(bind, value), "binding a value");
}

bool SqlcipherStatement::step() {
  if (done_) return false;
  const int result = sqlite3_step(handle_.get());
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) fail(connection_, result, "running a statement");
  done_ = true;
  changes_ = sqlite3_stmt_readonly(handle_.get()) ? 0 : sqlite3_changes64(connection_);
  return false;
}

void SqlcipherStatement::reset() noexcept {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
  done_ = false;
  parameters_.start_over();
}

int SqlcipherStatement::column(std::string_view name) const {
  const int count = sqlite3_column_count(handle_.get());
  for (int i = 0; i < count; ++i) {
    if (name == sqlite3_column_name(handle_.get(), i)) return i;
  }
  return -1;
}

bool SqlcipherStatement::is_null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::int64_t SqlcipherStatement::integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::string_view SqlcipherStatement::text(int column) const {
  const auto* data = sqlite3_column_text(handle_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return data ? std::string_view(reinterpret_cast<const char*>(data), size) : std::string_view();
}

ByteView SqlcipherStatement::bytes(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return data ? ByteView(data, size) : ByteView();
}

}  // namespace renraku::storage::sqlcipher
