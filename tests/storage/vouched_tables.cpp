// What the schema calls @vouched: tables that decide who may see what, the same to the domain on
// each engine, and out of the reach of whoever rules the server.
#include <boost/test/unit_test.hpp>

#include "fixture/expect.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Database;
using storage::Transaction;

namespace {

constexpr std::array<storage::Migration, 2> steps{
    storage::Migration{1,
                       "CREATE TABLE pass (pk @key, name @sealed NOT NULL, until BIGINT, "
                       "label @ordered NOT NULL DEFAULT '') @vouched;"
                       "CREATE TABLE guest (house @bytes NOT NULL, name TEXT NOT NULL, "
                       "PRIMARY KEY (house, name)) @vouched @clustered;"
                       "CREATE INDEX guest_name ON guest (name);"
                       "CREATE TABLE thing (pk @key, name TEXT);"},
    storage::Migration{2, "ALTER TABLE pass ADD COLUMN open BIGINT NOT NULL DEFAULT 1;"}};

Uuid house(std::uint8_t number) {
  return Uuid{{number}};
}

/// One database as a process of its own sees it.
class Door {
 public:
  template <class On>
  explicit Door(const On& place) : database_(place.open()) {
    database_.migrate(steps);
  }

  void admit(std::int64_t pk, std::string_view name, std::int64_t until) {
    Transaction transaction = database_.write();
    transaction.query("INSERT INTO pass (pk, name, until) VALUES (:pk, :name, :until)")
        .bind("pk", pk)
        .bind("name", name)
        .bind("until", until)
        .run();
    transaction.commit();
  }
  std::int64_t shut(std::int64_t pk) {
    Transaction transaction = database_.write();
    const std::int64_t changed =
        transaction.query("DELETE FROM pass WHERE pk = :pk").bind("pk", pk).changed();
    transaction.commit();
    return changed;
  }
  void prolong(std::int64_t pk, std::int64_t until) {
    Transaction transaction = database_.write();
    transaction.query("UPDATE pass SET until = :until WHERE pk = :pk")
        .bind("until", until)
        .bind("pk", pk)
        .run();
    transaction.commit();
  }
  void invite(const Uuid& to, std::string_view name) {
    Transaction transaction = database_.write();
    transaction
        .query(
            "INSERT INTO guest (house, name) VALUES (:house, :name) "
            "ON CONFLICT (house, name) DO NOTHING")
        .bind("house", to)
        .bind("name", name)
        .run();
    transaction.commit();
  }
  [[nodiscard]] std::string passes() {
    Transaction transaction = database_.read();
    std::string seen;
    storage::Query query =
        transaction.query("SELECT name, until, open FROM pass WHERE open = 1 ORDER BY pk");
    while (query.next()) {
      seen += query.read<std::string>("name") + ":" +
              std::to_string(query.read<std::int64_t>("until")) + ' ';
    }
    transaction.commit();
    return seen;
  }
  [[nodiscard]] std::string guests(const Uuid& of) {
    Transaction transaction = database_.read();
    std::string seen;
    storage::Query query =
        transaction.query("SELECT name FROM guest WHERE house = :house ORDER BY name");
    query.bind("house", of);
    while (query.next()) seen += query.read<std::string>() + ' ';
    return seen;
  }
  [[nodiscard]] Database& database() { return database_; }

 private:
  Database database_;
};

template <class On>
struct House {
  House() { Database(place.create()).migrate(steps); }
  On place;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(vouched_tables)

ON_EACH_ENGINE(what_one_writes_the_other_sees) {
  const House<On> city;
  Door one(city.place);
  Door other(city.place);
  one.admit(1, "花子", 10);
  one.invite(house(1), "太郎");
  BOOST_TEST(other.passes() == "花子:10 ");
  other.prolong(1, 20);
  other.admit(2, "次郎", 5);
  other.invite(house(1), "一郎");
  other.invite(house(1), "一郎");
  BOOST_TEST(one.passes() == "花子:20 次郎:5 ");
  BOOST_TEST(one.guests(house(1)) == "一郎 太郎 ");
  BOOST_TEST(one.guests(house(2)) == "");
  BOOST_TEST(one.shut(1) == 1);
  BOOST_TEST(one.shut(1) == 0);
  BOOST_TEST(other.passes() == "次郎:5 ");
  other.admit(1, "戻子", 7);
  BOOST_TEST(one.passes() == "戻子:7 次郎:5 ");
  BOOST_TEST(one.database().check().empty());
}

ON_EACH_ENGINE(what_was_rolled_back_never_was) {
  const House<On> city;
  Door one(city.place);
  Door other(city.place);
  one.admit(1, "花子", 10);
  {
    Transaction transaction = one.database().write();
    transaction.query("DELETE FROM pass WHERE pk = 1").run();
    transaction.query("INSERT INTO guest (house, name) VALUES (:house, 'x')")
        .bind("house", house(3))
        .run();
    transaction.query("INSERT INTO thing (pk, name) VALUES (1, 'x')").run();
    BOOST_TEST(!transaction.query("SELECT pk FROM pass").next());
  }
  BOOST_TEST(one.passes() == "花子:10 ");
  BOOST_TEST(one.guests(house(3)) == "");
  one.admit(2, "次郎", 5);
  BOOST_TEST(other.passes() == "花子:10 次郎:5 ");
  BOOST_TEST(other.guests(house(3)) == "");
}

ON_EACH_ENGINE(a_rule_that_is_broken_is_an_error_of_the_same_kind) {
  const House<On> city;
  Door door(city.place);
  door.admit(1, "花子", 10);
  BOOST_TEST(error_of([&] { door.admit(1, "次郎", 5); }) == "exists");
  BOOST_TEST(door.passes() == "花子:10 ");
}

ON_EACH_ENGINE(a_thousand_that_come_and_go_are_swept_away) {
  const House<On> city;
  Door one(city.place);
  Door other(city.place);
  BOOST_TEST(other.guests(house(1)) == "");
  for (const char* statement : {"INSERT INTO guest (house, name) VALUES (:house, :name)",
                                "DELETE FROM guest WHERE house = :house AND name = :name"}) {
    Transaction transaction = one.database().write();
    for (int i = 0; i < 1200; ++i) {
      transaction.query(statement).bind("house", house(1)).bind("name", std::to_string(i)).run();
    }
    transaction.commit();
  }
  one.invite(house(1), "花子");
  BOOST_TEST(other.guests(house(1)) == "花子 ");
  BOOST_TEST(Door(city.place).guests(house(1)) == "花子 ");
  one.invite(house(1), "5");
  BOOST_TEST(other.guests(house(1)) == "5 花子 ");
}

#ifdef RENRAKU_POSTGRESQL

/// Whoever rules the server, before a table that two processes use.
class Ruler {
 public:
  Ruler() : one_(city_.place) {
    one_.admit(1, "花子", 10);
    one_.admit(2, "次郎", 5);
  }

  void run(std::string_view script) const {
    storage::postgresql::open(city_.place.address())->connect()->run(script);
  }
  /// What a process says that comes anew.
  [[nodiscard]] std::string seen_anew() const {
    Door door(city_.place);
    try {
      return door.passes();
    } catch (const Error& error) {
      return std::string(error_name(error.code())) + " " + std::string(error.field());
    }
  }
  [[nodiscard]] Door& door() { return one_; }

 private:
  House<OnPostgresql> city_;
  Door one_;
};

const std::string refused = "damaged access";

BOOST_AUTO_TEST_CASE(the_server_sees_no_value,
                     *boost::unit_test::precondition(postgresql_is_here)) {
  const Ruler ruler;
  const auto run = [&](const char* sql) { return error_of([&] { ruler.run(sql); }); };
  BOOST_TEST(run("SELECT name FROM pass") != "");
  ruler.run(
      "DO $$ BEGIN IF EXISTS (SELECT 1 FROM renraku_vouched WHERE position('\\xe88ab1'::bytea in "
      "sealed) > 0) THEN RAISE EXCEPTION 'seen'; END IF; END $$");
}

BOOST_AUTO_TEST_CASE(a_row_that_is_altered_swapped_removed_or_added_opens_nothing,
                     *boost::unit_test::precondition(postgresql_is_here)) {
  for (const char* deed :
       {"UPDATE renraku_vouched SET sealed = set_byte(sealed, 60, 255 - get_byte(sealed, 60)) "
        "WHERE number = 1",
        "UPDATE renraku_vouched r SET sealed = (SELECT o.sealed FROM renraku_vouched o WHERE "
        "o.number = 3 - r.number)",
        "DELETE FROM renraku_vouched WHERE number = 2", "DELETE FROM renraku_vouched",
        "INSERT INTO renraku_vouched SELECT in_table, 3, version, sealed FROM renraku_vouched "
        "WHERE number = 1",
        "UPDATE renraku_vouched SET version = 1 WHERE number = 2",
        "UPDATE renraku_vouched SET sealed = '\\x00'",
        "UPDATE renraku_vouched_head SET sealed = '\\x00'",
        "UPDATE renraku_vouched_head SET sealed = set_byte(sealed, 60, 255 - get_byte(sealed, "
        "60))"}) {
    BOOST_TEST_CONTEXT(deed) {
      const Ruler ruler;
      BOOST_TEST(ruler.seen_anew() == "花子:10 次郎:5 ");
      ruler.run(deed);
      BOOST_TEST(ruler.seen_anew() == refused);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_a_process_knows_already_is_beyond_the_servers_reach,
                     *boost::unit_test::precondition(postgresql_is_here)) {
  Ruler ruler;
  BOOST_TEST(ruler.door().passes() == "花子:10 次郎:5 ");
  ruler.run("DELETE FROM renraku_vouched WHERE number = 2");
  BOOST_TEST(ruler.door().passes() == "花子:10 次郎:5 ");
  BOOST_TEST(ruler.door().database().check().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_older_state_is_not_taken,
                     *boost::unit_test::precondition(postgresql_is_here)) {
  Ruler ruler;
  const char* const keep =
      "CREATE TABLE kept AS SELECT * FROM renraku_vouched; "
      "CREATE TABLE kept_head AS SELECT * FROM renraku_vouched_head";
  const char* const put_back =
      "DELETE FROM renraku_vouched; INSERT INTO renraku_vouched SELECT * FROM kept";
  const char* const put_back_head =
      "UPDATE renraku_vouched_head SET sealed = (SELECT sealed FROM kept_head)";
  ruler.run(keep);
  ruler.door().shut(1);
  ruler.run(put_back);
  BOOST_TEST(ruler.seen_anew() == refused);
  // All of it together is a state that there was: only who knows of the newer one can tell.
  ruler.run(put_back_head);
  BOOST_TEST(error_of([&] { return ruler.door().passes(); }) == "damaged");
  BOOST_TEST(error_of([&] { ruler.door().admit(3, "三郎", 3); }) == "damaged");
}

BOOST_AUTO_TEST_CASE(no_head_at_all_is_an_older_state_too,
                     *boost::unit_test::precondition(postgresql_is_here)) {
  Ruler ruler;
  ruler.run("DELETE FROM renraku_vouched; DELETE FROM renraku_vouched_head");
  BOOST_TEST(error_of([&] { return ruler.door().passes(); }) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_statement_on_both_kinds_of_tables_is_refused,
                     *boost::unit_test::precondition(postgresql_is_here)) {
  Ruler ruler;
  Transaction transaction = ruler.door().database().read();
  for (const char* sql : {"SELECT t.name FROM thing t JOIN pass p ON p.pk = t.pk",
                          "SELECT p.name FROM pass p JOIN thing t ON p.pk = t.pk"}) {
    BOOST_TEST(error_of([&] { return transaction.query(sql).next(); }) == "internal");
  }
}

#endif

BOOST_AUTO_TEST_SUITE_END()
