// Finding people by part of a text where a server keeps pairs of characters for it: what is found
// is the same as without.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <renraku/copying.hpp>
#include <set>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"
#include "session/searching.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "fixture/postgres.hpp"
#include "storage/engines/postgresql/named_parameters.hpp"
#include "storage/engines/postgresql/postgresql.hpp"
#endif

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// With pairs the session finds what it finds without; they stay on. Of the needles each so many.
void must_find_as_without(City& city, int each = 1) {
  const Session officer = city.sign_in();
  BOOST_TEST((officer.municipalities().view().text_index == TextIndex::on));
  const Answers with = answers(officer, each);
  BOOST_TEST((officer.municipalities().index_texts(false).text_index == TextIndex::off));
  must_be_same(with, answers(officer, each));
  BOOST_TEST((officer.municipalities().index_texts(true).text_index == TextIndex::on));
}

std::int64_t count(City& city, const std::string& what) {
  return RawStore(city.found()).number("SELECT count(*) FROM " + what);
}

/// Everybody has pairs on a server, and nobody in a folder.
void must_be_whole(City& city) {
  const std::int64_t people = on_a_server() ? count(city, "person_search") : 0;
  BOOST_TEST(count(city, "person_pair WHERE part = 'person'") == people);
  BOOST_TEST(count(city, "person_pair WHERE part = 'entry'") <= people);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_index)

BOOST_AUTO_TEST_CASE(finds_what_is_found_without_it) {
  City city;
  Session officer = city.sign_in();
  BOOST_TEST((officer.municipalities().view().text_index == TextIndex::off));
  import_many(city, officer, 0, 260);
  for (int i = 260; i < 280; ++i) officer.evacuees().add(somebody(i), entry_of(i));
  const Answers before = answers(officer);
  BOOST_TEST((officer.municipalities().index_texts(true).text_index == TextIndex::on));
  must_be_whole(city);
  must_be_same(before, answers(officer));
  BOOST_TEST(count(city, "person_pair WHERE part = 'entry'") == (on_a_server() ? 280 : 0));
  officer.municipalities().index_texts(false);
  BOOST_TEST(count(city, "person_pair") == 0);
}

BOOST_AUTO_TEST_CASE(follows_what_is_added_changed_imported_and_erased) {
  City city;
  Session officer = city.sign_in();
  import_many(city, officer, 0, 60);
  officer.municipalities().index_texts(true);
  import_many(city, officer, 20, 100);
  std::vector<Evacuee> entries;
  for (int i = 200; i < 220; ++i) {
    entries.push_back(officer.evacuees().add(somebody(i), entry_of(i)));
  }
  for (std::size_t i = 0; i < 8; ++i) {
    Person person = officer.people().view(entries[i].person);
    const Person other = somebody(static_cast<int>(i) + 77);
    person.name = other.name;
    person.addresses = other.addresses;
    officer.people().change(person);
  }
  for (std::size_t i = 4; i < 12; ++i) {
    Evacuee entry = officer.evacuees().view(entries[i].id);
    entry.reference = "乙-" + std::to_string(i);
    officer.evacuees().change(entry);
  }
  for (std::size_t i = 12; i < 16; ++i) {
    officer.people().erase(entries[i].person, ErasureReason::request);
  }
  must_be_whole(city);
  must_find_as_without(city);
  EvacueeFilter renamed;
  renamed.text = "乙-1";
  BOOST_TEST(officer.evacuees().list(renamed).items.size() == 2u);
  renamed.text = "甲-204";
  BOOST_TEST(officer.evacuees().list(renamed).items.empty());
}

BOOST_AUTO_TEST_CASE(is_filled_while_people_are_added_and_changed) {
  City city;
  Session officer = city.sign_in();
  import_many(city, officer, 0, 1300);
  PersonFilter filter;
  filter.name = "山田";
  const std::vector<Person> some = officer.people().find(filter, {{}, 200}).items;
  std::size_t changed = 0;
  std::int64_t told = 0;
  officer.municipalities().index_texts(
      true, [&](std::int64_t done, std::int64_t, std::int64_t all) {
        told = done;
        BOOST_TEST(all >= done);
        BOOST_TEST((officer.municipalities().view().text_index == TextIndex::filling));
        officer.evacuees().add(resident("途中　加代", "トチュウ カヨ"), entry_of(5000));
        for (std::size_t i = 0; i < 30; ++i, ++changed) {
          Person person = some.at(changed);
          person.name = "変更　後子";
          officer.people().change(person);
        }
        BOOST_TEST(named(officer, "途中").size() >= 1u);
        return true;
      });
  BOOST_TEST(told == (on_a_server() ? 1300 : 0));
  must_be_whole(city);
  BOOST_TEST(named(officer, "更後").size() == std::min<std::size_t>(changed, 50));
  must_find_as_without(city, 9);
}

BOOST_AUTO_TEST_CASE(one_that_was_ended_or_killed_goes_on, *on_a_server_alone()) {
  City city;
  import_many(city, city.sign_in(), 0, 1700);
  {
    const Session officer = city.sign_in();
    BOOST_TEST(error_of([&] {
                 return officer.municipalities().index_texts(
                     true, [](std::int64_t, std::int64_t, std::int64_t) { return false; });
               }) == "cancelled");
    BOOST_TEST(count(city, "person_pair WHERE part = 'person'") == 500);
    BOOST_TEST(!named(officer, "山田").empty());
  }
  city.close();
  const pid_t child = ::fork();
  BOOST_REQUIRE(child >= 0);
  if (child == 0) {
    try {
      Store store =
          open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
      static_cast<void>(store.sign_in(joso, "kanri", password)
                            .municipalities()
                            .index_texts(true, [](std::int64_t, std::int64_t, std::int64_t) {
                              ::kill(::getpid(), SIGKILL);
                              return true;
                            }));
    } catch (...) {
    }
    ::_exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  BOOST_REQUIRE(WIFSIGNALED(status));
  city.reopen();
  const Session officer = city.sign_in();
  BOOST_TEST((officer.municipalities().view().text_index == TextIndex::filling));
  BOOST_TEST(count(city, "person_pair WHERE part = 'person'") == 1000);
  std::int64_t rest = 0;
  officer.municipalities().index_texts(true, [&](std::int64_t done, std::int64_t, std::int64_t) {
    rest = done;
    return true;
  });
  BOOST_TEST(rest == 700);
  must_be_whole(city);
  must_find_as_without(city, 9);

  // What an emptying left that was ended is old, and goes before there is new.
  BOOST_TEST(error_of([&] {
               return officer.municipalities().index_texts(
                   false, [](std::int64_t, std::int64_t, std::int64_t) { return false; });
             }) == "cancelled");
  BOOST_TEST(count(city, "person_pair") > 0);
  Person person = officer.people()
                      .find([] {
                        PersonFilter filter;
                        filter.name = "山田";
                        return filter;
                      }())
                      .items.front();
  person.name = "変更　後子";
  officer.people().change(person);
  officer.municipalities().index_texts(true);
  BOOST_TEST(named(officer, "更後").size() == 1u);
  BOOST_TEST(count(city, "person_search") == count(city, "person_pair WHERE part = 'person'"));
}

BOOST_AUTO_TEST_CASE(hides_whom_a_protection_hides) {
  City city;
  Session named_officer = city.sign_in();
  Session other = city.member("other", Role::roster_officer);
  const auto hidden = named_officer.evacuees().add(somebody(3), entry_of(3)).person;
  named_officer.evacuees().add(somebody(4), entry_of(4));
  named_officer.municipalities().index_texts(true);
  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {named_officer.member().id};
  named_officer.people().protect(hidden, 1, protection);
  PersonFilter filter;
  filter.address = somebody(3).addresses.front().text;
  BOOST_TEST(other.people().find(filter).items.empty());
  BOOST_TEST(named_officer.people().find(filter).items.size() == 1u);
  filter = {};
  filter.text = somebody(3).phones.front().digits;
  BOOST_TEST(other.people().find(filter).items.empty());
  BOOST_TEST(named_officer.people().find(filter).items.size() == 1u);
  must_find_as_without(city);
}

BOOST_AUTO_TEST_CASE(is_an_administrators_switch_with_a_fresh_proof) {
  City city;
  const Session officer = city.member("hanako", Role::roster_officer);
  BOOST_TEST(error_of([&] { return officer.municipalities().index_texts(true); }) ==
             "not_permitted");
  Session kanri = city.sign_in();
  Municipality changed = kanri.municipalities().view();
  changed.text_index = TextIndex::on;
  BOOST_TEST((kanri.municipalities().change(changed).text_index == TextIndex::off));
  city.move_clock(std::chrono::minutes(11));
  BOOST_TEST(error_of([&] { return kanri.municipalities().index_texts(true); }) ==
             "reauthenticate");
  kanri.reauthenticate(password);
  kanri.municipalities().index_texts(true);
  BOOST_TEST((kanri.journal().verify().state == JournalState::intact));
}

#ifdef RENRAKU_POSTGRESQL

BOOST_AUTO_TEST_CASE(comes_along_to_a_server,
                     *on_a_folder("folders keep no pairs") * on_postgresql()) {
  City city;
  import_many(city, city.sign_in(), 0, 50);
  const std::string address = PostgresServer::shared().new_database();
  const TemporaryFolder home;
  CopyOptions options;
  options.options = city.options();
  options.home = home.path();
  // Ended when everybody is there, before they are read for the second time.
  std::int64_t once = 0;
  options.progress = [&](std::int64_t, std::int64_t, std::int64_t in_all) {
    if (once == 0) once = in_all;
    return in_all == once;
  };
  const Secret secret = Passphrase{passphrase};
  BOOST_TEST(error_of([&] { copy_store(city.address(), secret, address, options); }) ==
             "cancelled");
  const auto pairs = [&](const std::string& where) {
    const auto server = storage::postgresql::open(address)->connect();
    const auto found = server->prepare("SELECT count(*) FROM person_pair WHERE " + where);
    found->step();
    return found->integer(0);
  };
  BOOST_TEST(pairs("true") == 0);
  city.sign_in().municipalities().index_texts(true);
  Session officer = city.sign_in();
  officer.evacuees().add(somebody(60), entry_of(60));
  Person person = officer.people()
                      .find([] {
                        PersonFilter filter;
                        filter.name = "山田";
                        return filter;
                      }())
                      .items.front();
  person.name = "変更　後子";
  // Nobody else's: those of one reading stand as they came.
  person.kana = "ヘンコウ アトコ";
  officer.people().change(person);
  options.progress = {};
  copy_store(city.address(), secret, address, options);
  BOOST_TEST(compare_stores(city.address(), address, secret, options).same);
  BOOST_TEST(pairs("part = 'person'") == 51);
  BOOST_TEST(pairs("part = 'entry'") == 51);
  StoreOptions there = city.options();
  there.home = home.path();
  Store store = open_store(address, secret, there, City::cheap());
  const Session moved = store.sign_in(joso, "kanri", password);
  BOOST_TEST((moved.municipalities().view().text_index == TextIndex::on));
  must_be_same(answers(officer, 5), answers(moved, 5));
}

/// The statements that the work prepares and that look for pairs.
template <class Work>
std::set<std::string> looking_for_pairs(Work&& work) {
  std::set<std::string> seen;
  storage::observe_prepare([&](std::string_view sql) {
    if (sql.find("has_all(") != std::string_view::npos) seen.emplace(sql);
  });
  work();
  storage::observe_prepare({});
  return seen;
}

BOOST_AUTO_TEST_CASE(who_is_looked_for_is_found_by_the_index_alone, *on_a_server_alone()) {
  City city;
  import_many(city, city.sign_in(), 0, 3000);
  city.sign_in().municipalities().index_texts(true);
  city.reopen();
  const Session officer = city.sign_in();
  const auto seen = looking_for_pairs([&] {
    PersonFilter filter;
    filter.name = "齋藤一二三";
    BOOST_TEST(officer.people().find(filter).items.size() > 1u);
    EvacueeFilter entries;
    entries.text = "甲-2345";
    BOOST_TEST(officer.evacuees().list(entries).items.size() == 1u);
    entries.label = Label::red;
    BOOST_TEST(officer.evacuees().list(entries).items.empty());
    // Of one character there is no pair.
    filter.name = "藤";
    BOOST_TEST(officer.people().find(filter).items.size() > 1u);
  });
  BOOST_TEST(seen.size() == 2u);
  const auto server = storage::postgresql::open(city.address())->connect();
  server->run(
      "ANALYZE person_search; ANALYZE person_pair; ANALYZE evacuee; "
      "SET plan_cache_mode = force_generic_plan");
  int number = 0;
  for (const std::string& sql : seen) {
    const auto numbered = storage::postgresql::number_parameters(sql);
    const std::string name = fmt::format("looked_for_{}", ++number);
    server->run(fmt::format("PREPARE {} AS {}", name, numbered.text));
    std::string nulls;
    for (std::size_t i = 0; i < numbered.names.size(); ++i) nulls += i == 0 ? "NULL" : ", NULL";
    std::string plan;
    const auto explained = server->prepare(fmt::format("EXPLAIN EXECUTE {}({})", name, nulls));
    while (explained->step()) plan += std::string(explained->text(0)) + '\n';
    BOOST_TEST(plan.find("Bitmap Index Scan on person_pair_pairs") != std::string::npos, plan);
  }
}

BOOST_AUTO_TEST_CASE(a_server_that_takes_pairs_away_hides_and_shows_nothing_else,
                     *on_a_server_alone()) {
  City city;
  const Session officer = city.sign_in();
  for (int i = 0; i < 10; ++i) officer.evacuees().add(somebody(i), entry_of(i));
  officer.municipalities().index_texts(true);
  const auto all = named(officer, "高橋");
  BOOST_TEST(all.size() == 2u);
  // Somebody else's pairs lead to nobody who does not fit.
  RawStore(city.found())
      .run(
          "UPDATE person_pair SET pairs = (SELECT b.pairs FROM person_pair b WHERE b.part = "
          "'person' ORDER BY b.person LIMIT 1) WHERE part = 'person'");
  BOOST_TEST(named(officer, "高橋") == all, boost::test_tools::per_element());
  RawStore(city.found()).run("DELETE FROM person_pair");
  BOOST_TEST(named(officer, "高橋").empty());
}

#endif

BOOST_AUTO_TEST_SUITE_END()
