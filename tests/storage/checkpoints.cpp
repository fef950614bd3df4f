#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

constexpr std::uintmax_t page = 4096;

std::uintmax_t log_size(const Scratch<OnSqlcipher>& scratch) {
  auto log = scratch.place().file();
  log += "-wal";
  return std::filesystem::file_size(log);
}

// Some pages more in one commit: each row fills more than one.
void add_pages(Scratch<OnSqlcipher>& scratch, std::int64_t first, std::int64_t count) {
  storage::Transaction transaction = scratch.database().write();
  const std::string name(page, 'x');
  for (std::int64_t pk = first; pk < first + count; ++pk) {
    transaction.query("INSERT INTO thing (pk, name, number) VALUES (:pk, :name, 0)")
        .bind("pk", pk)
        .bind("name", name)
        .run();
  }
  transaction.commit();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkpoints)

BOOST_AUTO_TEST_CASE(a_long_log_comes_into_the_database_file_though_nobody_writes_again) {
  Scratch<OnSqlcipher> scratch;
  add_pages(scratch, 1, 3'000);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (std::filesystem::file_size(scratch.place().file()) < 3'000 * page &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  BOOST_TEST(std::filesystem::file_size(scratch.place().file()) >= 3'000 * page);
  BOOST_TEST(scratch.count() == 3'000);
}

BOOST_AUTO_TEST_CASE(writers_who_never_pause_do_not_let_the_log_grow_without_end) {
  Scratch<OnSqlcipher> scratch;
  constexpr std::int64_t at_once = 500;
  for (std::int64_t i = 0; i < 100; ++i) add_pages(scratch, i * at_once, at_once);
  // 50,000 rows went in; what one writer may leave is 17,000 pages and its own.
  BOOST_TEST(log_size(scratch) < 19'000 * page);
  BOOST_TEST(scratch.count() == 50'000);
}

BOOST_AUTO_TEST_SUITE_END()
