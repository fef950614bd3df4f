#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

Person named(const std::string& name, const std::string& kana, const std::string& phone = {}) {
  Person person = resident(name, kana);
  person.phones.clear();
  if (!phone.empty()) person.phones = {{PhoneKind::home, phone, phone}};
  return person;
}

/// The names found, in order.
std::string found(Session& officer, const PersonFilter& filter) {
  std::string names;
  PageRequest request;
  request.size = 2;
  do {
    const Page<Person> page = officer.people().find(filter, request);
    for (const Person& person : page.items) names += person.name + '|';
    request.after = page.next;
  } while (!request.after.empty());
  return names;
}

template <class Field>
std::string found_by(Session& officer, Field field, const std::string& needle) {
  PersonFilter filter;
  filter.*field = needle;
  return found(officer, filter);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(people)

BOOST_AUTO_TEST_CASE(a_name_is_found_in_any_spelling) {
  City city;
  Session officer = city.sign_in();
  officer.evacuees().add(named("髙﨑　ハナ", "タカサキ　ハナ"), {});
  officer.evacuees().add(named("渡邊󠄁　一郎", "ﾜﾀﾅﾍﾞ ｲﾁﾛｳ"), {});
  officer.evacuees().add(named("𠮷田　Ａｎｎａ", "ヨシダ　アンナ"), {});
  for (const char* spelling : {"髙﨑", "高崎", "高﨑ハナ", "髙崎 はな", "ﾊﾅ"}) {
    BOOST_TEST_CONTEXT(spelling) {
      BOOST_TEST(found_by(officer, &PersonFilter::name, spelling) == "髙﨑　ハナ|");
      BOOST_TEST(found_by(officer, &PersonFilter::text, spelling) == "髙﨑　ハナ|");
    }
  }
  for (const char* spelling : {"渡辺", "渡邉", "渡邊一郎"}) {
    BOOST_TEST(found_by(officer, &PersonFilter::name, spelling) == "渡邊󠄁　一郎|");
  }
  for (const char* spelling : {"ﾜﾀﾅﾍﾞ", "わたなべ", "ワタナヘ゛", "わたなべ　いちろう"}) {
    BOOST_TEST(found_by(officer, &PersonFilter::kana, spelling) == "渡邊󠄁　一郎|");
  }
  for (const char* spelling : {"吉田anna", "𠮷田 ANNA", "ａｎｎａ"}) {
    BOOST_TEST(found_by(officer, &PersonFilter::name, spelling) == "𠮷田　Ａｎｎａ|");
  }
  BOOST_TEST(found_by(officer, &PersonFilter::name, "田中").empty());
}

BOOST_AUTO_TEST_CASE(what_was_written_is_kept_to_the_byte) {
  City city;
  Session officer = city.sign_in();
  Person person = named("渡邊󠄁　\xEE\x80\x80 〓", "ﾜﾀﾅﾍﾞ ｲﾁﾛｳ");
  person.kana_written = "ﾜﾀﾅﾍﾞ ｲﾁﾛｳ";
  person.birth_written = "S15.3.5";
  const Evacuee added = officer.evacuees().add(person, {});
  city.reopen();
  const Person stored = city.sign_in().people().view(added.person);
  BOOST_TEST(stored.name == person.name);
  BOOST_TEST(stored.kana == "ワタナベ　イチロウ");
  BOOST_TEST(stored.kana_written == person.kana_written);
  BOOST_TEST(stored.birth_written == person.birth_written);
}

BOOST_AUTO_TEST_CASE(signs_of_the_search_language_are_themselves) {
  City city;
  Session officer = city.sign_in();
  officer.evacuees().add(named("百％　一", "ヒャク"), {});
  officer.evacuees().add(named("下_線", "シタ"), {});
  officer.evacuees().add(named("逆\\線", "ギャク"), {});
  officer.evacuees().add(named("普通", "フツウ"), {});
  BOOST_TEST(found_by(officer, &PersonFilter::name, "%") == "百％　一|");
  BOOST_TEST(found_by(officer, &PersonFilter::name, "_") == "下_線|");
  BOOST_TEST(found_by(officer, &PersonFilter::name, "\\") == "逆\\線|");
  BOOST_TEST(found_by(officer, &PersonFilter::text, "下%線").empty());
  BOOST_TEST(found_by(officer, &PersonFilter::address, "架空%").empty());
  BOOST_TEST(found_by(officer, &PersonFilter::name, "' OR 1=1 --").empty());
}

BOOST_AUTO_TEST_CASE(a_phone_is_found_however_it_is_written) {
  City city;
  Session officer = city.sign_in();
  officer.evacuees().add(named("固定", "コテイ", "0297000001"), {});
  officer.evacuees().add(named("携帯", "ケイタイ", "09000000001"), {});
  for (const char* spelling :
       {"0297-00-0001", "０２９７（００）０００１", "297000001", "+81 297 00 0001"}) {
    BOOST_TEST_CONTEXT(spelling) {
      BOOST_TEST(found_by(officer, &PersonFilter::phone, spelling) == "固定|");
    }
  }
  BOOST_TEST(found_by(officer, &PersonFilter::phone, "9000000001") == "携帯|");
  BOOST_TEST(found_by(officer, &PersonFilter::text, "0297-00-0001") == "固定|");
  BOOST_TEST(found_by(officer, &PersonFilter::phone, "0297000002").empty());
  for (const char* wrong : {"", "架空", "12"}) {
    BOOST_TEST(error_of([&] { return found_by(officer, &PersonFilter::phone, wrong); }) ==
               "invalid");
  }
}

BOOST_AUTO_TEST_CASE(a_birth_date_is_found_in_any_notation_and_unknown_is_nobodys) {
  City city;
  Session officer = city.sign_in();
  Person day = named("日", "ニチ");
  Person month = named("月", "ツキ");
  month.birth_date = Date{1940, 3, 0};
  Person year = named("年", "ネン");
  year.birth_date = Date{1940, 0, 0};
  Person unknown = named("不詳", "フショウ");
  unknown.birth_date.reset();
  unknown.sex.reset();
  for (const Person& person : {day, month, year, unknown}) officer.evacuees().add(person, {});
  for (const char* spelling :
       {"1940-03-05", "昭和15年3月5日", "S15.3.5", "３－１５０３０５", "19400305"}) {
    BOOST_TEST_CONTEXT(spelling) {
      BOOST_TEST(found_by(officer, &PersonFilter::birth_date, spelling) == "日|");
    }
  }
  for (const char* wrong : {"不詳", "", "1940-02-30", "明日", "2027-01-01"}) {
    BOOST_TEST(error_of([&] { return found_by(officer, &PersonFilter::birth_date, wrong); }) ==
               "invalid");
  }
  const auto lines = officer.evacuees().list().items;
  BOOST_REQUIRE_EQUAL(lines.size(), 4u);
  std::string dates;
  for (const auto& line : lines) dates += (line.birth_date ? line.birth_date->text() : "-") + " ";
  BOOST_TEST(dates == "1940-03 1940-03-05 1940 - ");
}

BOOST_AUTO_TEST_CASE(an_address_is_found_by_a_fragment) {
  City city;
  Session officer = city.sign_in();
  officer.evacuees().add(named("一人", "ヒトリ"), {});
  for (const char* spelling :
       {"架空町1-2-3", "架空町１丁目２番３号", "常総市水海道", "架空町一丁目2番"}) {
    BOOST_TEST_CONTEXT(spelling) {
      BOOST_TEST(found_by(officer, &PersonFilter::address, spelling) == "一人|");
    }
  }
  BOOST_TEST(found_by(officer, &PersonFilter::address, "架空町1-2-4").empty());
}

BOOST_AUTO_TEST_CASE(every_field_given_has_to_fit) {
  City city;
  Session officer = city.sign_in();
  // Five live at one number; the one looked for comes last in the list.
  for (int i = 1; i <= 5; ++i) {
    Person person =
        named("同居　" + std::to_string(i), "ドウキョ " + std::to_string(i), "0297000001");
    person.birth_date = Date{1940, 3, static_cast<std::uint8_t>(i)};
    person.municipal_number = "000" + std::to_string(i);
    officer.evacuees().add(person, {});
  }
  PersonFilter filter;
  filter.phone = "0297000001";
  BOOST_TEST(found(officer, filter) == "同居　1|同居　2|同居　3|同居　4|同居　5|");
  filter.birth_date = "1940-03-05";
  BOOST_TEST(found(officer, filter) == "同居　5|");
  filter.municipal_number = "０００５";
  BOOST_TEST(found(officer, filter) == "同居　5|");
  filter.name = "同居5";
  BOOST_TEST(found(officer, filter) == "同居　5|");
  filter.municipal_number = "0004";
  BOOST_TEST(found(officer, filter).empty());
}

BOOST_AUTO_TEST_CASE(a_changed_person_is_found_by_what_is_now_and_not_by_what_was) {
  City city;
  Session officer = city.sign_in();
  Person person = named("前　名", "マエ", "0297000001");
  person.municipal_number = "1";
  const Evacuee added = officer.evacuees().add(person, {});
  Person changed = officer.people().view(added.person);
  changed.name = "後　名";
  changed.kana = "ﾉﾁ";
  changed.phones = {{PhoneKind::home, "0297000002", "0297000002"}};
  changed.addresses = {{AddressKind::residence, "", "別の町9-9"}};
  changed.birth_date = Date{1950, 1, 1};
  changed.municipal_number = "2";
  officer.people().change(changed);
  BOOST_TEST(found_by(officer, &PersonFilter::name, "前").empty());
  BOOST_TEST(found_by(officer, &PersonFilter::kana, "マエ").empty());
  BOOST_TEST(found_by(officer, &PersonFilter::phone, "0297000001").empty());
  BOOST_TEST(found_by(officer, &PersonFilter::address, "架空").empty());
  BOOST_TEST(found_by(officer, &PersonFilter::birth_date, "1940-03-05").empty());
  BOOST_TEST(found_by(officer, &PersonFilter::municipal_number, "1").empty());
  BOOST_TEST(found_by(officer, &PersonFilter::name, "後") == "後　名|");
  BOOST_TEST(found_by(officer, &PersonFilter::kana, "のち") == "後　名|");
  BOOST_TEST(found_by(officer, &PersonFilter::phone, "0297000002") == "後　名|");
  BOOST_TEST(found_by(officer, &PersonFilter::address, "別の町") == "後　名|");
  BOOST_TEST(found_by(officer, &PersonFilter::birth_date, "昭和25年1月1日") == "後　名|");
  BOOST_TEST(found_by(officer, &PersonFilter::municipal_number, "2") == "後　名|");
}

BOOST_AUTO_TEST_CASE(a_search_for_nothing_or_for_too_much_is_refused) {
  City city;
  Session officer = city.sign_in();
  BOOST_TEST(error_of([&] { return officer.people().find({}).next; }) == "missing");
  const std::string much(501, 'x');
  BOOST_TEST(error_of([&] { return found_by(officer, &PersonFilter::name, much); }) == "too_large");
  BOOST_TEST(error_of([&] { return found_by(officer, &PersonFilter::address, much); }) ==
             "too_large");
  BOOST_TEST(error_of([&] { return found_by(officer, &PersonFilter::name, "\xff\xfe"); }) ==
             "none");
}

BOOST_AUTO_TEST_CASE(a_stale_change_is_a_conflict) {
  City city;
  Session officer = city.sign_in();
  const Evacuee added = officer.evacuees().add(named("架空", "カクウ"), {});
  Person first = officer.people().view(added.person);
  Person second = first;
  first.name = "先";
  BOOST_TEST(officer.people().change(first).revision == 2);
  second.name = "後";
  const auto change = [&] { return officer.people().change(second).revision; };
  BOOST_TEST(error_of(change) == "conflict");
  BOOST_TEST(field_of(change) == "revision");
  BOOST_TEST(officer.people().view(added.person).name == "先");
  second.revision = 99;
  BOOST_TEST(error_of(change) == "conflict");
}

BOOST_AUTO_TEST_CASE(what_could_not_be_read_back_is_not_taken) {
  City city;
  Session officer = city.sign_in();
  const auto add = [&](auto&& spoil) {
    Person person = named("架空", "カクウ");
    Evacuee entry;
    spoil(person, entry);
    return field_of([&] { return officer.evacuees().add(person, entry).revision; });
  };
  BOOST_TEST(add([](Person& p, Evacuee&) { p.name = "\xff"; }) == "name");
  BOOST_TEST(add([](Person& p, Evacuee&) { p.name = std::string("a\0b", 3); }) == "name");
  BOOST_TEST(add([](Person& p, Evacuee&) { p.addresses[0].text = "\xe3\x81"; }) == "addresses");
  BOOST_TEST(add([](Person& p, Evacuee&) { p.birth_date = Date{1940, 2, 30}; }) == "birth_date");
  BOOST_TEST(add([](Person& p, Evacuee&) { p.sex = static_cast<Sex>(9); }) == "sex");
  BOOST_TEST(add([](Person& p, Evacuee&) { p.name.clear(), p.kana.clear(); }) == "name");
  BOOST_TEST(add([](Person& p, Evacuee&) { p.name = std::string(2 << 20, 'x'); }) == "name");
  BOOST_TEST(add([](Person&, Evacuee& e) {
               e.consent_date = Date{2026, 13, 1};
             }) == "consent_date");
  BOOST_TEST(add([](Person&, Evacuee& e) { e.extra = {{"x", "\xff"}}; }) == "extra");
  BOOST_TEST(add([](Person&, Evacuee& e) { e.label = static_cast<Label>(9); }) == "label");
  BOOST_TEST(add([](Person&, Evacuee& e) { e.extra.resize(5'000); }) == "extra");
  BOOST_TEST(officer.evacuees().list().items.empty());
  BOOST_TEST(add([](Person&, Evacuee&) {}) == "none");
}

BOOST_AUTO_TEST_SUITE_END()
