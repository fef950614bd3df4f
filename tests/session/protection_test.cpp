// A person under protection (DV・ストーカー等支援措置), seen through every call by an officer who
// is not named: nothing that leads to the place may show, or be inferred from who is listed.
#include <boost/test/unit_test.hpp>
#include <renraku/described/evacuee.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/json.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
using std::chrono::hours;

namespace {

/// Stands in everything that leads to the place, and nowhere else.
const std::string secret = "隠里";
const std::string secret_phone = "0297111222";

/// A family of two under one protection, a neighbour, the officer who is named and one who is not.
struct Shelter {
  City city;
  Session named = city.member("named", Role::roster_officer);
  Session other = city.member("other", Role::roster_officer);
  Evacuee mother = add("母　花", "ハハ　ハナ");
  Evacuee child = add("子　太郎", "コ　タロウ");
  Evacuee neighbour = add("隣　人", "トナリ　ジン");

  Evacuee add(const std::string& name, const std::string& kana) {
    Person person = resident(name, kana);
    person.addresses = {{AddressKind::residence, "3030001", secret + "町1-2-3"},
                        {AddressKind::registered, "3030001", secret + "町4"}};
    person.phones = {{PhoneKind::mobile, secret_phone, "0297-11-1222"}};
    Evacuee entry;
    entry.reference = name;
    entry.district = secret + "区";
    entry.reason = "独居";
    entry.shelter = secret + "小学校";
    entry.supporter = secret + " 支援子";
    entry.supporter_contact = secret_phone;
    entry.physician = secret + "医院";
    entry.note = secret + "の実家";
    entry.extra = {{"目印", secret + "神社の隣"}};
    return named.evacuees().add(person, entry);
  }

  Protection protection() {
    Protection protection;
    protection.ground = "支援措置 " + secret;
    protection.officers = {named.member().id};
    protection.household = {child.person};
    return protection;
  }
  void protect() { named.people().protect(mother.person, 1, protection()); }
};

bool tells(const std::string& text) {
  return text.find(secret) != std::string::npos || text.find(secret_phone) != std::string::npos ||
         text.find("0297-11-1222") != std::string::npos ||
         text.find("3030001") != std::string::npos;
}

template <class T>
void must_tell_nothing(const T& answer) {
  const std::string json = to_json(answer);
  BOOST_TEST(!tells(json), json);
}

/// Who is listed, by 管理番号 or name.
std::string listed(Session& session, const EvacueeFilter& filter) {
  std::string names;
  for (const auto& line : session.evacuees().list(filter).items) names += line.name + '|';
  return names;
}
std::string found(Session& session, const PersonFilter& filter) {
  std::string names;
  for (const auto& person : session.people().find(filter).items) names += person.name + '|';
  return names;
}

template <class Set>
std::string listed_by(Session& session, Set&& set) {
  EvacueeFilter filter;
  set(filter);
  return listed(session, filter);
}
template <class Set>
std::string found_by(Session& session, Set&& set) {
  PersonFilter filter;
  set(filter);
  return found(session, filter);
}

using E = EvacueeFilter;
using P = PersonFilter;
const std::string all = "子　太郎|隣　人|母　花|";

}  // namespace

BOOST_AUTO_TEST_SUITE(protection)

BOOST_AUTO_TEST_CASE(no_record_shows_the_place_of_the_person_or_of_the_household) {
  Shelter place;
  place.protect();
  for (const Evacuee& entry : {place.mother, place.child}) {
    const Evacuee seen = place.other.evacuees().view(entry.id);
    must_tell_nothing(seen);
    BOOST_TEST(seen.withheld);
    BOOST_TEST(seen.reason == "独居");
    const Person person = place.other.people().view(entry.person);
    must_tell_nothing(person);
    BOOST_TEST(person.withheld);
    BOOST_TEST(!person.name.empty());
  }
  for (const EvacueeLine& line : place.other.evacuees().list().items) {
    const bool hidden = line.id != place.neighbour.id;
    BOOST_TEST(line.withheld == hidden);
    BOOST_TEST(line.is_protected == hidden);
    if (hidden) must_tell_nothing(line);
  }
  PersonFilter flower;
  flower.name = "花";
  must_tell_nothing(place.other.people().find(flower).items);
}

BOOST_AUTO_TEST_CASE(no_filter_or_search_by_place_finds_them) {
  Shelter place;
  place.protect();
  BOOST_TEST(listed_by(place.other, [](E&) {}) == all);
  BOOST_TEST(listed_by(place.other, [](E& f) { f.district = secret + "区"; }) == "隣　人|");
  BOOST_TEST(listed_by(place.other, [](E& f) { f.text = secret; }) == "隣　人|");
  BOOST_TEST(listed_by(place.other, [](E& f) { f.text = secret_phone; }) == "隣　人|");
  BOOST_TEST(listed_by(place.other, [](E& f) { f.text = "花"; }) == "母　花|");
  BOOST_TEST(listed_by(place.other, [](E& f) { f.reason = "独居"; }) == all);
  BOOST_TEST(listed_by(place.other, [](E& f) { f.reason = secret; }).empty());
  BOOST_TEST(found_by(place.other, [](P& f) { f.phone = secret_phone; }) == "隣　人|");
  BOOST_TEST(found_by(place.other, [](P& f) { f.address = secret; }) == "隣　人|");
  BOOST_TEST(found_by(place.other, [](P& f) { f.text = secret; }) == "隣　人|");
  BOOST_TEST(found_by(place.other, [](P& f) { f.name = "花"; }) == "母　花|");
  // Joined with what does find them, the place still does not.
  BOOST_TEST(found_by(place.other, [](P& f) { f.name = "花", f.address = secret; }).empty());
  BOOST_TEST(found_by(place.other, [](P& f) { f.name = "花", f.phone = secret_phone; }).empty());
  BOOST_TEST(found_by(place.other, [](P& f) {
               f.birth_date = "1940-03-05", f.phone = secret_phone;
             }) == "隣　人|");
  BOOST_TEST(
      listed_by(place.other, [](E& f) { f.text = "花", f.district = secret + "区"; }).empty());
  // A wrong place must give the same answer as the right one.
  BOOST_TEST(found_by(place.other, [](P& f) { f.name = "花", f.address = "よそ"; }).empty());
  BOOST_TEST(found_by(place.other, [](P& f) { f.name = "花", f.address = ""; }) ==
             found_by(place.other, [](P& f) { f.name = "太郎", f.address = ""; }));
}

BOOST_AUTO_TEST_CASE(the_named_officer_sees_and_finds_everything) {
  Shelter place;
  place.protect();
  BOOST_TEST(place.named.evacuees().view(place.child.id).note == secret + "の実家");
  BOOST_TEST(!place.named.evacuees().view(place.child.id).withheld);
  BOOST_TEST(place.named.people().view(place.mother.person).phones.size() == 1u);
  BOOST_TEST(place.named.people().view(place.mother.person).protection->ground ==
             "支援措置 " + secret);
  BOOST_TEST(listed_by(place.named, [](E& f) { f.district = secret + "区"; }) == all);
  BOOST_TEST(found_by(place.named, [](P& f) { f.phone = secret_phone; }) == all);
  BOOST_TEST(found_by(place.named, [](P& f) { f.address = secret; }) == all);
}

BOOST_AUTO_TEST_CASE(the_history_and_the_journal_show_no_place) {
  Shelter place;
  Person moved = place.named.people().view(place.mother.person);
  moved.addresses[0].text = secret + "町9";
  moved = place.named.people().change(moved);
  place.named.people().protect(place.mother.person, moved.revision, place.protection());
  Evacuee entry = place.named.evacuees().view(place.child.id);
  entry.note = secret + "に移った";
  entry.label = Label::red;
  place.named.evacuees().change(entry);
  for (const Evacuee& of : {place.mother, place.child}) {
    const auto history = place.other.journal().history(of.person).items;
    BOOST_TEST(history.size() >= 2u);
    must_tell_nothing(history);
    JournalFilter about;
    about.subject = of.person;
    must_tell_nothing(place.other.journal().list(about).items);
    BOOST_TEST(tells(to_json(place.named.journal().history(of.person).items)));
  }
}

BOOST_AUTO_TEST_CASE(a_change_by_who_may_not_see_keeps_what_was_withheld) {
  Shelter place;
  place.protect();
  Person person = place.other.people().view(place.mother.person);
  person.name = "母　華";
  person.addresses = {{AddressKind::residence, "", "でたらめ"}};
  must_tell_nothing(place.other.people().change(person));
  Evacuee entry = place.other.evacuees().view(place.child.id);
  entry.reason = "要介護";
  entry.note = "上書き";
  must_tell_nothing(place.other.evacuees().change(entry));

  const Person whole = place.named.people().view(place.mother.person);
  BOOST_TEST(whole.name == "母　華");
  BOOST_REQUIRE_EQUAL(whole.addresses.size(), 2u);
  BOOST_TEST(whole.addresses[0].text == secret + "町1-2-3");
  BOOST_TEST(whole.phones[0].digits == secret_phone);
  const Evacuee kept = place.named.evacuees().view(place.child.id);
  BOOST_TEST(kept.reason == "要介護");
  BOOST_TEST(kept.note == secret + "の実家");
  BOOST_TEST(kept.extra.size() == 1u);
  // And what the search knows was kept as well.
  BOOST_TEST(found_by(place.named, [](P& f) { f.phone = secret_phone; }).find("母　華") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_named_officers_change_or_lift_it_and_trying_is_journalled) {
  Shelter place;
  place.protect();
  Protection mine = place.protection();
  mine.officers = {place.other.member().id};
  const auto revision = place.named.people().view(place.mother.person).revision;
  const auto set = [&](Session& by, std::optional<Protection> protection) {
    return error_of(
        [&] { return by.people().protect(place.mother.person, revision, protection).name; });
  };
  BOOST_TEST(set(place.other, std::nullopt) == "not_permitted");
  BOOST_TEST(set(place.other, mine) == "not_permitted");
  // Protecting a covered person anew opens no back door: of that one he sees what he wrote.
  mine.ground = "別件";
  mine.household.clear();
  place.other.people().protect(place.child.person, 1, mine);
  must_tell_nothing(place.other.people().view(place.child.person));

  JournalFilter about;
  about.subject = place.mother.person;
  int refused = 0;
  for (const JournalEntry& entry : place.named.journal().list(about).items) {
    if (entry.outcome == Outcome::refused) ++refused;
  }
  BOOST_TEST(refused == 2);

  BOOST_TEST(set(place.named, std::nullopt) == "none");
  BOOST_TEST(!place.other.people().view(place.mother.person).withheld);
  BOOST_TEST(listed_by(place.other, [](E& f) { f.district = secret + "区"; }).find("母") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_administrator_sees_no_more_for_being_named) {
  Shelter place;
  Session administrator = place.city.member("admin", Role::administrator);
  Protection protection = place.protection();
  protection.officers.push_back(administrator.member().id);
  place.named.people().protect(place.mother.person, 1, protection);
  BOOST_TEST(error_of([&] { return administrator.people().view(place.mother.person).name; }) ==
             "not_permitted");
}

BOOST_AUTO_TEST_CASE(it_is_in_force_from_its_first_day_to_its_last_in_japan) {
  Shelter place;  // the clock stands at noon of 2026-11-21 in Japan
  Protection protection = place.protection();
  protection.from = Date{2026, 11, 22};
  protection.until = Date{2026, 11, 23};
  place.named.people().protect(place.mother.person, 1, protection);
  const auto withheld = [&] {
    Session other = place.city.sign_in("other");
    const bool hidden = other.people().view(place.mother.person).withheld;
    BOOST_TEST(other.evacuees().view(place.child.id).withheld == hidden);
    BOOST_TEST(listed_by(other, [](E& f) { f.text = secret; }) == (hidden ? "隣　人|" : all));
    return hidden;
  };
  BOOST_TEST(!withheld());
  place.city.move_clock(hours(12));  // midnight: the 22nd
  BOOST_TEST(withheld());
  place.city.move_clock(hours(47));
  BOOST_TEST(withheld());
  place.city.move_clock(hours(1));  // the 24th
  BOOST_TEST(!withheld());
}

BOOST_AUTO_TEST_CASE(a_provisional_one_hides_at_once_and_any_officer_decides_on_it) {
  Shelter place;
  Protection provisional;
  provisional.ground = "備考に「DV」";
  provisional.provisional = true;
  place.named.people().protect(place.mother.person, 1, provisional);
  BOOST_TEST(place.named.people().view(place.mother.person).withheld);
  BOOST_TEST(place.other.people().view(place.mother.person).withheld);
  must_tell_nothing(place.other.people().view(place.mother.person));
  BOOST_TEST(place.other.people().view(place.mother.person).protection->provisional);

  place.other.people().protect(place.mother.person, 2, place.protection());  // confirmed
  BOOST_TEST(place.other.people().view(place.mother.person).withheld);
  BOOST_TEST(!place.named.people().view(place.mother.person).withheld);
}

BOOST_AUTO_TEST_CASE(a_protection_names_officers_who_are_there) {
  Shelter place;
  const auto set = [&](auto&& spoil) {
    Protection protection = place.protection();
    spoil(protection);
    return error_of(
        [&] { return place.named.people().protect(place.mother.person, 1, protection).name; });
  };
  BOOST_TEST(set([](Protection& p) { p.officers.clear(); }) == "missing");
  BOOST_TEST(set([](Protection& p) { p.officers = {Id<Member>()}; }) == "not_found");
  BOOST_TEST(set([](Protection& p) { p.household = {Uuid()}; }) == "not_found");
  BOOST_TEST(set([](Protection& p) { p.until = Date{2026, 2, 30}; }) == "invalid");
  BOOST_TEST(!place.other.people().view(place.mother.person).withheld);
}

BOOST_AUTO_TEST_CASE(two_protections_hide_from_who_is_not_named_in_both) {
  Shelter place;
  place.protect();
  Protection second;
  second.ground = "別件";
  second.officers = {place.other.member().id};
  second.household = {place.mother.person};
  place.named.people().protect(place.neighbour.person, 1, second);
  BOOST_TEST(place.named.people().view(place.mother.person).withheld);
  BOOST_TEST(place.other.people().view(place.mother.person).withheld);
  BOOST_TEST(!place.other.people().view(place.neighbour.person).withheld);
}

BOOST_AUTO_TEST_CASE(protected_people_lie_in_the_list_where_their_reading_puts_them) {
  Shelter place;
  const std::string before = listed_by(place.other, [](E&) {});
  place.protect();
  BOOST_TEST(listed_by(place.other, [](E&) {}) == before);
}

BOOST_AUTO_TEST_SUITE_END()
