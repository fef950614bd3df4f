// Encrypting anew, making and restoring backups: killed at any moment, the store is the old one or
// the new one, and nothing acknowledged is lost.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <renraku/backup.hpp>

#include "crash/child.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

Store open_city(const City& city) {
  return open_store(city.path(), Passphrase{passphrase}, city.options(), City::cheap());
}

void must_be_whole(Store& store) {
  const CheckReport report = store.check();
  for (const Finding& finding : report.findings)
    BOOST_TEST_MESSAGE(finding.part << ": " << finding.detail);
  BOOST_TEST(report.sound);
  BOOST_TEST(report.journal.reads_lost == 0);
}

/// Adds people until it is killed; tells their ids. Opens anew where it is told to.
void keep_adding(const City& city, const Child::Tell& tell) {
  while (true) {
    Store store = open_city(city);
    Session officer = store.sign_in(joso, "kanri", password);
    try {
      while (true) {
        const Id<Person> person = officer.evacuees().add(resident("架空", "カクウ"), {}).person;
        static_cast<void>(officer.people().view(person));
        tell(person.text());
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::busy) throw;
    }
  }
}

void must_be_there(Store& store, const std::vector<std::string>& people) {
  Session officer = store.sign_in(joso, "kanri", password);
  for (const std::string& person : people) {
    BOOST_TEST(officer.people().view(Id<Person>::parse(person)).name == "架空");
  }
}

std::size_t databases(const City& city) {
  std::size_t count = 0;
  for (const auto& file : fs::directory_iterator(city.path())) {
    const std::string name = file.path().filename().string();
    if (name.ends_with(".db") || name.ends_with(".leaving")) ++count;
  }
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(key_kills)

BOOST_AUTO_TEST_CASE(during_re_encryption_beside_another_process_that_writes) {
  City city;
  city.close();
  std::vector<std::string> acknowledged;
  int finished = 0;
  const int kills = rounds(20, 100);
  for (int round = 0; round < kills; ++round) {
    Child writer([&](const Child::Tell& tell) { keep_adding(city, tell); });
    writer.wait_for(1);
    Child child([&](const Child::Tell& tell) {
      Store store = open_city(city);
      tell("open");
      while (true) {
        store.reencrypt({Passphrase{passphrase}});
        tell("done");
      }
    });
    child.wait_for(static_cast<std::size_t>(1 + below(2)));
    child.let_run(below(60'000));
    for (const std::string& line : child.kill()) finished += line == "done" ? 1 : 0;
    for (std::string& person : writer.kill()) acknowledged.push_back(std::move(person));
    Store store = open_city(city);
    must_be_whole(store);
  }
  Store store = open_city(city);
  must_be_there(store, acknowledged);
  store.reencrypt({Passphrase{passphrase}});
  BOOST_TEST(databases(city) == 1u);
  BOOST_TEST_MESSAGE(kills << " kills, " << finished << " re-encryptions finished, "
                           << acknowledged.size() << " people acknowledged beside them");
  BOOST_TEST(acknowledged.size() > 20u);
  BOOST_TEST(finished > 0);
}

BOOST_AUTO_TEST_CASE(during_backups) {
  City city;
  city.close();
  const fs::path folder = city.path().parent_path() / "backups";
  const fs::path restored = city.path().parent_path() / "restored.renraku";
  fs::create_directory(folder);
  std::size_t opened = 0;
  const int kills = rounds(20, 100);
  for (int round = 0; round < kills; ++round) {
    city.move_clock(std::chrono::hours(1));
    Child writer([&](const Child::Tell& tell) { keep_adding(city, tell); });
    writer.wait_for(1);
    std::vector<std::string> before = writer.lines();
    Child child([&](const Child::Tell& tell) {
      Store store = open_city(city);
      tell("open");
      BackupOptions options;
      options.keep = 3;
      while (true) {
        city.move_clock(std::chrono::seconds(1));
        tell(store.backup(folder, options).file);
      }
    });
    child.wait_for(static_cast<std::size_t>(1 + below(3)));
    child.let_run(below(20'000));
    std::vector<std::string> told = child.kill();
    writer.kill();
    // Every file that is there under a backup's name is whole; what was told of is there.
    std::size_t files = 0;
    for (const auto& file : fs::directory_iterator(folder)) {
      if (file.path().extension() != ".backup") continue;
      ++files;
      fs::remove_all(restored);
      RestoreOptions options;
      options.options = city.options();
      BOOST_TEST(
          error_of([&] {
            return Store::restore(file.path(), Passphrase{passphrase}, restored, options).sequence;
          }) == "none");
      ++opened;
    }
    BOOST_TEST(files <= 4u);
    if (told.size() > 1) {
      BOOST_TEST(fs::exists(folder / told.back()));
      Store store = open_store(restored, Passphrase{passphrase}, city.options(), City::cheap());
      must_be_whole(store);
    }
    Store store = open_city(city);
    must_be_whole(store);
  }
  BOOST_TEST_MESSAGE(kills << " kills of backups; " << opened << " files restored, all whole");
  BOOST_TEST(opened > 0u);
}

BOOST_AUTO_TEST_CASE(during_restores) {
  City city;
  std::vector<std::string> people;
  for (int i = 0; i < 20; ++i) {
    people.push_back(city.sign_in().evacuees().add(resident("架空", "カクウ"), {}).person.text());
  }
  const fs::path folder = city.path().parent_path();
  const fs::path file = folder / city.store().backup(folder, {}).file;
  city.close();
  int finished = 0;
  const int kills = rounds(20, 100);
  const fs::path restored = folder / "restored.renraku";
  for (int round = 0; round < kills; ++round) {
    fs::remove_all(restored);
    Child child([&](const Child::Tell& tell) {
      tell("begun");
      RestoreOptions options;
      options.options = city.options();
      tell(
          std::to_string(Store::restore(file, Passphrase{passphrase}, restored, options).sequence));
      ::pause();
    });
    child.wait_for(1);
    child.let_run(below(150'000));
    finished += child.kill().size() > 1 ? 1 : 0;
    // Either it is no store at all, or it is whole.
    const std::string error = error_of([&] {
      Store store = open_store(restored, Passphrase{passphrase}, city.options(), City::cheap());
      must_be_whole(store);
      must_be_there(store, people);
      return 0;
    });
    BOOST_TEST((error == "none" || error == "not_a_store"), error);
  }
  BOOST_TEST_MESSAGE(kills << " kills of restores, " << finished << " had finished");
}

BOOST_AUTO_TEST_SUITE_END()
