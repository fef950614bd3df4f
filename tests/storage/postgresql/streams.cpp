// Rows that come one by one.
#include <malloc.h>

#include <boost/test/unit_test.hpp>

#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Query;
using storage::Transaction;

namespace {

constexpr std::int64_t million = 1'000'000;
const std::string rows_of_a_million =
    "SELECT n, 'row ' || CAST(n AS TEXT) AS name FROM generate_series(1, :count) AS n";

/// What is allocated now; the sanitizers' allocators say 0, so there this proves nothing.
std::size_t allocated() {
  return ::mallinfo2().uordblks;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(streams, *boost::unit_test::precondition(postgresql_is_here))

BOOST_AUTO_TEST_CASE(a_million_rows_take_no_memory_for_a_million) {
  Scratch<OnPostgresql> scratch;
  Transaction reader = scratch.database().read();
  Query rows = reader.query(rows_of_a_million);
  rows.bind("count", million);
  BOOST_REQUIRE(rows.next());
  const std::size_t before = allocated();
  std::size_t most = before;
  std::int64_t count = 1;
  while (rows.next()) {
    if (++count % 1'000 == 0) most = std::max(most, allocated());
  }
  BOOST_TEST(count == million);
  BOOST_TEST(most - before < 1'000'000U);
}

BOOST_AUTO_TEST_CASE(what_is_left_unread_takes_no_memory_either) {
  Scratch<OnPostgresql> scratch;
  Transaction reader = scratch.database().read();
  const std::size_t before = allocated();
  BOOST_TEST(reader.query(rows_of_a_million).bind("count", million).next());
  BOOST_TEST(reader.query("SELECT 5").optional<int>().value() == 5);
  BOOST_TEST(allocated() < before + 1'000'000U);
}

BOOST_AUTO_TEST_CASE(rows_kept_for_later_are_packed) {
  Scratch<OnPostgresql> scratch;
  Transaction reader = scratch.database().read();
  constexpr std::int64_t many = 100'000;
  Query rows = reader.query(rows_of_a_million);
  rows.bind("count", many);
  BOOST_REQUIRE(rows.next());
  const std::size_t before = allocated();
  BOOST_TEST(reader.query("SELECT 5").optional<int>().value() == 5);
  BOOST_TEST(allocated() < before + many * 200U);  // libpq's own rows take 2 KB each
  std::int64_t at = 1;
  do {
    if (rows.read<std::int64_t>("n") != at ||
        rows.read<std::string>("name") != "row " + std::to_string(at)) {
      break;
    }
    ++at;
  } while (rows.next());
  BOOST_TEST(at == many + 1);
}

BOOST_AUTO_TEST_SUITE_END()
