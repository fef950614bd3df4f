#include <boost/test/unit_test.hpp>

#include "fixture/city.hpp"

using namespace renraku;
using namespace renraku::fixture;

BOOST_AUTO_TEST_SUITE(thin_path)

BOOST_AUTO_TEST_CASE(an_added_evacuee_is_listed_found_and_journalled) {
  City city;
  Session officer = city.sign_in();
  Evacuee entry;
  entry.district = "第一";
  entry.reason = "独居高齢者";
  officer.evacuees().add(resident("髙﨑　ハナ", "ﾀｶｻｷ ﾊﾅ"), entry);

  const auto page = officer.evacuees().list();
  BOOST_REQUIRE_EQUAL(page.items.size(), 1u);
  BOOST_TEST(page.items[0].name == "髙﨑　ハナ");
  BOOST_TEST(page.items[0].kana == "タカサキ　ハナ");
  BOOST_TEST(page.items[0].phone == "0297000001");

  PersonFilter filter;
  filter.name = "高崎";
  BOOST_TEST(officer.people().find(filter).items.size() == 1u);
  filter = {};
  filter.phone = "０２９７－００－０００１";
  BOOST_TEST(officer.people().find(filter).items.size() == 1u);
  filter.phone = "297000001";
  BOOST_TEST(officer.people().find(filter).items.size() == 1u);
  filter = {};
  filter.birth_date = "昭和15年3月5日";
  BOOST_TEST(officer.people().find(filter).items.size() == 1u);
  filter = {};
  filter.address = "架空町1-2-3";
  BOOST_TEST(officer.people().find(filter).items.size() == 1u);

  const auto report = city.store().verify_journal();
  BOOST_TEST((report.state == JournalState::intact));
  BOOST_TEST(report.entries > 5);

  JournalFilter who;
  who.subject = page.items[0].person;
  BOOST_TEST(officer.journal().list(who).items.size() >= 6u);
  const auto history = officer.journal().history(page.items[0].person);
  BOOST_REQUIRE_EQUAL(history.items.size(), 1u);
  BOOST_TEST(!history.items[0].changes.empty());

  city.reopen();
  BOOST_TEST(city.sign_in().evacuees().list().items.size() == 1u);
  BOOST_TEST(city.store().check().sound);
}

BOOST_AUTO_TEST_SUITE_END()
