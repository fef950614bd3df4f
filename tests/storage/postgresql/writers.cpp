// One writer at a time, wherever it is.
#include <boost/test/unit_test.hpp>
#include <future>

#include "fixture/expect.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Transaction;

BOOST_AUTO_TEST_SUITE(writers, *boost::unit_test::precondition(postgresql_is_here))

BOOST_AUTO_TEST_CASE(a_writer_elsewhere_waits_and_then_knows_what_the_one_before_did) {
  Scratch<OnPostgresql> scratch;
  Transaction first = scratch.database().write();
  first.query("INSERT INTO thing (pk) VALUES (1)").run();
  auto second = std::async(std::launch::async, [&] {
    storage::Database elsewhere(scratch.place().open());
    Transaction transaction = elsewhere.write();
    return transaction.query("SELECT count(*) FROM thing").optional<std::int64_t>().value();
  });
  const auto somebody_waits = [&] {
    return scratch.database()
        .read()
        .query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        .next();
  };
  while (!somebody_waits() &&
         second.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
  }
  BOOST_TEST(somebody_waits());
  first.commit();
  BOOST_TEST(second.get() == 1);
}

BOOST_AUTO_TEST_CASE(no_row_of_a_transaction_that_failed_goes_out_with_the_next_one) {
  Scratch<OnPostgresql> scratch;
  scratch.add(1, "x");
  const auto add = [](Transaction& transaction, int from, int to) {
    storage::Query insert = transaction.query("INSERT INTO thing (pk, number) VALUES (:pk, 0)");
    for (int pk = from; pk < to; ++pk) insert.bind("pk", pk).run_again();
  };
  // Rows so long that they don't wait.
  const auto add_long = [text = std::string(100'000, 'x')](Transaction& transaction, int rows) {
    storage::Query insert = transaction.query("INSERT INTO thing (pk, name) VALUES (:pk, :name)");
    for (int pk = 0; pk > -rows; --pk) insert.bind("pk", pk).bind("name", text).run_again();
  };
  {
    Transaction first = scratch.database().write();
    add(first, 2, 3);
    add_long(first, 1);
    first.commit();
  }
  // In the last ones the error of the first row is heard while others wait.
  for (const auto& [rows, long_rows] : {std::pair{1, 0}, {40, 0}, {20'000, 0}, {6'000, 300}}) {
    Transaction failing = scratch.database().write();
    const auto work = [&] {
      add(failing, 1, 1 + rows);
      add_long(failing, long_rows);
      failing.commit();
      return 0;
    };
    BOOST_TEST(error_of(work) == "exists");
  }
  Transaction next = scratch.database().write();
  add(next, 100'000, 100'001);
  next.commit();
  BOOST_TEST(scratch.count() == 4);
}

BOOST_AUTO_TEST_CASE(a_connection_that_read_can_write) {
  Scratch<OnPostgresql> scratch;
  const auto connection = scratch.place().open()->connect();
  for (int round = 0; round < 3; ++round) {
    connection->begin_read();
    BOOST_TEST(connection->prepare("SELECT 1")->step());
    connection->commit();
    connection->begin_write();
    connection->run("INSERT INTO thing (pk) VALUES (" + std::to_string(round) + ")");
    connection->commit();
  }
  BOOST_TEST(scratch.count() == 3);
}

BOOST_AUTO_TEST_CASE(writers_of_two_stores_do_not_wait_for_each_other) {
  Scratch<OnPostgresql> one;
  Scratch<OnPostgresql> other;
  const Transaction first = one.database().write();
  other.add(1, "x");  // would stand still here if it waited
  BOOST_TEST(other.count() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
