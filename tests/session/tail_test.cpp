// What becomes of reads whose process ends before their entries are in the journal.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "fixture/city.hpp"
#include "fixture/damage.hpp"
#include "fixture/expect.hpp"
#include "fixture/sanitizers.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

Store open(City& city) {
  return open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
}

/// A city whose store nobody has open, and a process that looked three times at its roster and was
/// killed: its tail lies there.
class KilledReader {
 public:
  KilledReader() {
    city_.close();
    const ::pid_t child = ::fork();
    if (child == 0) {
      Store store = open(city_);
      Session officer = store.sign_in(joso, "kanri", password);
      static_cast<void>(store.verify_journal());  // drains, so that the next is a minute away
      for (int i = 0; i < reads; ++i) static_cast<void>(officer.evacuees().list());
      ::_exit(0);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    BOOST_TEST_REQUIRE(status == 0);
  }

  static constexpr int reads = 3;

  [[nodiscard]] fs::path tails() const { return city_.found().tails(); }
  [[nodiscard]] fs::path tail() const {
    BOOST_TEST_REQUIRE(!fs::is_empty(tails()));
    return fs::directory_iterator(tails())->path();
  }
  /// How many of its reads the journal knows.
  [[nodiscard]] std::size_t found() {
    Store store = open(city_);
    Session officer = store.sign_in(joso, "kanri", password);
    JournalFilter filter;
    filter.action = "evacuee_list";
    return officer.journal().list(filter).items.size();
  }
  [[nodiscard]] JournalReport verify() { return open(city_).verify_journal(); }

 private:
  City city_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(tail, *boost::unit_test::enable_if<children_may_start_threads>())

BOOST_AUTO_TEST_CASE(reads_of_a_killed_process_come_into_the_journal) {
  KilledReader killed;
  BOOST_TEST(killed.found() == 3u);
  BOOST_TEST(fs::is_empty(killed.tails()));
  const JournalReport report = killed.verify();
  BOOST_TEST((report.state == JournalState::intact));
  BOOST_TEST(report.reads_lost == 0);
}

BOOST_AUTO_TEST_CASE(a_tail_put_back_is_not_drained_twice) {
  KilledReader killed;
  const fs::path tail = killed.tail();
  fs::path kept = tail;
  kept += ".kept";
  fs::copy_file(tail, kept);
  BOOST_TEST(killed.found() == 3u);
  fs::rename(kept, tail);
  BOOST_TEST(killed.found() == 3u);
  BOOST_TEST(killed.verify().reads_lost == 0);
}

BOOST_AUTO_TEST_CASE(a_deleted_tail_is_told_of) {
  KilledReader killed;
  fs::remove(killed.tail());
  BOOST_TEST(killed.found() == 0u);
  const JournalReport report = killed.verify();
  BOOST_TEST((report.state == JournalState::intact));
  BOOST_TEST(report.reads_lost == 1);
  BOOST_TEST(killed.verify().reads_lost == 1);  // told once
}

BOOST_AUTO_TEST_CASE(a_tail_cut_within_a_record_is_told_of_and_the_rest_is_kept) {
  KilledReader killed;
  fs::resize_file(killed.tail(), fs::file_size(killed.tail()) - 5);
  BOOST_TEST(killed.found() == 2u);
  BOOST_TEST(killed.verify().reads_lost == 1);
}

// What a process leaves that is killed between the pages of a record.
BOOST_AUTO_TEST_CASE(a_record_that_was_never_finished_is_no_loss) {
  KilledReader killed;
  fs::resize_file(killed.tail(), (fs::file_size(killed.tail()) / 4096 + 1) * 4096);
  std::ofstream(killed.tail(), std::ios::app | std::ios::binary) << "the rest of it";
  BOOST_TEST(killed.found() == 3u);
  BOOST_TEST(killed.verify().reads_lost == 0);
}

BOOST_AUTO_TEST_CASE(zeros_that_are_no_unfinished_record_are_told_of) {
  KilledReader killed;
  std::ofstream(killed.tail(), std::ios::app | std::ios::binary) << std::string(5, '\0') + "x";
  BOOST_TEST(killed.found() == 3u);
  BOOST_TEST(killed.verify().reads_lost == 1);
}

BOOST_AUTO_TEST_CASE(an_altered_tail_is_told_of_and_what_came_before_is_kept) {
  KilledReader killed;
  flip_byte(killed.tail(), static_cast<std::streamoff>(fs::file_size(killed.tail())) - 5);
  BOOST_TEST(killed.found() == 2u);
  BOOST_TEST(killed.verify().reads_lost == 1);
}

BOOST_AUTO_TEST_CASE(a_tail_whose_header_is_altered_is_told_of) {
  KilledReader killed;
  flip_byte(killed.tail(), 40);
  BOOST_TEST(killed.found() == 0u);
  BOOST_TEST(killed.verify().reads_lost == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tails_in_use)

BOOST_AUTO_TEST_CASE(what_another_open_store_read_is_seen_at_once) {
  City city;
  Store other = open(city);
  static_cast<void>(other.sign_in(joso, "kanri", password).evacuees().list());
  JournalFilter filter;
  filter.action = "evacuee_list";
  BOOST_TEST(city.sign_in().journal().list(filter).items.size() == 1u);
  BOOST_TEST(city.sign_in().journal().list(filter).items.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_tail_deleted_under_its_owner_loses_nothing_and_is_told_of) {
  City city;
  Session officer = city.sign_in();
  static_cast<void>(officer.evacuees().list());
  for (const auto& file : fs::directory_iterator(city.found().tails())) fs::remove(file.path());
  JournalFilter filter;
  filter.action = "evacuee_list";
  BOOST_TEST(officer.journal().list(filter).items.size() == 1u);
  BOOST_TEST(city.store().verify_journal().reads_lost == 1);
  static_cast<void>(officer.evacuees().list());
  BOOST_TEST(officer.journal().list(filter).items.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_tail_cut_under_its_owner_is_told_of) {
  City city;
  Session officer = city.sign_in();
  city.store().flush();
  for (int i = 0; i < 4; ++i) static_cast<void>(officer.evacuees().list());
  const fs::path tail = fs::directory_iterator(city.found().tails())->path();
  fs::resize_file(tail, fs::file_size(tail) - 5);
  BOOST_TEST(city.store().verify_journal().reads_lost >= 1);
}

BOOST_AUTO_TEST_CASE(guesses_do_not_fill_the_disk) {
  City city;
  Session nurse = city.member("kango", Role::professional);
  for (int i = 0; i < 100; ++i) {
    BOOST_TEST(error_of([&] { return nurse.evacuees().list().next; }) == "not_permitted");
  }
  JournalFilter filter;
  filter.action = "evacuee_list";
  PageRequest request;
  request.size = 200;
  BOOST_TEST(city.sign_in().journal().list(filter, request).items.size() == 20u);
  BOOST_TEST(city.store().verify_journal().reads_lost == 0);
}

BOOST_AUTO_TEST_CASE(a_strict_store_reads_as_well) {
  City city;
  StoreOptions options = city.options();
  options.strict_reads = true;
  Store strict = open_store(city.address(), Passphrase{passphrase}, options, City::cheap());
  Session officer = strict.sign_in(joso, "kanri", password);
  for (int i = 0; i < 5; ++i) static_cast<void>(officer.evacuees().list());
  JournalFilter filter;
  filter.action = "evacuee_list";
  BOOST_TEST(officer.journal().list(filter).items.size() == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
