// A nurse has to find a patient whose place is hidden: a named officer lets her see it, nobody else
// and nothing else, to a day.
#include <boost/test/unit_test.hpp>
#include <renraku/described/journal.hpp>
#include <renraku/described/person.hpp>
#include <renraku/json.hpp>
#include <renraku/patients.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
using std::chrono::hours;

namespace {

constexpr Date today{2026, 11, 21};
constexpr Date tomorrow{2026, 11, 22};
const std::string ground = "支援措置 夫に秘匿";

/// A mother who is a patient and on the roster, both at one place; the nurse and a colleague are in
/// her team, which the doctor leads.
struct Flight {
  City city;
  Session officer = city.member("meibo", Role::roster_officer);
  Session other = city.member("meibo2", Role::roster_officer);
  Session doctor = city.member("ishi", Role::professional);
  Session nurse = city.member("kango", Role::professional);
  Session colleague = city.member("kango2", Role::professional);
  Session stranger = city.member("yoso", Role::professional);
  Evacuee entry = other.evacuees().add(resident("母　花", "ハハ　ハナ"), district());
  Patient patient = doctor.patients().add(resident("母　花", "ハハ　ハナ"), consent(), "主治医");

  Flight() {
    for (const Session* joins : {&nurse, &colleague}) {
      TeamMember place;
      place.patient = patient.id;
      place.member = joins->member().id;
      doctor.patients().add_to_team(place);
    }
  }
  static Evacuee district() {
    Evacuee entry;
    entry.district = "架空区";
    entry.supporter = "架空町の姉";
    entry.plan = "架空町の棚に有";
    return entry;
  }
  static PatientConsent consent() {
    PatientConsent consent;
    consent.form = "連携同意書";
    consent.date = {2026, 11, 1};
    consent.scopes = {SharingScope::team};
    return consent;
  }
  Person protect(std::vector<Id<Member>> officers) {
    Protection protection;
    protection.ground = ground;
    protection.officers = std::move(officers);
    protection.household = {entry.person};
    const auto revision = officer.people().view(patient.person).revision;
    return officer.people().protect(patient.person, revision, protection);
  }
  void protect() { protect({officer.member().id}); }
  PlaceGrant grant(const Session& to, const Date& until = tomorrow) {
    return officer.people().grant_place(patient.person, to.member().id, until, "訪問看護のため");
  }
  std::string refused(const Session& by, const Session& to, const Date& until = tomorrow,
                      const std::string& reason = "訪問看護のため") {
    const auto give = [&] {
      return by.people().grant_place(patient.person, to.member().id, until, reason).revision;
    };
    return error_of(give) + " " + field_of(give);
  }
  /// Sees the place through each call that shows the person.
  bool sees(const Session& session) {
    const bool by_patient = !session.patients().view(patient.id).person.addresses.empty();
    const bool by_person = !session.people().view(patient.person).addresses.empty();
    PatientFilter filter;
    filter.text = "架空町";
    const bool by_search = session.patients().list(filter).items.size() == 1;
    BOOST_TEST(by_patient == by_person);
    BOOST_TEST(by_patient == by_search);
    return by_patient;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(place_grants)

BOOST_FIXTURE_TEST_CASE(a_mother_flees_and_her_address_vanishes_everywhere_within_one_act, Flight) {
  PersonFilter phone;
  phone.phone = "0297000001";
  EvacueeFilter district;
  district.district = "架空区";
  BOOST_TEST(other.people().find(phone).items.size() == 2u);
  BOOST_TEST(other.evacuees().list(district).items.size() == 1u);
  BOOST_TEST(sees(nurse));
  protect();
  BOOST_TEST(other.people().find(phone).items.empty());
  BOOST_TEST(other.evacuees().list(district).items.empty());
  BOOST_TEST(other.evacuees().view(entry.id).supporter.empty());
  BOOST_TEST(other.evacuees().view(entry.id).plan.empty());
  BOOST_TEST(!sees(nurse));
  BOOST_TEST(!sees(doctor));
  for (const Id<Person>& id : {patient.person, entry.person}) {
    BOOST_TEST(other.people().view(id).withheld);
    BOOST_TEST(to_json(other.journal().history(id).items).find("架空町") == std::string::npos);
  }
}

BOOST_FIXTURE_TEST_CASE(open_the_place_to_one_member_and_nothing_else, Flight) {
  protect();
  const PlaceGrant given = grant(nurse);
  BOOST_CHECK(given.granted_by == officer.member().id);
  BOOST_TEST(given.since.text() == today.text());
  BOOST_TEST(sees(nurse));
  BOOST_TEST(!sees(colleague));
  BOOST_TEST(!sees(doctor));
  BOOST_TEST(other.people().view(patient.person).withheld);
  // The place, and of the protection that there is one.
  const Person seen = nurse.people().view(patient.person);
  BOOST_TEST(!seen.withheld);
  BOOST_REQUIRE(seen.protection.has_value());
  BOOST_TEST(to_json(seen).find(ground) == std::string::npos);
  BOOST_TEST(seen.protection->household.empty());
  const std::string history = to_json(nurse.journal().history(patient.person).items);
  BOOST_TEST(history.find(ground) == std::string::npos);
  // The child, or whoever is covered beside her, was not granted.
  BOOST_TEST(error_of([&] { return nurse.people().view(entry.person).name; }) == "not_permitted");
}

BOOST_FIXTURE_TEST_CASE(are_of_one_person_whoever_else_has_the_same_officer_and_team, Flight) {
  protect();
  const Patient aunt = doctor.patients().add(resident("姉　梅", "アネ　ウメ"), consent(), "主治医");
  TeamMember place;
  place.patient = aunt.id;
  place.member = nurse.member().id;
  doctor.patients().add_to_team(place);
  Protection protection;
  protection.ground = ground;
  protection.officers = {officer.member().id};
  officer.people().protect(aunt.person, 1, protection);
  grant(nurse);
  BOOST_TEST(!nurse.people().view(patient.person).withheld);
  BOOST_TEST(nurse.people().view(aunt.person).withheld);
  BOOST_TEST(officer.people().place_grants(patient.person).items.size() == 1u);
  BOOST_TEST(officer.people().place_grants(aunt.person).items.empty());
  BOOST_TEST(error_of([&] { return nurse.people().place_grants(aunt.person).next; }) ==
             "not_permitted");
}

BOOST_FIXTURE_TEST_CASE(are_the_named_officers_to_give_to_the_team_to_a_near_day, Flight) {
  BOOST_TEST(refused(officer, nurse) == "not_permitted place_grant");
  protect();
  BOOST_TEST(refused(other, nurse) == "not_permitted place_grant");
  BOOST_TEST(refused(doctor, nurse) == "not_permitted place_grant");
  BOOST_TEST(refused(officer, stranger) == "invalid member");
  BOOST_TEST(refused(officer, other) == "invalid member");
  BOOST_TEST(refused(officer, nurse, {2026, 11, 20}) == "invalid until");
  BOOST_TEST(refused(officer, nurse, {2027, 2, 20}) == "invalid until");
  BOOST_TEST(refused(officer, nurse, {2026, 12}) == "invalid until");
  BOOST_TEST(refused(officer, nurse, tomorrow, "") == "missing reason");
  BOOST_TEST(refused(officer, nurse, {2027, 2, 19}) == "none none");
}

BOOST_FIXTURE_TEST_CASE(end_with_their_last_day_in_japan, Flight) {
  protect();
  grant(nurse);  // the clock stands at noon
  const auto today_sees = [&] { return sees(city.sign_in("kango")); };
  city.move_clock(hours(35));
  BOOST_TEST(today_sees());
  city.move_clock(hours(1));
  BOOST_TEST(!today_sees());
}

BOOST_FIXTURE_TEST_CASE(are_revoked_at_once_by_any_named_officer, Flight) {
  protect({officer.member().id, other.member().id});
  const PlaceGrant given = grant(nurse);
  const auto revoke = [&](const Session& by, const Id<Person>& of) {
    return error_of([&] { return by.people().revoke_place_grant(of, given.id).revision; });
  };
  BOOST_TEST(revoke(nurse, patient.person) == "not_permitted");
  BOOST_TEST(revoke(officer, entry.person) == "not_found");
  BOOST_TEST(sees(nurse));
  BOOST_TEST(revoke(other, patient.person) == "none");
  BOOST_TEST(!sees(nurse));
  BOOST_TEST(revoke(other, patient.person) == "conflict");
}

BOOST_FIXTURE_TEST_CASE(end_with_the_place_in_the_team_and_with_the_officer_who_gave_them, Flight) {
  protect();
  grant(nurse);
  grant(colleague);
  colleague.patients().leave(patient.id);
  BOOST_TEST(error_of([&] { return colleague.people().view(patient.person).name; }) ==
             "not_permitted");
  BOOST_TEST(error_of([&] { return colleague.people().place_grants(patient.person).next; }) ==
             "not_permitted");
  BOOST_TEST(sees(nurse));
  protect({other.member().id});  // another officer takes over
  BOOST_TEST(!sees(nurse));
}

BOOST_FIXTURE_TEST_CASE(open_the_place_once_an_officer_of_each_protection_gave_one, Flight) {
  protect();
  Protection second;
  second.ground = "別件";
  second.officers = {other.member().id};
  second.household = {patient.person};
  other.people().protect(entry.person, 1, second);
  grant(nurse);
  BOOST_TEST(!sees(nurse));
  other.people().grant_place(patient.person, nurse.member().id, tomorrow, "訪問看護のため");
  BOOST_TEST(sees(nurse));
}

BOOST_FIXTURE_TEST_CASE(are_listed_for_the_officers_and_for_whom_they_were_given, Flight) {
  protect();
  const PlaceGrant first = grant(nurse);
  grant(colleague);
  const PlaceGrant later = grant(nurse, {2026, 12, 1});
  const auto all = officer.people().place_grants(patient.person).items;
  BOOST_REQUIRE_EQUAL(all.size(), 3u);
  BOOST_CHECK(all[0].id == first.id);
  BOOST_TEST(all[0].revoked.has_value());
  BOOST_TEST(!all[2].revoked.has_value());
  const auto own = nurse.people().place_grants(patient.person).items;
  BOOST_REQUIRE_EQUAL(own.size(), 2u);
  BOOST_CHECK(own[1].id == later.id);
  for (const Session* nobody : {&other, &doctor, &stranger}) {
    BOOST_TEST(error_of([&] { return nobody->people().place_grants(patient.person).next; }) ==
               "not_permitted");
  }
  const std::string history = to_json(officer.journal().history(patient.person).items);
  BOOST_TEST(history.find("訪問看護のため") != std::string::npos);
  BOOST_TEST(to_json(other.journal().history(patient.person).items).find("訪問看護のため") ==
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(who_takes_over_an_orphaned_protection_keeps_what_was_withheld, Flight) {
  protect();
  city.sign_in().members().suspend(officer.member().id);
  const Person seen = other.people().view(patient.person);
  BOOST_REQUIRE(seen.protection.has_value());
  BOOST_TEST(seen.protection->ground.empty());
  Protection mine = *seen.protection;
  mine.officers = {other.member().id};
  const Person taken = other.people().protect(seen.id, seen.revision, mine);
  BOOST_TEST(taken.protection->ground == ground);
  BOOST_REQUIRE_EQUAL(taken.protection->household.size(), 1u);
  BOOST_CHECK(taken.protection->household[0] == entry.person);
}

BOOST_AUTO_TEST_SUITE_END()
