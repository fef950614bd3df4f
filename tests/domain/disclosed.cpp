// The rule of disclosure, alone: what was said, who receives, and what follows.
#include "domain/disclosures/disclosed.hpp"

#include <boost/test/unit_test.hpp>

#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::domain;
using enum DisclosurePurpose;
using enum OrganisationKind;
using enum RosterConsentState;

namespace {

const Id<Person> hana = Id<Person>::parse("019339aa-0000-7000-8000-00000000000a");
const Id<Person> taro = Id<Person>::parse("019339aa-0000-7000-8000-00000000000b");
const std::string town = "082112";

EntryFacts entry() {
  EntryFacts facts;
  facts.municipality = town;
  facts.person = hana;
  facts.listed = true;
  facts.district = "東区";
  return facts;
}

Receiver serving(OrganisationKind kind, const std::vector<std::string>& districts = {"東区"}) {
  Receiver receiver(town, kind);
  receiver.serve(districts);
  return receiver;
}

SaidOnce once(RosterConsentState state, DisclosurePurpose purpose = list,
              std::optional<OrganisationKind> receiver = {}) {
  return {hana, purpose, receiver, state, Date{2026, 4, 1}};
}

bool is_refused(const std::optional<Date>& refusal, const std::optional<Date>& grant) {
  Said said;
  said.add(true, grant);
  said.add(false, refusal);
  return said.is_refused();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(what_was_said)

BOOST_AUTO_TEST_CASE(nothing_neither_grants_nor_refuses) {
  BOOST_TEST(!Said().is_granted());
  BOOST_TEST(!Said().is_refused());
}

BOOST_AUTO_TEST_CASE(a_consent_follows_a_refusal_as_far_as_both_days_tell) {
  const Date day{1940, 3, 5};
  const Date month{1940, 3, 0};
  const Date year{1940, 0, 0};
  BOOST_TEST(!is_refused(day, Date{1940, 3, 6}));
  BOOST_TEST(!is_refused(day, Date{1940, 4, 0}));
  BOOST_TEST(!is_refused(day, Date{1941, 0, 0}));
  BOOST_TEST(!is_refused(month, Date{1940, 4, 1}));
  BOOST_TEST(!is_refused(year, Date{1941, 1, 1}));
  // Not the same day, nor one that may be the same or before.
  for (const Date grant : {day, month, year, Date{1940, 3, 4}, Date{1940, 2, 28}, Date{1939, 0, 0},
                           Date{1939, 12, 31}}) {
    BOOST_TEST_CONTEXT(grant.text()) {
      BOOST_TEST(is_refused(day, grant));
    }
  }
  BOOST_TEST(is_refused(month, Date{1940, 3, 31}));
  BOOST_TEST(is_refused(month, month));
  BOOST_TEST(is_refused(month, year));
  BOOST_TEST(is_refused(year, Date{1940, 12, 31}));
  BOOST_TEST(is_refused(year, Date{1940, 12, 0}));
}

BOOST_AUTO_TEST_CASE(without_a_day_nothing_follows) {
  BOOST_TEST(is_refused({}, Date{2026, 4, 1}));
  BOOST_TEST(is_refused(Date{2026, 4, 1}, {}));
  BOOST_TEST(is_refused({}, {}));
}

BOOST_AUTO_TEST_CASE(every_refusal_needs_a_consent_that_follows_it) {
  Said said;
  said.add(false, Date{2020, 1, 1});
  said.add(true, Date{2026, 5, 1});
  said.add(true, {});
  BOOST_TEST(!said.is_refused());
  said.add(false, Date{2026, 0, 0});
  BOOST_TEST(said.is_refused());
  said.add(true, Date{2027, 0, 0});
  BOOST_TEST(!said.is_refused());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(disclosure_cases)

BOOST_AUTO_TEST_CASE(only_its_receivers_in_its_municipality_see_a_listed_entry) {
  const DisclosureCase found(entry(), {}, false);
  const auto sees = [&](const Receiver& receiver) { return found.is_shown(list, receiver, true); };
  BOOST_TEST(sees(serving(commissioned_welfare)));
  BOOST_TEST(sees(serving(commissioned_welfare, {"西区", "東 区"})));
  BOOST_TEST(!sees(serving(commissioned_welfare, {"西区"})));
  BOOST_TEST(!sees(serving(commissioned_welfare, {""})));
  BOOST_TEST(!sees(serving(commissioned_welfare, {})));
  BOOST_TEST(sees(serving(fire_station, {})));
  BOOST_TEST(sees(serving(police_station, {})));
  BOOST_TEST(!sees(serving(fire_station, {""})));
  BOOST_TEST(!sees(serving(clinic)));
  BOOST_TEST(!sees(Receiver(town, fire_station)));
  BOOST_TEST(!sees(Receiver()));
  Receiver elsewhere("122033", fire_station);
  elsewhere.serve({});
  BOOST_TEST(!sees(elsewhere));

  EntryFacts withdrawn_entry = entry();
  withdrawn_entry.listed = false;
  BOOST_TEST(!DisclosureCase(withdrawn_entry, {once(granted)}, false)
                  .is_shown(list, serving(fire_station), true));
  // Nothing is in no district.
  EntryFacts nowhere = entry();
  nowhere.district.clear();
  BOOST_TEST(!DisclosureCase(nowhere, {}, false).is_shown(list, serving(other, {""}), true));
}

BOOST_AUTO_TEST_CASE(all_of_a_kind_serve_what_each_of_them_does) {
  const DisclosureCase found(entry(), {}, false);
  Receiver fire = serving(fire_station, {"西区"});
  BOOST_TEST(!found.is_shown(list, fire, true));
  fire.serve({});
  BOOST_TEST(found.is_shown(list, fire, true));
}

BOOST_AUTO_TEST_CASE(protection_is_never_overruled) {
  EntryFacts facts = entry();
  facts.consent = Consent::granted;
  const std::vector<SaidOnce> all{once(granted), once(granted, plan), once(granted, medical)};
  for (const DisclosurePurpose purpose : {list, plan, medical}) {
    BOOST_TEST(DisclosureCase(facts, all, false).is_shown(purpose, serving(fire_station), true));
    BOOST_TEST(!DisclosureCase(facts, all, true).is_shown(purpose, serving(fire_station), true));
  }
}

BOOST_AUTO_TEST_CASE(silence_speaks_of_the_list_alone) {
  const Receiver fire = serving(fire_station);
  const DisclosureCase silent(entry(), {}, false);
  BOOST_TEST(silent.is_shown(list, fire, true));
  BOOST_TEST(!silent.is_shown(list, fire, false));
  BOOST_TEST(!silent.is_shown(plan, fire, true));
  const DisclosureCase planned(entry(), {once(granted, plan)}, false);
  BOOST_TEST(planned.is_shown(plan, fire, true));
  BOOST_TEST(!planned.is_shown(medical, fire, true));
  // No plan for whom the list is not.
  BOOST_TEST(!planned.is_shown(plan, fire, false));
}

BOOST_AUTO_TEST_CASE(the_entry_speaks_of_the_list_to_everybody) {
  EntryFacts facts = entry();
  facts.consent = Consent::granted;
  facts.consent_date = Date{2026, 4, 1};
  const Receiver fire = serving(fire_station);
  BOOST_TEST(DisclosureCase(facts, {}, false).is_shown(list, fire, false));
  BOOST_TEST(!DisclosureCase(facts, {}, false).is_shown(plan, fire, false));
  BOOST_TEST(!DisclosureCase(facts, {once(refused)}, false).is_shown(list, fire, true));
  facts.consent = Consent::refused;
  BOOST_TEST(!DisclosureCase(facts, {}, false).is_shown(list, fire, true));
  BOOST_TEST(!DisclosureCase(facts, {once(granted)}, false).is_shown(list, fire, true));
  facts.consent_date = Date{2026, 3, 0};
  BOOST_TEST(DisclosureCase(facts, {once(granted)}, false).is_shown(list, fire, false));
}

BOOST_AUTO_TEST_CASE(what_is_said_to_a_kind_is_said_to_no_other) {
  const DisclosureCase found(entry(), {once(granted), once(withdrawn, list, police_station)},
                             false);
  BOOST_TEST(found.is_shown(list, serving(fire_station), false));
  BOOST_TEST(!found.is_shown(list, serving(police_station), true));
}

BOOST_AUTO_TEST_CASE(an_entry_that_is_read_again_decides_anew) {
  EntryFacts facts = entry();
  facts.consent = Consent::granted;
  const DisclosureCase found(facts, {}, false);
  const Receiver fire = serving(fire_station);
  facts.consent = Consent::refused;
  BOOST_TEST(found.is_shown(list, fire, false));
  BOOST_TEST(!found.with(facts).is_shown(list, fire, false));
  facts.person = taro;
  BOOST_TEST(fixture::error_of([&] { return found.with(facts); }) == "damaged");
}

BOOST_AUTO_TEST_SUITE_END()
