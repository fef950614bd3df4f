// Searches through more people than are looked through at a time.
#include <boost/test/unit_test.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// More than two blocks of a walk.
constexpr int crowd_size = 2'050;

std::string four_digits(int number) {
  return std::to_string(10'000 + number).substr(1);
}

/// The reading of a number: readings sort as numbers do.
std::string reading(int number) {
  static const std::vector<std::string> kana{"ア", "カ", "サ", "タ", "ナ",
                                             "ハ", "マ", "ヤ", "ラ", "ワ"};
  std::string text;
  for (const char digit : four_digits(number)) text += kana[static_cast<std::size_t>(digit - '0')];
  return text;
}

/// 架空　0000 to 架空　2049, listed in this order. Those about the end of the first block and the
/// last one live in 奥里 and wait for what nobody else waits for.
struct Crowd {
  City city;
  Session officer = city.sign_in();

  /// With `alike`, all have one reading, and so no order but that in which they came.
  explicit Crowd(bool alike = false) {
    int number = -1;
    ImportOptions options;
    options.accept_large = true;
    officer.roster().import_rows(
        [&](std::vector<std::string>& cells) {
          if (number == crowd_size) return false;
          cells = number < 0 ? std::vector<std::string>{"管理番号", "氏名", "フリガナ",
                                                        "生年月日", "住所", "事由"}
                             : row(number);
          if (number >= 0 && alike) cells[2] = reading(0);
          ++number;
          return true;
        },
        options);
  }

  static bool lives_apart(int number) {
    return (number >= 998 && number <= 1001) || number == crowd_size - 1;
  }
  static std::vector<std::string> row(int number) {
    return {"R" + std::to_string(number),
            "架空　" + four_digits(number),
            reading(number),
            "1940-03-05",
            lives_apart(number) ? "架空市奥里1-2" : "架空市架空町1-2",
            lives_apart(number) ? "在宅酸素" : "独居"};
  }
};

template <class List>
std::vector<std::string> names_on(int page_size, List&& list) {
  std::vector<std::string> names;
  PageRequest request{{}, page_size};
  do {
    const auto page = list(request);
    for (const auto& item : page.items) names.push_back(item.name);
    request.after = page.next;
  } while (!request.after.empty());
  return names;
}
template <class Set>
std::vector<std::string> listed(const Session& officer, int page_size, Set&& set) {
  EvacueeFilter filter;
  set(filter);
  return names_on(page_size, [&](const PageRequest& request) {
    return officer.evacuees().list(filter, request);
  });
}
template <class Set>
std::vector<std::string> found(const Session& officer, int page_size, Set&& set) {
  PersonFilter filter;
  set(filter);
  return names_on(page_size, [&](const PageRequest& request) {
    return officer.people().find(filter, request);
  });
}

using E = EvacueeFilter;
using P = PersonFilter;
using Names = std::vector<std::string>;

const Names apart{"架空　0998", "架空　0999", "架空　1000", "架空　1001", "架空　2049"};

Names everybody() {
  Names all;
  for (int number = 0; number < crowd_size; ++number) all.push_back("架空　" + four_digits(number));
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(search)

BOOST_AUTO_TEST_CASE(looks_through_all_blocks_of_people) {
  const Crowd crowd;
  for (const int number : {0, 999, 1'000, 1'999, 2'000, crowd_size - 1}) {
    const std::string name = "架空　" + four_digits(number);
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(found(crowd.officer, 1, [&](P& f) { f.name = name; }) == Names{name});
      BOOST_TEST(found(crowd.officer, 1, [&](P& f) { f.kana = reading(number); }) == Names{name});
      BOOST_TEST(listed(crowd.officer, 1, [&](E& f) { f.text = name; }) == Names{name});
    }
  }
  for (const int size : {1, 2, 4, 5, 200}) {
    BOOST_TEST_CONTEXT(size) {
      BOOST_TEST(found(crowd.officer, size, [](P& f) { f.address = "奥里"; }) == apart);
      BOOST_TEST(found(crowd.officer, size, [](P& f) { f.text = "奥里1"; }) == apart);
      BOOST_TEST(listed(crowd.officer, size, [](E& f) { f.text = "奥里"; }) == apart);
      BOOST_TEST(listed(crowd.officer, size, [](E& f) { f.reason = "酸素"; }) == apart);
    }
  }
  BOOST_TEST(found(crowd.officer, 50, [](P& f) { f.name = "どこにもない"; }).empty());
}

BOOST_AUTO_TEST_CASE(pages_of_what_fits_everybody_have_each_once_in_order) {
  const Crowd crowd;
  for (const int size : {50, 199, 200}) {
    BOOST_TEST_CONTEXT(size) {
      BOOST_TEST(found(crowd.officer, size, [](P& f) { f.name = "架空"; }) == everybody());
      BOOST_TEST(listed(crowd.officer, size, [](E& f) { f.text = "架空市"; }) == everybody());
    }
  }
  // A needle of which nothing is left when it is folded is in every text.
  BOOST_TEST(found(crowd.officer, 200, [](P& f) { f.text = "　"; }) == everybody());
}

BOOST_AUTO_TEST_CASE(goes_on_among_those_of_one_reading) {
  const Crowd crowd(true);
  BOOST_TEST(found(crowd.officer, 2, [](P& f) { f.address = "奥里"; }) == apart);
  BOOST_TEST(listed(crowd.officer, 200, [](E& f) { f.text = "架空市"; }) == everybody());
}

BOOST_AUTO_TEST_CASE(passes_by_the_hidden_at_the_end_of_a_block) {
  Crowd crowd;
  Session other = crowd.city.member("other", Role::roster_officer);
  Protection protection;
  protection.officers = {crowd.officer.member().id};
  for (const std::string& name : {apart[1], apart[2], apart[4]}) {
    PersonFilter filter;
    filter.name = name;
    const Person person = crowd.officer.people().find(filter).items.at(0);
    crowd.officer.people().protect(person.id, person.revision, protection);
  }
  const Names neighbours{apart[0], apart[3]};
  for (const int size : {1, 2, 3}) {
    BOOST_TEST_CONTEXT(size) {
      BOOST_TEST(found(other, size, [](P& f) { f.address = "奥里"; }) == neighbours);
      BOOST_TEST(found(other, size, [](P& f) { f.text = "奥里"; }) == neighbours);
      BOOST_TEST(listed(other, size, [](E& f) { f.text = "奥里"; }) == neighbours);
      BOOST_TEST(listed(other, size, [](E& f) { f.reason = "酸素"; }) == apart);
      BOOST_TEST(listed(crowd.officer, size, [](E& f) { f.text = "奥里"; }) == apart);
    }
  }
  BOOST_TEST(found(other, 1, [](P& f) { f.name = apart[4], f.address = "奥里"; }).empty());
  BOOST_TEST(found(other, 1, [](P& f) { f.name = apart[4]; }) == Names{apart[4]});
}

BOOST_AUTO_TEST_CASE(pages_are_full_however_many_of_a_place_are_hidden) {
  City city;
  Session officer = city.sign_in();
  Session other = city.member("other", Role::roster_officer);
  constexpr int size = 60;
  std::vector<Evacuee> entries;
  for (int number = 0; number < size; ++number) {
    Person person = resident("架空　" + four_digits(number), reading(number));
    person.phones = {{PhoneKind::home, {}, "0297-11-1222"}};
    Evacuee entry;
    entry.district = "奥里区";
    entries.push_back(officer.evacuees().add(person, entry));
  }
  Protection protection;
  protection.officers = {officer.member().id};
  for (int number = 6; number < 25; ++number) {
    protection.household.push_back(entries[static_cast<std::size_t>(number)].person);
  }
  officer.people().protect(entries[5].person, 1, protection);
  Names others;
  for (int number = 0; number < size; ++number) {
    if (number < 5 || number > 24) others.push_back("架空　" + four_digits(number));
  }
  for (const int page : {1, 4, 5, 6, 39, 40, 41, 200}) {
    BOOST_TEST_CONTEXT(page) {
      BOOST_TEST(listed(other, page, [](E& f) { f.district = "奥里区"; }) == others);
      BOOST_TEST(found(other, page, [](P& f) { f.phone = "0297111222"; }) == others);
      BOOST_TEST(found(other, page, [](P& f) { f.phone = "0297111222", f.name = "架空"; }) ==
                 others);
      BOOST_TEST(listed(other, page, [](E&) {}).size() == size);
      BOOST_TEST(found(officer, page, [](P& f) { f.phone = "0297111222"; }).size() == size);
    }
  }
}

BOOST_AUTO_TEST_CASE(takes_a_reference_in_any_width_and_its_signs_as_they_are) {
  City city;
  Session officer = city.sign_in();
  Evacuee entry;
  entry.reference = "A-50%_x";
  officer.evacuees().add(resident("架空", "カクウ"), entry);
  entry.reference = "Ｂ 5012";
  officer.evacuees().add(resident("見本", "ミホン"), entry);
  const auto by_text = [&](const std::string& text) {
    return listed(officer, 50, [&](E& f) { f.text = text; });
  };
  for (const char* needle : {"A-50", "ａ－５０％", "%_X", "50%", "_", "%"}) {
    BOOST_TEST(by_text(needle) == Names{"架空"}, needle);
  }
  for (const char* needle : {"b5012", "Ｂ 50"}) {
    BOOST_TEST(by_text(needle) == Names{"見本"}, needle);
  }
  for (const char* needle : {"A%x", "5_12", "A-5__", "%%"}) {
    BOOST_TEST(by_text(needle).empty(), needle);
  }
}

BOOST_AUTO_TEST_SUITE_END()
