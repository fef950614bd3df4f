// A process killed at any moment loses nothing that it had acknowledged.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <map>
#include <set>

#include "crash/child.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"
#include "session/schema.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

Store open_city(const City& city, const std::string& words = passphrase) {
  return open_store(city.path(), Passphrase{words}, city.options(), City::cheap());
}

void must_be_whole(Store& store) {
  const CheckReport report = store.check();
  for (const Finding& finding : report.findings)
    BOOST_TEST_MESSAGE(finding.part << ": " << finding.detail);
  BOOST_TEST(report.sound);
  BOOST_TEST((report.journal.state == JournalState::intact));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kills)

BOOST_AUTO_TEST_CASE(during_single_changes) {
  City city;
  city.close();
  std::map<std::string, std::int64_t> acknowledged;  // person and revision
  const int kills = rounds(20, 120);
  for (int round = 0; round < kills; ++round) {
    Child child([&](const Child::Tell& tell) {
      Store store = open_city(city);
      Session officer = store.sign_in(joso, "kanri", password);
      while (true) {
        const Evacuee added = officer.evacuees().add(resident("架空", "カクウ"), {});
        tell(added.person.text() + " 1");
        Person person = officer.people().view(added.person);
        person.name = "変更";
        tell(added.person.text() + " " + std::to_string(officer.people().change(person).revision));
      }
    });
    child.wait_for(static_cast<std::size_t>(below(12)));
    child.let_run(below(1'500));
    for (const std::string& line : child.kill()) {
      acknowledged[line.substr(0, 36)] = std::stoll(line.substr(37));
    }
    Store store = open_city(city);
    must_be_whole(store);
  }
  Store store = open_city(city);
  Session officer = store.sign_in(joso, "kanri", password);
  for (const auto& [person, revision] : acknowledged) {
    BOOST_TEST(officer.people().view(Id<Person>::parse(person)).revision >= revision);
    BOOST_TEST(officer.journal().history(Uuid::parse(person)).items.size() >=
               static_cast<std::size_t>(revision));
  }
  BOOST_TEST_MESSAGE(kills << " kills, " << acknowledged.size()
                           << " people acknowledged, none lost");
  BOOST_TEST(acknowledged.size() > 20u);
}

BOOST_AUTO_TEST_CASE(during_changes_of_the_passphrase) {
  City city;
  city.close();
  std::string current = passphrase;
  int changed = 0;
  const int kills = rounds(20, 100);
  for (int round = 0; round < kills; ++round) {
    const auto words = [round](int number) {
      return "言葉 " + std::to_string(round) + "の" + std::to_string(number);
    };
    Child child([&](const Child::Tell& tell) {
      Store store = open_city(city, current);
      std::string from = current;
      for (int number = 0;; ++number) {
        tell("begin " + words(number));
        store.change_passphrase(Passphrase{from}, Passphrase{words(number)});
        from = words(number);
        tell("done " + from);
      }
    });
    child.wait_for(static_cast<std::size_t>(1 + below(8)));
    child.let_run(below(1'000));
    std::string begun;
    for (const std::string& line : child.kill()) {
      if (line.starts_with("begin ")) begun = line.substr(6);
      if (line.starts_with("done ")) current = line.substr(5), ++changed;
    }
    // The last acknowledged one opens, or the one that was on its way.
    if (error_of([&] { return open_city(city, current).key_slots().size(); }) != "none") {
      BOOST_REQUIRE(!begun.empty());
      current = begun;
    }
    Store store = open_city(city, current);
    must_be_whole(store);
    BOOST_TEST(store.key_slots().size() == 1u);
  }
  BOOST_TEST_MESSAGE(kills << " kills, " << changed << " changes of passphrase acknowledged");
}

BOOST_AUTO_TEST_CASE(during_a_migration) {
  City city;
  city.close();
  const auto database = city.path() / "renraku.db";
  const auto key = RawStore::page_key(city.path());
  const auto newest = static_cast<std::int64_t>(session::migrations().size());
  std::set<std::int64_t> stopped_at;
  const int kills = rounds(20, 60);
  for (int round = 0; round < kills; ++round) {
    for (const char* name : {"renraku.db", "renraku.db-wal", "renraku.db-shm"}) {
      std::filesystem::remove(city.path() / name);
    }
    const auto old = static_cast<std::size_t>(below(static_cast<int>(newest)));
    {
      storage::Database older(storage::sqlcipher::create(database, key.bytes().first<32>()));
      older.migrate(session::migrations().first(old));
    }
    Child child([&](const Child::Tell& tell) {
      tell("opening");
      const Store store = open_city(city);
      tell("open");
      ::pause();
    });
    child.wait_for(1);
    child.let_run(below(12'000));
    child.kill();
    stopped_at.insert(RawStore(city.path()).number("PRAGMA user_version"));
    Store store = open_city(city);
    must_be_whole(store);
    BOOST_TEST(store.municipalities().empty());
  }
  BOOST_TEST_MESSAGE(kills << " kills of a migration to " << newest << ", left at "
                           << stopped_at.size() << " different versions");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(races)

BOOST_AUTO_TEST_CASE(two_processes_that_change_one_person_lose_no_change) {
  City city;
  const Evacuee added = city.sign_in().evacuees().add(resident("架空", "カクウ"), {});
  city.close();
  constexpr int each = 30;
  const auto work = [&](const Child::Tell&) {
    Store store = open_city(city);
    Session officer = store.sign_in(joso, "kanri", password);
    for (int done = 0; done < each;) {
      Person person = officer.people().view(added.person);
      person.name += "一";
      try {
        officer.people().change(person);
        ++done;
      } catch (const Error& error) {
        if (error.code() != ErrorCode::conflict) throw;
      }
    }
  };
  Child one(work);
  Child two(work);
  BOOST_TEST(one.join());
  BOOST_TEST(two.join());
  Store store = open_city(city);
  const Person person = store.sign_in(joso, "kanri", password).people().view(added.person);
  BOOST_TEST(person.revision == 1 + 2 * each);
  BOOST_TEST(person.name.size() ==
             std::string("架空").size() + 2 * each * std::string("一").size());
  must_be_whole(store);
}

BOOST_AUTO_TEST_CASE(two_processes_open_and_make_and_sign_in_at_once) {
  City city;
  city.close();
  const auto work = [&](const Child::Tell& tell) {
    for (int i = 0; i < 5; ++i) {
      Store store = open_city(city);
      Session officer = store.sign_in(joso, "kanri", password);
      for (int j = 0; j < 5; ++j) {
        tell(officer.evacuees().add(resident("架空", "カクウ"), {}).id.text());
      }
    }
  };
  Child one(work);
  Child two(work);
  BOOST_TEST(one.join());
  BOOST_TEST(two.join());
  std::set<std::string> ids(one.lines().begin(), one.lines().end());
  ids.insert(two.lines().begin(), two.lines().end());
  BOOST_TEST(ids.size() == 50u);
  Store store = open_city(city);
  must_be_whole(store);
  Session officer = store.sign_in(joso, "kanri", password);
  for (const std::string& id : ids) {
    BOOST_TEST(error_of([&] { return officer.evacuees().view(Id<Evacuee>::parse(id)).note; }) ==
               "none");
  }
}

BOOST_AUTO_TEST_SUITE_END()
