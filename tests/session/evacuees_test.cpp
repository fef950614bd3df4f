#include <boost/test/unit_test.hpp>
#include <functional>
#include <set>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// The reading of number `i`, such that numbers sort like readings.
std::string reading(int i) {
  static const std::vector<std::string> kana{"ア", "カ", "サ", "タ", "ナ",
                                             "ハ", "マ", "ヤ", "ラ", "ワ"};
  std::string text;
  for (const char digit : std::to_string(1'000 + i))
    text += kana[static_cast<std::size_t>(digit - '0')];
  return text;
}

void add_many(Session& officer, int count) {
  // Not in the order in which they will be listed.
  for (int i = 0; i < count; ++i) {
    const int number = i * 7 % count;
    Evacuee entry;
    entry.reference = std::to_string(number);
    officer.evacuees().add(resident("架空　" + std::to_string(number), reading(number)), entry);
  }
}

std::vector<std::string> references(Session& officer, const EvacueeFilter& filter, int size,
                                    const std::function<void(int)>& between = {}) {
  std::vector<std::string> seen;
  PageRequest request;
  request.size = size;
  int pages = 0;
  do {
    const Page<EvacueeLine> page = officer.evacuees().list(filter, request);
    for (const EvacueeLine& line : page.items) seen.push_back(line.reference);
    request.after = page.next;
    if (between) between(++pages);
  } while (!request.after.empty());
  return seen;
}

std::vector<std::string> numbers(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(std::to_string(i));
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evacuees)

BOOST_AUTO_TEST_CASE(pages_show_five_hundred_people_each_once_in_order) {
  City city;
  Session officer = city.sign_in();
  add_many(officer, 500);
  for (const int size : {50, 7, 200}) {
    BOOST_TEST(references(officer, {}, size) == numbers(500), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_page_has_one_to_two_hundred_lines) {
  City city;
  Session officer = city.sign_in();
  add_many(officer, 203);
  const auto lines = [&](int size) {
    PageRequest request;
    request.size = size;
    return officer.evacuees().list({}, request).items.size();
  };
  BOOST_TEST(lines(100'000) == 200u);
  BOOST_TEST(lines(0) == 50u);
  BOOST_TEST(lines(-5) == 50u);
  BOOST_TEST(lines(203) == 200u);
}

BOOST_AUTO_TEST_CASE(who_is_added_while_pages_are_read_is_shown_once_or_not_at_all) {
  City city;
  Session officer = city.sign_in();
  add_many(officer, 40);
  const auto seen = references(officer, {}, 10, [&](int page) {
    Evacuee entry;
    entry.reference = "front" + std::to_string(page);
    officer.evacuees().add(resident("前", "アアアア"), entry);
    entry.reference = "back" + std::to_string(page);
    officer.evacuees().add(resident("後", "ワワワワ"), entry);
  });
  const std::set<std::string> once(seen.begin(), seen.end());
  BOOST_TEST(once.size() == seen.size());
  for (const std::string& number : numbers(40)) BOOST_TEST(once.contains(number), number);
  BOOST_TEST(!once.contains("front1"));
  BOOST_TEST(once.contains("back1"));
}

BOOST_AUTO_TEST_CASE(people_of_one_reading_are_all_listed) {
  City city;
  Session officer = city.sign_in();
  for (int i = 0; i < 9; ++i) {
    Evacuee entry;
    entry.reference = std::to_string(i);
    officer.evacuees().add(resident("同じ　名", "オナジ　ナ"), entry);
  }
  BOOST_TEST(references(officer, {}, 2) == numbers(9), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_order_is_that_of_the_readings_and_of_names_where_there_is_none) {
  City city;
  Session officer = city.sign_in();
  int i = 0;
  for (const char* kana :
       {"ヤマダ　ハナ", "ｱｵｷ ｼﾞﾛｳ", "あおき　いちろう", "ガモウ　リン", "カモウ　リン"}) {
    Evacuee entry;
    entry.reference = std::to_string(i++);
    officer.evacuees().add(resident("架空", kana), entry);
  }
  Evacuee entry;
  entry.reference = "5";
  officer.evacuees().add(resident("さとう", ""), entry);
  const std::vector<std::string> expected{"2", "1", "4", "3", "5", "0"};
  BOOST_TEST(references(officer, {}, 50) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(filters_let_pass_who_fits_in_any_spelling) {
  City city;
  Session officer = city.sign_in();
  Evacuee one;
  one.reference = "1";
  one.district = "第１区";
  one.reason = "ひとり暮らし・要介護";
  one.care_level = "要介護３";
  one.consent = Consent::granted;
  one.label = Label::red;
  officer.evacuees().add(resident("髙﨑　ハナ", "タカサキ　ハナ"), one);
  Evacuee two;
  two.reference = "2";
  two.district = "第2区";
  two.reason = "身体障害";
  two.consent = Consent::refused;
  two.label = Label::blue;
  Person person = resident("渡辺　一郎", "ワタナベ　イチロウ");
  person.phones = {{PhoneKind::home, "0297000009", ""}};
  person.municipal_number = "000123";
  officer.evacuees().add(person, two);
  const auto with = [&](auto&& set) {
    EvacueeFilter filter;
    set(filter);
    std::string text;
    for (const std::string& reference : references(officer, filter, 50)) text += reference;
    return text;
  };
  using F = EvacueeFilter;
  BOOST_TEST(with([](F&) {}) == "12");
  BOOST_TEST(with([](F& f) { f.label = Label::red; }) == "1");
  BOOST_TEST(with([](F& f) { f.label = Label::yellow; }).empty());
  BOOST_TEST(with([](F& f) { f.consent = Consent::refused; }) == "2");
  BOOST_TEST(with([](F& f) { f.district = "第1区"; }) == "1");
  BOOST_TEST(with([](F& f) { f.district = "第"; }).empty());
  BOOST_TEST(with([](F& f) { f.reason = "要介護"; }) == "1");
  BOOST_TEST(with([](F& f) { f.reason = "ヒトリ暮らし"; }) == "1");
  BOOST_TEST(with([](F& f) { f.reason = "%"; }).empty());
  BOOST_TEST(with([](F& f) { f.care_level = "要介護3"; }) == "1");
  BOOST_TEST(with([](F& f) { f.text = "わたなべ"; }) == "2");
  BOOST_TEST(with([](F& f) { f.text = "0297-00-0009"; }) == "2");
  BOOST_TEST(with([](F& f) { f.text = "架空町1-2"; }) == "12");
  BOOST_TEST(with([](F& f) { f.text = "000123"; }) == "2");
  BOOST_TEST(with([](F& f) { f.label = Label::red, f.text = "わたなべ"; }).empty());
}

BOOST_AUTO_TEST_CASE(who_is_withdrawn_is_off_the_list_but_not_gone) {
  City city;
  Session officer = city.sign_in();
  Evacuee entry = officer.evacuees().add(resident("架空", "カクウ"), {});
  entry.withdrawal = Withdrawal{WithdrawalReason::moved_out, {2026, 11, 1}};
  officer.evacuees().change(entry);
  BOOST_TEST(officer.evacuees().list().items.empty());
  BOOST_TEST(officer.evacuees().view(entry.id).withdrawal.has_value());
  entry = officer.evacuees().view(entry.id);
  entry.withdrawal.reset();
  officer.evacuees().change(entry);
  BOOST_TEST(officer.evacuees().list().items.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_cursor_that_is_not_the_lists_is_refused) {
  City city;
  Session officer = city.sign_in();
  add_many(officer, 3);
  for (const std::string cursor : {"x", ".", "12", "zz.1", "1.1", "00.", "00.x", "00.1x",
                                   "00.99999999999999999999", "00 .1", "00.1\n", "\xff\xff.1"}) {
    BOOST_TEST_CONTEXT(cursor) {
      PageRequest request;
      request.after = cursor;
      BOOST_TEST(error_of([&] { return officer.evacuees().list({}, request).next; }) == "invalid");
      PersonFilter filter;
      filter.name = "架空";
      BOOST_TEST(error_of([&] { return officer.people().find(filter, request).next; }) ==
                 "invalid");
    }
  }
  for (const std::string cursor :
       {"x", "1.1", "-9223372036854775808", "9223372036854775807", "1", ""}) {
    PageRequest request;
    request.after = cursor;
    const std::string expected = cursor.empty() ? "none" : "invalid";
    BOOST_TEST(error_of([&] { return officer.journal().list({}, request).next; }) == expected);
    BOOST_TEST(error_of([&] { return officer.journal().history(Uuid{}, request).next; }) ==
               expected);
  }
}

BOOST_AUTO_TEST_CASE(a_stale_change_is_a_conflict_and_the_person_of_an_entry_stays) {
  City city;
  Session officer = city.sign_in();
  const Evacuee one = officer.evacuees().add(resident("一", "イチ"), {});
  const Evacuee two = officer.evacuees().add(resident("二", "ニ"), {});
  Evacuee changed = one;
  changed.person = two.person;
  changed.note = "変更";
  BOOST_TEST((officer.evacuees().change(changed).person == one.person));
  BOOST_TEST(error_of([&] { return officer.evacuees().change(changed).note; }) == "conflict");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(two_municipalities)

BOOST_AUTO_TEST_CASE(neither_sees_or_touches_anything_of_the_other) {
  City city;
  city.store().add_municipality(municipality("122033", "市川市", "管理 次郎"));
  Session ours = city.sign_in();
  Session theirs = city.store().sign_in("122033", "kanri", password);
  Person person = resident("架空　太郎", "カクウ　タロウ");
  person.municipal_number = "77";
  const Evacuee our_entry = ours.evacuees().add(person, {});
  const Evacuee their_entry = theirs.evacuees().add(person, {});

  BOOST_TEST(ours.evacuees().list().items.size() == 1u);
  BOOST_TEST((ours.evacuees().list().items[0].id == our_entry.id));
  PersonFilter filter;
  filter.phone = "0297000001";
  BOOST_TEST(ours.people().find(filter).items.size() == 1u);
  filter = {};
  filter.text = "架空";
  BOOST_TEST(ours.people().find(filter).items.size() == 1u);
  filter = {};
  filter.municipal_number = "77";
  BOOST_TEST(ours.people().find(filter).items.size() == 1u);

  const auto denied = [&](auto&& work) { BOOST_TEST(error_of(work) == "not_found"); };
  denied([&] { return ours.evacuees().view(their_entry.id).note; });
  denied([&] { return ours.evacuees().change(their_entry).note; });
  denied([&] { return ours.people().view(their_entry.person).name; });
  denied([&] { return ours.people().change(theirs.people().view(their_entry.person)).name; });
  Protection protection;
  protection.officers = {ours.member().id};
  denied([&] { return ours.people().protect(their_entry.person, 1, protection).name; });
  denied([&] { return ours.members().view(theirs.member().id).login; });
  denied([&] { return ours.members().suspend(theirs.member().id).login; });
  Member member = theirs.members().view(theirs.member().id);
  denied([&] { return ours.members().change(member).login; });
  // A protection here reaches nobody there, neither as covered nor as officer.
  protection.household = {their_entry.person};
  denied([&] { return ours.people().protect(our_entry.person, 1, protection).name; });
  protection.household.clear();
  protection.officers = {theirs.member().id};
  denied([&] { return ours.people().protect(our_entry.person, 1, protection).name; });
  BOOST_TEST(!theirs.people().view(their_entry.person).withheld);

  BOOST_TEST(ours.members().list().items.size() == 1u);
  JournalFilter about;
  about.subject = their_entry.person;
  for (const JournalEntry& entry : ours.journal().list(about).items) {
    BOOST_TEST((entry.member == ours.member().id));
  }
  BOOST_TEST(ours.journal().history(their_entry.person).items.empty());
  for (const JournalEntry& entry : ours.journal().list().items)
    BOOST_TEST(entry.municipality == joso);
  BOOST_TEST((city.store().verify_journal().state == JournalState::intact));
}

BOOST_AUTO_TEST_SUITE_END()
