// A fork waits for who must not be cut in two, and leaves the child no mutex that nobody gives
// back.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <mutex>
#include <thread>

#include "base/fork.hpp"

using namespace renraku;

namespace {

/// What `work` returned in a child; 255 for one that stood still.
template <class Work>
int in_child(Work&& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(20);
    _exit(work());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

std::mutex& freed_mutex() {
  static std::mutex& mutex = *new std::mutex();
  return mutex;
}

/// Long beside a fork, short beside its patience.
void work_for_a_while() {
  for (volatile int i = 0; i < 20'000'000;) i = i + 1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forks)

BOOST_AUTO_TEST_CASE(a_fork_waits_for_holds_of_other_threads) {
  std::atomic<bool> begun{false};
  std::atomic<bool> ended{false};
  std::thread worker([&] {
    const base::ForkHold hold;
    begun = true;
    work_for_a_while();
    ended = true;
  });
  while (!begun) std::this_thread::yield();
  BOOST_TEST(in_child([&] { return ended ? 1 : 0; }) == 1);
  worker.join();
}

BOOST_AUTO_TEST_CASE(a_hold_of_the_forking_thread_only_delays_it) {
  const base::ForkHold hold;
  BOOST_TEST(in_child([] {
               const base::ForkHold own;
               return 1;
             }) == 1);
}

BOOST_AUTO_TEST_CASE(who_holds_one_takes_another_while_a_fork_waits) {
  std::atomic<bool> begun{false};
  std::thread worker([&] {
    const base::ForkHold hold;
    begun = true;
    work_for_a_while();
    const base::ForkHold nested;  // would wait for the fork, which waits for this thread
  });
  while (!begun) std::this_thread::yield();
  BOOST_TEST(in_child([] { return base::was_forked_amid() ? 0 : 1; }) == 1);
  worker.join();
}

BOOST_AUTO_TEST_CASE(a_child_has_holds_of_its_own) {
  auto hold = std::make_unique<base::ForkHold>();
  BOOST_TEST(in_child([&] {
               hold.reset();  // the parent's, which no fork here waits for
               return in_child([] { return 1; });
             }) == 1);
}

BOOST_AUTO_TEST_CASE(a_mutex_that_another_thread_held_is_free_in_the_child) {
  static const bool known = (base::free_after_forks(freed_mutex()), true);
  BOOST_TEST(known);
  std::atomic<bool> begun{false};
  std::thread worker([&] {
    const std::lock_guard lock(freed_mutex());
    begun = true;
    work_for_a_while();
  });
  while (!begun) std::this_thread::yield();
  BOOST_TEST(in_child([] { return freed_mutex().try_lock() ? 1 : 0; }) == 1);
  worker.join();
  BOOST_TEST(freed_mutex().try_lock());
  freed_mutex().unlock();
}

BOOST_AUTO_TEST_SUITE_END()
