// A store whose reads are in the journal before their answers leave.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/sanitizers.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "fixture/postgres.hpp"
#endif

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

Store open(const City& city) {
  return open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
}

void read(const Session& officer, int times = 3) {
  for (int i = 0; i < times; ++i) static_cast<void>(officer.evacuees().list());
}

std::size_t count(const Session& officer, const std::string& action) {
  JournalFilter filter;
  filter.action = action;
  PageRequest request;
  request.size = 200;
  return officer.journal().list(filter, request).items.size();
}

/// A city with a file where the folder of its tails should be: nothing can be written there.
class Placeless {
 public:
  Placeless() {
    city_.close();
    const fs::path tails = city_.found().tails();
    fs::remove_all(tails);
    std::ofstream(tails) << "no folder";
    city_.reopen();
  }

  City& city() { return city_; }

  /// Does `work` with the store open in a process that is then killed.
  template <class Work>
  void in_a_killed_process(Work&& work) {
    city_.close();
    const ::pid_t child = ::fork();
    if (child == 0) {
      Store store = open(city_);
      work(store);
      ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST_REQUIRE(WIFSIGNALED(status));
    city_.reopen();
  }

 private:
  City city_;
};

std::size_t told(const std::string& log, std::string_view what) {
  std::size_t times = 0;
  for (std::size_t at = 0; (at = log.find(what, at)) != std::string::npos; ++at) ++times;
  return times;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(without_a_place_for_tails)

BOOST_AUTO_TEST_CASE(a_store_is_strict_and_says_so_once) {
  City usual;
  BOOST_TEST(!usual.store().is_strict());
  Placeless placeless;
  BOOST_TEST(placeless.city().store().is_strict());
  read(placeless.city().sign_in());
  BOOST_TEST(told(placeless.city().log(), "no place for tails") == 1u);
  const CheckReport report = placeless.city().store().check();
  BOOST_TEST(report.sound);
  BOOST_TEST(report.journal.reads_lost == 0);
}

BOOST_AUTO_TEST_CASE(the_journal_tells_who_opened_the_store_so) {
  Placeless placeless;
  StoreState& store = StoreAccess::state(placeless.city().store());
  bool found = false;
  storage::Transaction transaction = store.database().read();
  for (const crypto::Bytes& body :
       transaction.query("SELECT body, pk FROM journal").all<crypto::Bytes>()) {
    const access::Entry entry = access::read_canonical(body);
    found = found || (entry.detail.starts_with("none: ") &&
                      entry.authentication == "key_slot " + store.slot().text());
  }
  BOOST_TEST(found);
}

BOOST_AUTO_TEST_CASE(reads_of_a_killed_process_are_in_the_journal,
                     *boost::unit_test::enable_if<children_may_start_threads>()) {
  Placeless placeless;
  placeless.in_a_killed_process([](Store& store) { read(store.sign_in(joso, "kanri", password)); });
  BOOST_TEST(count(placeless.city().sign_in(), "evacuee_list") == 3u);
  const JournalReport report = placeless.city().store().verify_journal();
  BOOST_TEST((report.state == JournalState::intact));
  BOOST_TEST(report.reads_lost == 0);
}

BOOST_AUTO_TEST_CASE(refusals_are_there_too_and_undo_what_was_begun,
                     *boost::unit_test::enable_if<children_may_start_threads>()) {
  Placeless placeless;
  const Session nurse = placeless.city().member("kango", Role::professional);
  placeless.in_a_killed_process([](Store& store) {
    const Session refused = store.sign_in(joso, "kango", password);
    BOOST_TEST(error_of([&] { return refused.evacuees().list().next; }) == "not_permitted");
    BOOST_TEST(error_of([&] {
                 return refused.evacuees().add(resident("架空 花子", "カクウ ハナコ"), {}).id;
               }) == "not_permitted");
    BOOST_TEST(error_of([&] { return store.sign_in(joso, "kango", "違うことば-十三文字以上"); }) ==
               "sign_in_failed");
  });
  const Session officer = placeless.city().sign_in();
  std::size_t refusals = 0;
  for (const JournalEntry& entry : officer.journal().list({}).items) {
    if (entry.outcome == Outcome::refused) ++refusals;
  }
  BOOST_TEST(refusals == 3u);
  BOOST_TEST(officer.evacuees().list().items.empty());
}

BOOST_AUTO_TEST_CASE(many_readers_at_once_are_all_there) {
  Placeless placeless;
  constexpr int readers = 8;
  constexpr int reads = 12;
  {
    std::vector<std::thread> threads;
    for (int i = 0; i < readers; ++i) {
      threads.emplace_back([officer = placeless.city().sign_in()] { read(officer, reads); });
    }
    for (std::thread& thread : threads) thread.join();
  }
  BOOST_TEST(count(placeless.city().sign_in(), "evacuee_list") == std::size_t{readers * reads});
  BOOST_TEST((placeless.city().store().verify_journal().state == JournalState::intact));
}

BOOST_AUTO_TEST_CASE(guesses_do_not_fill_the_disk) {
  Placeless placeless;
  const Session nurse = placeless.city().member("kango", Role::professional);
  for (int i = 0; i < 50; ++i) {
    BOOST_TEST(error_of([&] { return nurse.evacuees().list().next; }) == "not_permitted");
  }
  placeless.city().store().flush();
  BOOST_TEST(count(placeless.city().sign_in(), "evacuee_list") == 20u);
}

BOOST_AUTO_TEST_CASE(rows_of_a_program_are_imported) {
  Placeless placeless;
  std::vector<std::vector<std::string>> rows{{"管理番号", "氏名", "フリガナ", "生年月日"},
                                             {"77", "架空　五郎", "カクウ　ゴロウ", "1940-02-21"}};
  ImportOptions options;
  options.accept_large = true;
  const ImportReport report = placeless.city().sign_in().roster().import_rows(
      [&](std::vector<std::string>& out) {
        if (rows.empty()) return false;
        out = rows.front();
        rows.erase(rows.begin());
        return true;
      },
      options);
  BOOST_TEST(report.added == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(strict_reads)

BOOST_AUTO_TEST_CASE(are_what_the_options_ask_for) {
  City city;
  StoreOptions options = city.options();
  options.strict_reads = true;
  Store strict = open_store(city.address(), Passphrase{passphrase}, options, City::cheap());
  BOOST_TEST(strict.is_strict());
  BOOST_TEST(told(city.log(), "no place for tails") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

#ifdef RENRAKU_POSTGRESQL

namespace {

/// As long as it lives, this process may write nothing at home: it is somebody else's, or, where it
/// is root's, this process is nobody's.
class OnlyReads {
 public:
  explicit OnlyReads(fs::path home) : home_(std::move(home)) {
    const bool root = ::geteuid() == 0;
    for (fs::path above = home_; above != above.root_path() && root; above = above.parent_path()) {
      fs::permissions(above, passing, fs::perm_options::add);
    }
    const fs::perms readable =
        fs::perms::owner_all | fs::perms::group_read | fs::perms::others_read | passing;
    each([&](const fs::path& path) {
      fs::permissions(path, root ? readable : fs::perms::owner_read | fs::perms::owner_exec);
    });
    if (!root) return;
    // The server's socket.
    fs::permissions(PostgresServer::shared().sockets(), passing, fs::perm_options::add);
    BOOST_TEST_REQUIRE(::seteuid(nobody) == 0);
  }
  OnlyReads(const OnlyReads&) = delete;
  OnlyReads& operator=(const OnlyReads&) = delete;
  ~OnlyReads() {
    if (::getuid() == 0) BOOST_TEST(::seteuid(0) == 0);
    each([](const fs::path& path) { fs::permissions(path, fs::perms::owner_all); });
  }

 private:
  static constexpr ::uid_t nobody = 65'534;
  /// Its group stays what it was.
  static constexpr fs::perms passing = fs::perms::group_exec | fs::perms::others_exec;

  template <class Work>
  void each(Work&& work) const {
    for (const auto& entry : fs::recursive_directory_iterator(home_)) work(entry.path());
    work(home_);
  }

  fs::path home_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_home_that_can_only_be_read, *on_postgresql())

BOOST_AUTO_TEST_CASE(opens_strictly_and_misses_nothing_that_lies_there,
                     *boost::unit_test::enable_if<children_may_start_threads>()) {
  if (!on_a_server()) return;
  City city;
  city.close();
  const fs::path tails = city.found().tails();
  const ::pid_t child = ::fork();
  if (child == 0) {
    Store store = open(city);
    const Session officer = store.sign_in(joso, "kanri", password);
    static_cast<void>(store.verify_journal());  // drains, so that the next is a minute away
    read(officer);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  BOOST_TEST_REQUIRE(!fs::is_empty(tails));
  {
    const OnlyReads only(city.found().path);
    Store store = open(city);
    BOOST_TEST(store.is_strict());
    const Session officer = store.sign_in(joso, "kanri", password);
    read(officer, 2);
    BOOST_TEST(count(officer, "evacuee_list") == 5u);
    BOOST_TEST(store.check().sound);
  }
  BOOST_TEST(!fs::is_empty(tails));
  city.reopen();
  BOOST_TEST(!city.store().is_strict());
  BOOST_TEST(count(city.sign_in(), "evacuee_list") == 5u);
  BOOST_TEST(city.store().verify_journal().reads_lost == 0);
  city.close();
  BOOST_TEST(fs::is_empty(tails));
}

BOOST_AUTO_TEST_SUITE_END()

#endif
