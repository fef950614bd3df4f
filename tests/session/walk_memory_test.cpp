// What walks read from a server is kept in memory, and nobody can tell, save by the time it takes.
#include <boost/test/unit_test.hpp>
#include <renraku/copying.hpp>
#include <thread>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"
#include "session/searching.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "fixture/postgres.hpp"
#include "storage/engines/postgresql/postgresql.hpp"
#endif

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// Of the needles each so many: every comparison asks three stores twice.
constexpr int each = 11;

Store another(const City& city) {
  return open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
}

Session signed_in(Store& store) {
  return store.sign_in(joso, "kanri", password);
}

/// Two stores that were searched before find what a third does that was only just opened, and find
/// it again.
class SameEverywhere {
 public:
  explicit SameEverywhere(City& city) : city_(city), other_store_(another(city)) {}

  [[nodiscard]] const Session& here() const { return here_; }
  [[nodiscard]] const Session& other() const { return other_; }

  void after(const std::string& what) const {
    BOOST_TEST_CONTEXT("after " << what) {
      Store store = another(city_);
      const Answers cold = answers(signed_in(store), each);
      must_be_same(cold, answers(here_, each));
      must_be_same(cold, answers(other_, each));
      must_be_same(cold, answers(here_, each));
    }
  }

 private:
  City& city_;
  Store other_store_;
  Session here_ = city_.sign_in();
  Session other_ = signed_in(other_store_);
};

Person found(const Session& session, const std::string& name) {
  PersonFilter filter;
  filter.name = name;
  return session.people().find(filter).items.at(0);
}

std::string stamp(City& city) {
  const auto stamps =
      RawStore(city.found())
          .ask<crypto::Bytes>("SELECT stamp FROM walk_stamp WHERE municipality = '" +
                              std::string(joso) + "'");
  return stamps.empty() ? "" : std::string(stamps[0].begin(), stamps[0].end());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(walk_memory)

BOOST_AUTO_TEST_CASE(finds_what_a_store_finds_that_was_only_just_opened) {
  City city;
  import_many(city, city.sign_in(), 0, 120);
  const SameEverywhere stores(city);
  stores.after("an import");
  const Session& here = stores.here();
  const Session& other = stores.other();

  const Evacuee added = here.evacuees().add(somebody(500), entry_of(500));
  stores.after("adding");
  Person person = here.people().view(added.person);
  person.name = somebody(77).name;
  person.addresses = somebody(78).addresses;
  person = other.people().change(person);
  stores.after("a person's change by another store");
  person.kana = "ア ア";
  here.people().change(person);
  stores.after("another reading");
  Evacuee entry = other.evacuees().view(added.id);
  entry.reference = "甲-1299";
  entry = other.evacuees().change(entry);
  stores.after("another reference");
  entry.withdrawal = Withdrawal{WithdrawalReason::mistake, Date{2026, 11, 20}};
  here.evacuees().change(entry);
  stores.after("a withdrawal");
  import_many(city, other, 60, 100);
  stores.after("another import by another store");
  const Person hidden = found(here, "橋");
  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {here.member().id};
  const Person kept = here.people().protect(hidden.id, hidden.revision, protection);
  stores.after("a protection");
  other.people().protect(kept.id, kept.revision, std::nullopt);
  stores.after("no protection");
  other.people().erase(found(here, "吉田").id, ErasureReason::request);
  stores.after("an erasure by another store");
  here.people().erase(found(here, "渡").id, ErasureReason::request);
  stores.after("an erasure");
}

BOOST_AUTO_TEST_CASE(hides_whom_a_protection_hides) {
  City city;
  const Session named = city.sign_in();
  const Session colleague = city.member("other", Role::roster_officer);
  import_many(city, named, 0, 40);
  PersonFilter filter;
  filter.text = somebody(3).phones.front().digits;
  const Person person = colleague.people().find(filter).items.at(0);
  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {named.member().id};
  const Person hidden = named.people().protect(person.id, person.revision, protection);
  for (int time = 0; time < 2; ++time) {
    BOOST_TEST(colleague.people().find(filter).items.empty());
    BOOST_TEST(named.people().find(filter).items.size() == 1U);
  }
  named.people().protect(hidden.id, hidden.revision, std::nullopt);
  BOOST_TEST(colleague.people().find(filter).items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(threads_search_while_somebody_writes) {
  City city;
  import_many(city, city.sign_in(), 0, 300);
  const SameEverywhere stores(city);
  std::vector<std::thread> threads;
  for (int number = 0; number < 3; ++number) {
    threads.emplace_back([session = city.sign_in()] {
      for (int i = 0; i < 12; ++i) static_cast<void>(answers(session, 50));
    });
  }
  for (int i = 600; i < 630; ++i) stores.here().evacuees().add(somebody(i), entry_of(i));
  for (std::thread& thread : threads) thread.join();
  stores.after("thirty");
}

BOOST_AUTO_TEST_CASE(each_act_that_changes_people_makes_one_stamp) {
  City city;
  const Session officer = city.sign_in();
  BOOST_TEST(stamp(city).empty());
  import_many(city, officer, 0, 5);
  if (!on_a_server()) {
    BOOST_TEST(stamp(city).empty());
    return;
  }
  std::string before = stamp(city);
  BOOST_TEST(before.size() == 16U);
  BOOST_TEST(!named(officer, "橋").empty());
  static_cast<void>(officer.municipalities().change(officer.municipalities().view()));
  BOOST_TEST(stamp(city) == before);
  const auto must_change = [&](const std::string& what) {
    const std::string now = stamp(city);
    BOOST_TEST((now.size() == before.size() && now != before), what);
    before = now;
  };
  Evacuee entry = officer.evacuees().add(somebody(9), entry_of(9));
  must_change("adding");
  Person person = officer.people().view(entry.person);
  person.name = "変更　後子";
  officer.people().change(person);
  must_change("a person's change");
  entry.reference = "乙-1";
  entry = officer.evacuees().change(entry);
  must_change("an entry's change");
  import_many(city, officer, 0, 8);
  must_change("an import");
  officer.people().erase(entry.person, ErasureReason::request);
  must_change("an erasure");
}

#ifdef RENRAKU_POSTGRESQL

BOOST_AUTO_TEST_CASE(a_copy_to_a_server_has_stamps_of_its_own,
                     *on_a_folder("a server is copied to likewise") * on_postgresql()) {
  City city;
  import_many(city, city.sign_in(), 0, 40);
  const std::string address = PostgresServer::shared().new_database();
  const TemporaryFolder home;
  CopyOptions options;
  options.options = city.options();
  options.home = home.path();
  const Secret secret = Passphrase{passphrase};
  copy_store(city.address(), secret, address, options);
  BOOST_TEST(compare_stores(city.address(), address, secret, options).same);
  StoreOptions there = city.options();
  there.home = home.path();
  Store store = open_store(address, secret, there, City::cheap());
  const Session moved = signed_in(store);
  const Answers before = answers(city.sign_in(), each);
  must_be_same(before, answers(moved, each));
  must_be_same(before, answers(moved, each));
  const auto server = storage::postgresql::open(address)->connect();
  const auto found = server->prepare("SELECT count(*) FROM walk_stamp WHERE length(stamp) = 16");
  found->step();
  BOOST_TEST(found->integer(0) == 1);
}

BOOST_AUTO_TEST_CASE(walks_no_rows_whose_stamp_it_knows, *on_a_server_alone()) {
  City city;
  const Session officer = city.sign_in();
  import_many(city, officer, 0, 30);
  const auto before = named(officer, "山田");
  BOOST_TEST(before.size() == 3U);
  Store store = another(city);
  // What nobody can open any more nobody reads.
  RawStore raw(city.found());
  raw.run(
      "UPDATE person_search SET placed = (SELECT x.placed FROM person_search x ORDER BY x.person "
      "LIMIT 1)");
  raw.run(
      "UPDATE person_search SET named = (SELECT x.named FROM person_search x ORDER BY x.person "
      "LIMIT 1)");
  BOOST_TEST(named(officer, "山田") == before, boost::test_tools::per_element());
  BOOST_TEST(!named(officer, "橋").empty());
  BOOST_TEST(error_of([&] { return named(signed_in(store), "山田"); }) == "damaged");
  // Nor is a stamp of another length one.
  raw.run("UPDATE walk_stamp SET stamp = zeroblob(15)");
  BOOST_TEST(error_of([&] { return named(officer, "山田"); }) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_stamp_that_was_put_back_shows_what_is_there, *on_a_server_alone()) {
  City city;
  import_many(city, city.sign_in(), 0, 30);
  const SameEverywhere stores(city);
  stores.after("an import");
  RawStore raw(city.found());
  raw.run("CREATE TABLE stamp_of_before AS SELECT municipality, stamp FROM walk_stamp");
  const std::string before = stamp(city);
  // Both know the new stamp, one wrote it.
  stores.here().evacuees().add(somebody(33), entry_of(33));
  stores.after("adding");
  raw.run("UPDATE walk_stamp SET stamp = (SELECT b.stamp FROM stamp_of_before b)");
  BOOST_TEST(stamp(city) == before);
  stores.after("putting it back");
  stores.here().evacuees().add(somebody(34), entry_of(34));
  BOOST_TEST(stamp(city) != before);
  stores.after("adding once more");
  raw.run("DROP TABLE stamp_of_before");
}

#endif

BOOST_AUTO_TEST_SUITE_END()
