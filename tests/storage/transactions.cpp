#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "fixture/expect.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Transaction;

BOOST_AUTO_TEST_SUITE(transactions)

ON_EACH_ENGINE(what_is_committed_stays_and_what_is_not_goes) {
  Scratch<On> scratch;
  scratch.add(1, "kept");
  {
    Transaction transaction = scratch.database().write();
    transaction.query("INSERT INTO thing (pk) VALUES (2)").run();
    BOOST_TEST(transaction.query("SELECT count(*) FROM thing").optional<std::int64_t>().value() ==
               2);
  }
  BOOST_TEST(scratch.count() == 1);
  scratch.add(2, "written after a rollback");
  BOOST_TEST(scratch.count() == 2);
}

ON_EACH_ENGINE(an_error_in_the_middle_leaves_nothing) {
  Scratch<On> scratch;
  BOOST_TEST(error_of([&] {
               Transaction transaction = scratch.database().write();
               transaction.query("INSERT INTO thing (pk) VALUES (1)").run();
               transaction.query("INSERT INTO thing (pk) VALUES (1)").run();
               transaction.commit();
             }) == "exists");
  BOOST_TEST(scratch.count() == 0);
}

ON_EACH_ENGINE(errors_of_the_engine_are_kinds_and_hold_no_values) {
  Scratch<On> scratch;
  scratch.add(1, "鳥居坂");
  const auto run = [&](const std::string& sql) {
    return [&scratch, sql] {
      Transaction transaction = scratch.database().write();
      transaction.query(sql).changed();
    };
  };
  BOOST_TEST(error_of(run("INSERT INTO thing (pk, name) VALUES (1, '鳥居坂')")) == "exists");
  BOOST_TEST(error_of(run("UPDATE thing SET number = -1")) == "internal");
  BOOST_TEST(error_of(run("SELECT nothing FROM thing")) == "internal");
  BOOST_TEST(text_of(run("INSERT INTO thing (pk, name) VALUES (1, '鳥居坂')")).find("鳥居坂") ==
             std::string::npos);
}

ON_EACH_ENGINE(a_reader_neither_waits_for_a_writer_nor_sees_what_is_not_committed) {
  Scratch<On> scratch;
  scratch.add(1, "before");
  Transaction writer = scratch.database().write();
  writer.query("INSERT INTO thing (pk) VALUES (2)").run();
  BOOST_TEST(scratch.count() == 1);  // would stand still here if it waited
  writer.commit();
  BOOST_TEST(scratch.count() == 2);
}

ON_EACH_ENGINE(a_reader_sees_one_moment_until_it_ends) {
  Scratch<On> scratch;
  scratch.add(1, "first");
  Transaction reader = scratch.database().read();
  const auto count = [&] {
    return reader.query("SELECT count(*) FROM thing").optional<std::int64_t>().value();
  };
  BOOST_TEST(count() == 1);
  scratch.add(2, "second");
  BOOST_TEST(count() == 1);
}

ON_EACH_ENGINE(opening_an_up_to_date_database_does_not_wait_for_a_writer) {
  Scratch<On> scratch;
  Transaction writer = scratch.database().write();
  storage::Database other(scratch.place().open());
  other.migrate(Scratch<On>::steps);
  BOOST_TEST(error_of([&] { return other.read().query("SELECT 1").next(); }) == "none");
}

ON_EACH_ENGINE(writers_of_all_threads_take_turns) {
  Scratch<On> scratch;
  std::atomic<int> failed{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 25; ++i) {
          if (error_of([&] { scratch.add(thread * 100 + i + 1, "x"); }) != "none") ++failed;
          if (error_of([&] { return scratch.count(); }) != "none") ++failed;
        }
      });
    }
  }
  BOOST_TEST(failed == 0);
  BOOST_TEST(scratch.count() == 200);
  BOOST_TEST(scratch.database().check().empty());
}

ON_EACH_ENGINE(more_readers_than_connections_wait_for_one_another_and_all_come_through) {
  Scratch<On> scratch;
  scratch.add(1, "x");
  std::atomic<int> read{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 24; ++thread) {
      threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i) read += static_cast<int>(scratch.count());
      });
    }
  }
  BOOST_TEST(read == 24 * 20);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(schema)

ON_EACH_ENGINE(a_newer_schema_is_refused_and_an_impossible_one_is_damage) {
  Scratch<On> scratch;
  const auto migrate = [&] { scratch.database().migrate(Scratch<On>::steps); };
  const auto set_version = [&](int version) {
    Transaction transaction = scratch.database().write();
    transaction.query(On::schema_version_sql(version)).run();
    transaction.commit();
  };
  migrate();
  set_version(2);
  BOOST_TEST(error_of(migrate) == "newer_format");
  set_version(-1);
  BOOST_TEST(error_of(migrate) == "damaged");
}

ON_EACH_ENGINE(a_step_that_fails_changes_nothing) {
  Scratch<On> scratch;
  const std::array broken{
      Scratch<On>::steps[0],
      storage::Migration{2, "CREATE TABLE other (pk @key); CREATE TABLE thing (x TEXT)"}};
  BOOST_TEST(error_of([&] { scratch.database().migrate(broken); }) == "internal");
  const std::array mended{Scratch<On>::steps[0],
                          storage::Migration{2, "CREATE TABLE other (pk @key)"}};
  BOOST_TEST(error_of([&] { scratch.database().migrate(mended); }) == "none");
}

BOOST_AUTO_TEST_SUITE_END()
