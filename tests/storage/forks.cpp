// A child that was forked in the middle of its parent's change leaves that alone.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;

BOOST_AUTO_TEST_SUITE(forks)

// More rows than the page cache holds: some wait in the log, where the index that processes share
// tells of them.
BOOST_AUTO_TEST_CASE(a_change_that_was_forked_amid_is_whole_and_its_child_opens_nothing) {
  Scratch<OnSqlcipher> scratch;
  const OnSqlcipher other;
  static_cast<void>(other.create());
  constexpr std::int64_t rows = 20'000;
  {
    storage::Transaction transaction = scratch.database().write();
    const std::string name(4096, 'x');
    for (std::int64_t pk = 1; pk <= rows; ++pk) {
      transaction.query("INSERT INTO thing (pk, name, number) VALUES (:pk, :name, 0)")
          .bind("pk", pk)
          .bind("name", name)
          .run();
    }
    const pid_t child = ::fork();
    if (child == 0) {
      ::alarm(20);
      try {
        static_cast<void>(other.open());
      } catch (const Error& error) {
        _exit(error.code() == ErrorCode::forked ? 7 : 1);
      } catch (...) {
      }
      _exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST((WIFEXITED(status) && WEXITSTATUS(status) == 7));
    transaction.commit();
  }
  BOOST_TEST(scratch.count() == rows);
  BOOST_TEST(scratch.database().check().empty());
}

BOOST_AUTO_TEST_SUITE_END()
