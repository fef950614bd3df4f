#include <fmt/format.h>

#include "storage/engines/postgresql/connecting.hpp"
#include "storage/engines/postgresql/connection.hpp"
#include "storage/engines/postgresql/postgresql.hpp"

namespace renraku::storage::postgresql {
namespace {

class PostgresqlEngine final : public Engine {
 public:
  PostgresqlEngine(Server server, std::shared_ptr<Vault> vault)
      : server_(std::move(server)), vault_(std::move(vault)) {}

  void know(std::span<const Migration> steps) override {
    tables_ = std::make_shared<const VouchedTables>(steps);
    declared_ = std::make_shared<const DeclaredColumns>(steps);
  }

  std::unique_ptr<Connection> connect() override {
    return std::make_unique<PostgresqlConnection>(server_, vault_, tables_, declared_,
                                                  server_.seen);
  }

  /// Reads every value of every table; the server checks its pages when it was made to have
  /// checksums. Indexes are not held against their tables: that is amcheck's, an extension.
  std::vector<std::string> check(Connection& connection) override {
    std::vector<std::string> wrong = check_vouched(connection);
    const auto tables = connection.prepare(
        "SELECT relname, format('SELECT count(t::text) FROM %I AS t', relname) FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = to_regnamespace(current_schema()) "
        "ORDER BY relname");
    while (tables->step()) {
      const std::string name(tables->text(0));
      try {
        connection.prepare(tables->text(1))->step();
      } catch (const Error& error) {
        if (error.code() != ErrorCode::damaged) throw;
        wrong.push_back(fmt::format("table {}: {}", name, error.what()));
      }
    }
    return wrong;
  }

 private:
  /// A new connection's copy is empty: to name a table brings all of it in.
  std::vector<std::string> check_vouched(Connection& connection) {
    std::vector<std::string> wrong;
    connection.begin_read();
    for (const std::string& table : tables_->names()) {
      try {
        connection.prepare("SELECT count(*) FROM " + table)->step();
      } catch (const Error& error) {
        if (error.code() != ErrorCode::damaged) throw;
        wrong.push_back(fmt::format("table {}: {}", table, error.what()));
      }
    }
    connection.rollback();
    return wrong;
  }

  Server server_;
  std::shared_ptr<Vault> vault_;
  std::shared_ptr<const VouchedTables> tables_ = std::make_shared<const VouchedTables>();
  std::shared_ptr<const DeclaredColumns> declared_ = std::make_shared<const DeclaredColumns>();
};

}  // namespace

std::unique_ptr<Engine> open(const Server& server, std::shared_ptr<Vault> vault) {
  auto engine = std::make_unique<PostgresqlEngine>(server, std::move(vault));
  static_cast<void>(engine->connect());
  return engine;
}

}  // namespace renraku::storage::postgresql
