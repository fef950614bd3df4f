// A process killed at any moment loses no read that it had answered: while it reads, while its tail
// is drained, and while a tail that is full makes room for the next.
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

/// Kills readers at random moments, after some of their looks at a page of the list. `between` is
/// what a reader does after each look.
template <class Between>
void sweep(City& city, int looks_first, int looks_more, const Between& between) {
  city.close();
  PageRequest whole;
  whole.size = page_size_max;
  std::size_t answered = 0;
  const int kills = rounds(20, 100);
  for (int round = 0; round < kills; ++round) {
    Child child([&](const Child::Tell& tell) {
      Store store = open_city(city);
      Session officer = store.sign_in(joso, "kanri", password);
      while (true) {
        static_cast<void>(officer.evacuees().list({}, whole));
        tell("read");
        between(store);
      }
    });
    child.wait_for(static_cast<std::size_t>(looks_first + below(looks_more)));
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
  sweep(city, 0, 40, [](Store&) {});
}

// A look at 200 people takes 3.4 KB: a tail of 4 MB is full after 1,240.
BOOST_AUTO_TEST_CASE(during_rotations) {
  City city;
  for (int i = 0; i < page_size_max; ++i) {
    static_cast<void>(city.sign_in().evacuees().add(resident("架空", "カクウ"), {}));
  }
  sweep(city, 1'200, 100, [](Store&) {});
}

BOOST_AUTO_TEST_CASE(during_drains) {
  City city;
  sweep(city, 0, 40, [](Store& store) { store.flush(); });
}

BOOST_AUTO_TEST_SUITE_END()
