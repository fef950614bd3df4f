// Every SQL text of the domain is prepared by a real PostgreSQL on the schema that it has there.
#define BOOST_TEST_MODULE sql
#include <boost/test/unit_test.hpp>

#include "fixture/expect.hpp"
#include "fixture/postgres.hpp"
#include "session/schema.hpp"
#include "sql/collect_sql.hpp"
#include "storage/engines/postgresql/postgresql.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

boost::test_tools::assertion_result postgresql_is_here(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result here(PostgresServer::is_installed());
  here.message() << "PostgreSQL 15 is not installed: the SQL is NOT proved common";
  return here;
}

/// A connection to a database that has the whole schema.
std::unique_ptr<storage::Connection> connection_to_a_store() {
  const std::string address = PostgresServer::shared().new_database();
  const auto vault = std::make_shared<storage::postgresql::Vault>(
      address, crypto::Key::from(crypto::Bytes(32, 7)), Uuid{{1, 2, 3}});
  storage::Database(storage::postgresql::open(address, vault)).migrate(session::migrations());
  const auto engine = storage::postgresql::open(address, vault);
  engine->know(session::migrations());
  return engine->connect();
}

/// What only the embedded engine is told, by its own code.
bool is_of_sqlcipher(const std::string& sql) {
  return sql.starts_with("PRAGMA");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(one_sql, *boost::unit_test::precondition(postgresql_is_here))

BOOST_AUTO_TEST_CASE(the_schema_and_every_statement_of_the_domain_are_understood) {
  const auto connection = connection_to_a_store();
  int count = 0;
  for (const std::string& sql : collect_sql()) {
    if (is_of_sqlcipher(sql)) continue;
    ++count;
    BOOST_TEST_CONTEXT(sql) {
      BOOST_TEST(text_of([&] { return connection->prepare(sql); }) == "");
    }
  }
  BOOST_TEST(count > 40);
}

BOOST_AUTO_TEST_CASE(what_sqlite_alone_understands_is_noticed) {
  const auto connection = connection_to_a_store();
  const auto prepare = [&] {
    return connection->prepare("INSERT OR IGNORE INTO journal VALUES (1)");
  };
  BOOST_TEST(error_of(prepare) == "internal");
}

BOOST_AUTO_TEST_SUITE_END()
