// A process killed at any moment loses no read that it had answered: while it reads, and while its
// tail is drained.
#include <boost/test/unit_test.hpp>

#include "crash/child.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

Store open_city(const City& city) {
  return open_store(city.path(), Passphrase{passphrase}, city.options(), City::cheap());
}

std::size_t reads_in_the_journal(Session& officer) {
  JournalFilter filter;
  filter.action = "evacuee_list";
  PageRequest request;
  request.size = 200;
  std::size_t count = 0;
  do {
    const Page<JournalEntry> page = officer.journal().list(filter, request);
    count += page.items.size();
    request.after = page.next;
  } while (!request.after.empty());
  return count;
}

/// Kills readers at random moments. `between` is what a reader does after each look.
template <class Between>
void sweep(City& city, const Between& between) {
  city.close();
  std::size_t answered = 0;
  const int kills = rounds(20, 100);
  for (int round = 0; round < kills; ++round) {
    Child child([&](const Child::Tell& tell) {
      Store store = open_city(city);
      Session officer = store.sign_in(joso, "kanri", password);
      while (true) {
        static_cast<void>(officer.evacuees().list());
        tell("read");
        between(store);
      }
    });
    child.wait_for(static_cast<std::size_t>(below(40)));
    child.let_run(below(3'000));
    answered += child.kill().size();
  }
  Store store = open_city(city);
  Session officer = store.sign_in(joso, "kanri", password);
  const std::size_t found = reads_in_the_journal(officer);
  // A read may be in the tail though its answer did not leave any more.
  BOOST_TEST(found >= answered);
  BOOST_TEST(found <= answered + static_cast<std::size_t>(kills));
  const JournalReport report = store.verify_journal();
  BOOST_TEST((report.state == JournalState::intact));
  BOOST_TEST(report.reads_lost == 0);
  BOOST_TEST_MESSAGE(kills << " kills, " << answered << " reads answered, " << found
                           << " in the journal");
  BOOST_TEST(answered > 100u);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tail_kills)

BOOST_AUTO_TEST_CASE(during_reads) {
  City city;
  sweep(city, [](Store&) {});
}

BOOST_AUTO_TEST_CASE(during_drains) {
  City city;
  sweep(city, [](Store& store) { store.flush(); });
}

BOOST_AUTO_TEST_SUITE_END()
