#include <boost/test/unit_test.hpp>

#include "fixture/city.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

Organisation organisation(const std::string& name, const std::string& kana) {
  Organisation made;
  made.kind = OrganisationKind::pharmacy;
  made.name = name;
  made.kana = kana;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(organisations)

BOOST_AUTO_TEST_CASE(are_listed_by_reading_page_by_page) {
  City city;
  const Session session = city.sign_in();
  session.organisations().add(organisation("見本薬局", "ﾐﾎﾝﾔｯｷｮｸ"));
  session.organisations().add(organisation("架空薬局", "かくうやっきょく"));
  session.organisations().add(organisation("仮名薬局", "カメイヤッキョク"));
  std::vector<std::string> names;
  PageRequest page{"", 1};
  do {
    const auto one = session.organisations().list(page);
    for (const Organisation& found : one.items) names.push_back(found.name);
    page.after = one.next;
  } while (!page.after.empty());
  const std::vector<std::string> expected{"架空薬局", "仮名薬局", "見本薬局"};
  BOOST_TEST(names == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(those_of_one_reading_are_each_listed_once_and_a_change_moves_one) {
  City city;
  const Session session = city.sign_in();
  for (const char* name : {"一号", "二号", "三号"}) {
    session.organisations().add(organisation(name, "オナジ"));
  }
  const auto names = [&] {
    std::string seen;
    PageRequest page{"", 1};
    do {
      const auto one = session.organisations().list(page);
      for (const Organisation& found : one.items) seen += found.name;
      page.after = one.next;
    } while (!page.after.empty());
    return seen;
  };
  BOOST_TEST(names() == "一号二号三号");
  Organisation first = session.organisations().list().items.front();
  first.kana = "ンン";
  session.organisations().change(first);
  BOOST_TEST(names() == "二号三号一号");
}

BOOST_AUTO_TEST_CASE(a_change_names_the_revision_it_saw_and_is_in_the_history) {
  City city;
  const Session session = city.sign_in();
  const Organisation added = session.organisations().add(organisation("架空薬局", "カクウ"));
  Organisation changed = added;
  changed.phone = "0297-00-0009";
  BOOST_TEST(session.organisations().change(changed).revision == 2);
  BOOST_CHECK_EXCEPTION(session.organisations().change(changed), Error,
                        [](const Error& error) { return error.code() == ErrorCode::conflict; });
  BOOST_TEST(session.organisations().view(added.id).phone == "0297-00-0009");
  BOOST_TEST(session.journal().history(added.id).items.size() == 2u);
}

BOOST_AUTO_TEST_CASE(everybody_reads_them_and_administrators_keep_them) {
  City city;
  const Session nurse = city.member("kango", Role::professional);
  BOOST_TEST(nurse.organisations().list().items.empty());
  BOOST_CHECK_EXCEPTION(
      nurse.organisations().add(organisation("架空薬局", "")), Error,
      [](const Error& error) { return error.code() == ErrorCode::not_permitted; });
  BOOST_CHECK_EXCEPTION(city.sign_in().organisations().add(organisation("", "カクウ")), Error,
                        [](const Error& error) {
                          return error.code() == ErrorCode::missing && error.field() == "name";
                        });
}

BOOST_AUTO_TEST_SUITE_END()
