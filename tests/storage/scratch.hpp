// A small database of each engine for the tests of this room.
#pragma once

#include <array>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include "fixture/temporary_folder.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "fixture/postgres.hpp"
#include "storage/engines/postgresql/postgresql.hpp"
#endif

namespace renraku::fixture {

/// Where a database of an engine lies, and what the tests must say in that engine's own way.
class OnSqlcipher {
 public:
  static constexpr std::array<std::uint8_t, 32> key{1, 2, 3};

  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "scratch.db"; }
  [[nodiscard]] std::unique_ptr<storage::Engine> create() const {
    return storage::sqlcipher::create(file(), key);
  }
  [[nodiscard]] std::unique_ptr<storage::Engine> open() const {
    return storage::sqlcipher::open(file(), key);
  }
  static std::string schema_version_sql(int version) {
    return "PRAGMA user_version = " + std::to_string(version);
  }

 private:
  TemporaryFolder folder_;
};

#ifdef RENRAKU_POSTGRESQL
class OnPostgresql {
 public:
  [[nodiscard]] std::unique_ptr<storage::Engine> create() const { return open(); }
  [[nodiscard]] std::unique_ptr<storage::Engine> open() const {
    return open_with(std::array<std::uint8_t, 32>{4, 5, 6});
  }
  [[nodiscard]] std::unique_ptr<storage::Engine> open_with(crypto::ByteView key) const {
    storage::postgresql::Server server(address_);
    server.patience = std::chrono::milliseconds(0);
    return storage::postgresql::open(server, std::make_shared<storage::postgresql::Vault>(
                                                 address_, crypto::Key::from(key), Uuid{{7}}));
  }
  [[nodiscard]] const std::string& address() const { return address_; }
  static std::string schema_version_sql(int version) {
    return "UPDATE renraku_schema SET version = " + std::to_string(version);
  }

 private:
  std::string address_ = PostgresServer::shared().new_database();
};
using Engines = boost::mpl::list<OnSqlcipher, OnPostgresql>;
#else
using Engines = boost::mpl::list<OnSqlcipher>;
#endif

#ifdef RENRAKU_POSTGRESQL
/// For what needs a server: where there is none, each case says aloud that it did not run.
inline boost::test_tools::assertion_result postgresql_is_here(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result here(PostgresServer::is_installed());
  here.message() << "PostgreSQL 15 is not installed; its engine is NOT tested";
  return here;
}
#endif

/// Whether the engine that the case's name ends with is on this machine.
inline boost::test_tools::assertion_result engine_is_here(boost::unit_test::test_unit_id id) {
#ifdef RENRAKU_POSTGRESQL
  const std::string name = boost::unit_test::framework::get(id, boost::unit_test::TUT_ANY).p_name;
  if (name.find("OnPostgresql") != std::string::npos) return postgresql_is_here(id);
#endif
  return id != boost::unit_test::INV_TEST_UNIT_ID;
}

/// One case for each engine, called `name<OnSqlcipher>` and so on; `On` is the engine within.
#define ON_EACH_ENGINE(name)                                                              \
  BOOST_TEST_DECORATOR(*boost::unit_test::precondition(renraku::fixture::engine_is_here)) \
  BOOST_AUTO_TEST_CASE_TEMPLATE(name, On, renraku::fixture::Engines)

template <class On>
class Scratch {
 public:
  static constexpr std::array<storage::Migration, 1> steps{
      storage::Migration{1,
                         "CREATE TABLE thing (pk @key, id @bytes UNIQUE, name TEXT, number BIGINT, "
                         "amount BIGINT, CHECK (number >= 0))"}};

  Scratch() : database_(place_.create()) { database_.migrate(steps); }

  [[nodiscard]] storage::Database& database() { return database_; }
  /// Where it lies.
  [[nodiscard]] const On& place() const { return place_; }

  void add(std::int64_t pk, const std::string& name) {
    storage::Transaction transaction = database_.write();
    transaction.query("INSERT INTO thing (pk, name, number) VALUES (:pk, :name, 0)")
        .bind("pk", pk)
        .bind("name", name)
        .run();
    transaction.commit();
  }
  [[nodiscard]] std::int64_t count() {
    storage::Transaction transaction = database_.read();
    return transaction.query("SELECT count(*) FROM thing").optional<std::int64_t>().value();
  }

 private:
  On place_;
  storage::Database database_;
};

}  // namespace renraku::fixture
