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

  std::unique_ptr<Connection> connect() override {
    return std::make_unique<PostgresqlConnection>(server_, vault_);
  }

  /// Reads every value of every table; the server checks its pages when it was made to have
  /// checksums. Indexes are not held against their tables: that is amcheck's, an extension.
  std::vector<std::string> check(Connection& connection) override {
    std::vector<std::string> wrong;
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
  Server server_;
  std::shared_ptr<Vault> vault_;
};

}  // namespace

std::unique_ptr<Engine> open(const Server& server, std::shared_ptr<Vault> vault) {
  auto engine = std::make_unique<PostgresqlEngine>(server, std::move(vault));
  static_cast<void>(engine->connect());
  return engine;
}

}  // namespace renraku::storage::postgresql
