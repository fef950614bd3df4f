// Moving months of the journal to files and bringing them back: killed at any moment, every entry
// is in the one place or the other.
#include <boost/test/unit_test.hpp>
#include <set>

#include "crash/child.hpp"
#include "fixture/expect.hpp"
#include "fixture/old_city.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

Store open_city(City& city) {
  return open_store(city.path(), Passphrase{passphrase}, city.options(), City::cheap());
}

std::set<std::string> hashes_of(OldCity& old) {
  std::set<std::string> hashes;
  for (const JournalEntry& entry : old.entries()) hashes.insert(entry.hash);
  return hashes;
}

void bring_all_back(Store& store) {
  for (const JournalSegment& segment : store.journal_segments()) {
    store.bring_back_journal(segment.file);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(archive_kills)

BOOST_AUTO_TEST_CASE(while_months_go_and_come_back) {
  int moved = 0;
  const int kills = rounds(20, 100);
  for (int round = 0; round < kills; ++round) {
    OldCity old;
    const std::set<std::string> before = hashes_of(old);
    old.city().close();
    Child child([&](const Child::Tell& tell) {
      Store store = open_city(old.city());
      tell("open");
      while (true) {
        static_cast<void>(store.archive_journal({2027, 2, 0}, old.folder()));
        tell("archived");
        bring_all_back(store);
        tell("back");
      }
    });
    child.wait_for(static_cast<std::size_t>(1 + below(3)));
    child.let_run(below(15'000));
    for (const std::string& line : child.kill()) moved += line == "open" ? 0 : 1;
    old.city().reopen();
    BOOST_TEST((old.store().verify_journal().state == JournalState::intact));
    bring_all_back(old.store());
    BOOST_TEST((old.store().verify_journal().state == JournalState::intact));
    const std::set<std::string> after = hashes_of(old);
    BOOST_TEST(std::ranges::includes(after, before));
    BOOST_TEST(old.store().check().sound);
  }
  BOOST_TEST_MESSAGE(kills << " kills; " << moved << " times all months went or came back");
  BOOST_TEST(moved > 0);
}

BOOST_AUTO_TEST_SUITE_END()
