// What receivers see of the roster: every policy against what people said, the receivers' districts
// and protection.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "fixture/town.hpp"

using namespace renraku;
using namespace renraku::fixture;
using enum DisclosurePolicy;
using enum RosterConsentState;
using enum OrganisationKind;

namespace {

/// Whether the fire station sees somebody of whom these things were said.
struct Case {
  const char* what;
  DisclosurePolicy kind;
  std::optional<Date> deadline;
  std::vector<Said> said;
  bool shown;
};

const std::vector<Case> cases{
    {"the law's default needs a consent", opt_in, {}, {}, false},
    {"a consent", opt_in, {}, {{granted, yesterday}}, true},
    {"an undated consent", opt_in, {}, {{granted, {}}}, true},
    {"a refusal", opt_in, {}, {{refused, yesterday}}, false},
    {"withdrawn later", opt_in, {}, {{granted, Date{2024, 4, 1}}, {withdrawn, yesterday}}, false},
    {"granted later", opt_in, {}, {{refused, Date{2024, 4, 1}}, {granted, yesterday}}, true},
    {"recorded in another order", opt_in, {}, {{granted, today}, {refused, yesterday}}, true},
    {"both on one day", opt_in, {}, {{refused, yesterday}, {granted, yesterday}}, false},
    {"an undated refusal", opt_in, {}, {{refused, {}}, {granted, today}}, false},
    {"a day within the refusal's month",
     opt_in,
     {},
     {{refused, Date{2026, 11, 0}}, {granted, today}},
     false},
    {"the month after the refusal's",
     opt_in,
     {},
     {{refused, Date{2026, 10, 0}}, {granted, today}},
     true},
    {"the year of the refusal",
     opt_in,
     {},
     {{refused, Date{2026, 5, 1}}, {granted, Date{2026, 0, 0}}},
     false},
    {"granted to the fire station", opt_in, {}, {{granted, yesterday, fire_station}}, true},
    {"granted to the police", opt_in, {}, {{granted, yesterday, police_station}}, false},
    {"refused to the police",
     opt_in,
     {},
     {{granted, yesterday}, {refused, today, police_station}},
     true},
    {"refused to the fire station",
     opt_in,
     {},
     {{granted, yesterday}, {refused, today, fire_station}},
     false},
    {"granted to all since",
     opt_in,
     {},
     {{refused, yesterday, fire_station}, {granted, today}},
     true},
    {"the plan alone", opt_in, {}, {{granted, yesterday, {}, DisclosurePurpose::plan}}, false},
    {"silence after the deadline", presumed, yesterday, {}, true},
    {"silence on its last day", presumed, today, {}, false},
    {"silence before it", presumed, Date{2026, 12, 31}, {}, false},
    {"a consent before it", presumed, Date{2026, 12, 31}, {{granted, yesterday}}, true},
    {"a refusal after it", presumed, yesterday, {{refused, yesterday}}, false},
    {"a refusal to the fire station after it",
     presumed,
     yesterday,
     {{refused, yesterday, fire_station}},
     false},
    {"a refusal to the police after it",
     presumed,
     yesterday,
     {{refused, yesterday, police_station}},
     true},
    {"no consent needed", unless_refused, {}, {}, true},
    {"a refusal is honoured", unless_refused, {}, {{refused, {}}}, false},
    {"a withdrawal is honoured",
     unless_refused,
     {},
     {{granted, {}}, {withdrawn, yesterday}},
     false},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(disclosed_entries)

BOOST_AUTO_TEST_CASE(every_policy_against_what_was_said) {
  for (const Case& one : cases) {
    BOOST_TEST_CONTEXT(enum_name(one.kind) << ": " << one.what) {
      Town town;
      const Evacuee entry = town.add("架空　花");
      for (const Said& said : one.said) town.say(entry.person, said);
      town.adopt(one.kind, one.deadline ? one.deadline : Date{2026, 6, 1});
      const std::string expected = one.shown ? "架空　花|" : "";
      BOOST_TEST(seen_by(town.fire_member) == expected);
      BOOST_TEST(error_of([&] { return town.fire_member.disclosures().view(entry.person); }) ==
                 (one.shown ? "none" : "not_permitted"));
      // The file and the preview agree with the list.
      const auto file = town.city.path().parent_path() / "out.csv";
      const auto report =
          town.officer.disclosures().make(town.fire.id, DisclosurePurpose::list, file, in_utf8());
      BOOST_TEST(report.people == (one.shown ? 1 : 0));
      BOOST_TEST((bytes_of(file).find("架空　花") != std::string::npos) == one.shown);
      const auto preview = town.officer.disclosures().preview(town.rule(opt_in)).items.front();
      BOOST_TEST(preview.visible_now == (one.shown ? 1 : 0));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_consent_of_a_file_is_one_more_thing_said) {
  Town town;
  Evacuee granted_in_file;
  granted_in_file.consent = Consent::granted;
  granted_in_file.consent_date = Date{2025, 0, 0};
  Evacuee refused_in_file;
  refused_in_file.consent = Consent::refused;
  refused_in_file.consent_date = Date{2025, 4, 1};
  Evacuee undated = refused_in_file;
  undated.consent_date.reset();
  const Evacuee a = town.add("アア", granted_in_file);
  const Evacuee b = town.add("イイ", granted_in_file);
  const Evacuee c = town.add("ウウ", refused_in_file);
  const Evacuee d = town.add("エエ", undated);
  BOOST_TEST(seen_by(town.fire_member) == "アア|イイ|");
  town.say(b.person, {withdrawn, Date{2025, 12, 1}});  // within the year that the file tells
  town.say(c.person, {granted, yesterday});
  town.say(d.person, {granted, yesterday});
  BOOST_TEST(seen_by(town.fire_member) == "アア|ウウ|");
  town.adopt(unless_refused);
  BOOST_TEST(seen_by(town.fire_member) == "アア|ウウ|");
  Evacuee unknown = town.officer.evacuees().view(a.id);
  unknown.consent = Consent::unknown;
  town.officer.evacuees().change(unknown);
  BOOST_TEST(seen_by(town.fire_member) == "アア|ウウ|");
}

BOOST_AUTO_TEST_CASE(receivers_see_the_people_of_their_districts) {
  Town town;
  town.adopt(unless_refused);
  Evacuee entry;
  entry.district = "東区";
  town.add("ヒガシ", entry);
  entry.district = "西区";
  town.add("ニシ", entry);
  entry.district = "にし区";
  town.add("ニシカナ", entry);
  BOOST_TEST(seen_by(town.fire_member) == "ニシ|ニシカナ|ヒガシ|");
  // In any spelling, as a file may have it; 西 is not ニシ.
  BOOST_TEST(seen_by(town.welfare_member) == "ニシカナ|ヒガシ|");
  DisclosedFilter west;
  west.district = "西区";
  BOOST_TEST(seen_by(town.welfare_member, west).empty());
  BOOST_TEST(seen_by(town.fire_member, west) == "ニシ|");

  // Without districts only fire and police serve everybody.
  const auto sees = [&](OrganisationKind kind, std::vector<std::string> districts) {
    const std::string login = std::string(enum_name(kind)) + std::to_string(districts.size());
    const Organisation at = town.organisation(kind, login, std::move(districts));
    return seen_by(town.receiver(login, at));
  };
  BOOST_TEST(sees(police_station, {}) == "ニシ|ニシカナ|ヒガシ|");
  BOOST_TEST(sees(police_station, {"西区"}) == "ニシ|");
  BOOST_TEST(sees(social_welfare_council, {}).empty());
  BOOST_TEST(sees(voluntary_disaster, {}).empty());
  BOOST_TEST(sees(other, {}).empty());
  BOOST_TEST(sees(other, {"東区"}) == "ヒガシ|");
  BOOST_TEST(sees(voluntary_disaster, {""}).empty());
  BOOST_TEST(sees(clinic, {"東区"}).empty());  // receives nothing

  // A district that is taken away is gone at once.
  Organisation changed = town.welfare;
  changed.districts = {"西区"};
  town.city.sign_in().organisations().change(changed);
  BOOST_TEST(seen_by(town.welfare_member) == "ニシ|");
}

BOOST_AUTO_TEST_CASE(a_receiver_of_many_districts_sees_their_people_alone) {
  Town town;
  town.adopt(unless_refused);
  std::vector<std::string> served;
  std::string theirs;
  for (const int number : {10, 20, 30, 40, 50}) {
    Evacuee entry;
    entry.district = std::to_string(number) + "区";
    town.add("架空　" + entry.district, entry);
    if (number != 30) theirs += "架空　" + entry.district + '|';
  }
  for (int number = 0; number < 60; ++number) {
    if (number != 30) served.push_back(std::to_string(number) + "区");
  }
  const Session receiver = town.receiver(
      "jishubo", town.organisation(voluntary_disaster, "架空自主防災会", std::move(served)));
  BOOST_TEST(seen_by(receiver) == theirs);
  BOOST_TEST(found_by(receiver, "架空町") == theirs);
}

BOOST_AUTO_TEST_CASE(a_large_roster_is_decided_to_its_end) {
  // The roster is walked in blocks of 1,000; a page's people are asked about by the 64.
  constexpr int people = 2'100;
  Town town;
  const auto folder = town.city.path().parent_path();
  std::ofstream roster(folder / "in.csv", std::ios::binary);
  roster << "管理番号,氏名,フリガナ,生年月日,性別,行政区,同意\n";
  for (int i = 0; i < people; ++i) {
    roster << fmt::format("{0},架空　{1},カクウ{1},S15.3.5,女,東区,{2}\n", i, 10'000 + i,
                          i % 1'000 == 999 ? "同意" : "");
  }
  roster.close();
  town.officer.roster().import_file(folder / "in.csv");
  const auto disclosures = town.officer.disclosures();
  const std::string agreed = "架空　10999|架空　11999|";
  BOOST_TEST(seen_by(town.fire_member) == agreed);
  BOOST_TEST(found_by(town.fire_member, "架空") == agreed);
  BOOST_TEST(disclosures.make(town.fire.id, DisclosurePurpose::list, folder / "two.csv", in_utf8())
                 .people == 2);
  const DisclosurePreview preview = disclosures.preview(town.rule(unless_refused)).items.front();
  BOOST_TEST(preview.visible_now == 2);
  BOOST_TEST(preview.visible_then == people);
  town.adopt(unless_refused);
  BOOST_TEST(disclosures.make(town.fire.id, DisclosurePurpose::list, folder / "all.csv", in_utf8())
                 .people == people);
}

BOOST_AUTO_TEST_CASE(the_protected_and_the_withdrawn_appear_nowhere) {
  Town town;
  town.adopt(unless_refused);
  Evacuee entry;
  entry.district = "東区";
  const Evacuee mother = town.add("母　花");
  const Evacuee child = town.add("子　太郎");
  const Evacuee moved = town.add("転　出");
  town.add("隣　人");
  const auto preview = [&] {
    std::string counts;
    for (const auto& line : town.officer.disclosures().preview(town.rule(unless_refused)).items) {
      counts += std::to_string(line.visible_now) + '/' + std::to_string(line.visible_then) + ' ';
    }
    return counts;
  };
  BOOST_TEST(preview() == "4/4 0/0 4/4 0/0 0/0 0/0 ");
  const std::string one_each = found_by(town.fire_member, "母") + found_by(town.fire_member, "転");
  BOOST_TEST(one_each == "母　花|転　出|");

  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {town.officer.member().id};
  protection.household = {child.person};
  town.officer.people().protect(mother.person, 1, protection);
  Evacuee withdrawn_entry = town.officer.evacuees().view(moved.id);
  withdrawn_entry.withdrawal = Withdrawal{WithdrawalReason::moved_out, today};
  town.officer.evacuees().change(withdrawn_entry);

  for (const Session& receiver : {town.fire_member, town.welfare_member}) {
    BOOST_TEST(seen_by(receiver) == "隣　人|");
    // The four live at one address with one phone: no search tells that there are others.
    for (const char* needle : {"母", "ハハ", "花", "転", "子　太郎"}) {
      BOOST_TEST(found_by(receiver, needle).empty(), needle);
    }
    BOOST_TEST(found_by(receiver, "0297-00-0001") == "隣　人|");
    BOOST_TEST(found_by(receiver, "架空町") == "隣　人|");
    DisclosedFilter east;
    east.district = "東区";
    BOOST_TEST(seen_by(receiver, east) == "隣　人|");
    // Nor does an error: they are refused like somebody who never was.
    const auto refusal = [&](const Uuid& id) {
      return text_of([&] { return receiver.disclosures().view(Id<Person>(id)); });
    };
    const std::string stranger = refusal(Uuid::parse("01890000-0000-7000-8000-000000000000"));
    BOOST_TEST(refusal(mother.person) == stranger);
    BOOST_TEST(refusal(child.person) == stranger);
    BOOST_TEST(refusal(moved.person) == stranger);
  }
  BOOST_TEST(preview() == "1/1 0/0 1/1 0/0 0/0 0/0 ");
  const auto file = town.city.path().parent_path() / "out.csv";
  // The officer who makes it is even one of the protection's own.
  BOOST_TEST(town.officer.disclosures()
                 .make(town.fire.id, DisclosurePurpose::list, file, in_utf8())
                 .people == 1);
  BOOST_TEST(bytes_of(file).find("母") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_page_ends_where_the_visible_end) {
  Town town;
  town.adopt(unless_refused);
  for (const char* name : {"アア", "イイ", "ウウ", "エエ"}) {
    const Evacuee entry = town.add(name);
    if (name == std::string("イイ")) town.say(entry.person, {refused, {}});
  }
  std::string all;
  int pages = 0;
  PageRequest page{"", 1};
  do {
    const auto one = town.fire_member.disclosures().visible({}, page);
    all += names(one);
    page.after = one.next;
    ++pages;
  } while (!page.after.empty());
  BOOST_TEST(all == "アア|ウウ|エエ|");
  BOOST_TEST(pages == 3);
}

BOOST_AUTO_TEST_CASE(search_finds_any_spelling_and_nothing_that_is_not_shown) {
  Town town;
  town.adopt(unless_refused);
  Person person = resident("髙﨑　花", "タカサキ　ハナ");
  person.municipal_number = "0012345";
  Evacuee entry;
  entry.district = "東区";
  entry.reference = "A-77";
  entry.medical_devices = "人工呼吸器";
  entry.physician = "架空医院";
  town.officer.evacuees().add(person, entry);
  for (const char* needle : {"高崎", "たかさき", "ﾀｶｻｷ", "029700", "架空町1-2"}) {
    BOOST_TEST(found_by(town.fire_member, needle) == "髙﨑　花|", needle);
  }
  for (const char* needle : {"0012345", "12345", "A-77", "人工", "架空医院"}) {
    BOOST_TEST(found_by(town.fire_member, needle).empty(), needle);
  }
}

BOOST_AUTO_TEST_CASE(search_goes_on_behind_those_who_are_not_shown) {
  Town town;
  town.adopt(unless_refused);
  // More of the name refuse than a page looks for, before and between those who do not.
  for (int i = 0; i < 9; ++i) {
    const Evacuee entry = town.add("髙﨑　" + std::to_string(i));
    if (i != 4 && i != 8) town.say(entry.person, {refused, {}});
  }
  DisclosedFilter filter;
  filter.text = "高崎";
  std::string all;
  PageRequest page{"", 1};
  do {
    const auto one = town.fire_member.disclosures().visible(filter, page);
    BOOST_TEST(one.items.size() == 1u);
    all += names(one);
    page.after = one.next;
  } while (!page.after.empty());
  BOOST_TEST(all == "髙﨑　4|髙﨑　8|");
}

BOOST_AUTO_TEST_CASE(plan_and_medical_facts_need_their_own_consent) {
  Town town;
  town.adopt(unless_refused);
  Evacuee entry;
  entry.district = "東区";
  entry.note = "犬がいる";
  entry.plan = "有";
  entry.shelter = "架空小学校";
  entry.supporter = "支援　次郎";
  entry.supporter_contact = "0297-00-0099";
  entry.medical_devices = "人工呼吸器";
  entry.intractable_disease = "架空病";
  entry.physician = "架空医院";
  entry.care_level = "要介護5";
  const Evacuee added = town.add("架空　花", entry);
  const auto view = [&] { return town.fire_member.disclosures().view(added.person); };

  const std::string list = to_json(view());
  for (const char* fact :
       {"架空小学校", "支援", "0297-00-0099", "人工", "架空病", "架空医院", "要介護", "0012345"}) {
    BOOST_TEST(list.find(fact) == std::string::npos, fact);
  }
  BOOST_TEST(view().name == "架空　花");
  BOOST_TEST(view().addresses.size() == 1u);
  BOOST_TEST(view().phones.size() == 1u);
  BOOST_TEST(view().reason == "独居");
  BOOST_TEST(view().note == "犬がいる");

  town.say(added.person, {granted, yesterday, {}, DisclosurePurpose::plan});
  town.say(added.person, {granted, yesterday, police_station, DisclosurePurpose::medical});
  BOOST_TEST(view().shelter == "架空小学校");
  BOOST_TEST(view().supporter_contact == "0297-00-0099");
  BOOST_TEST(view().medical_devices.empty());
  town.say(added.person, {granted, yesterday, fire_station, DisclosurePurpose::medical});
  BOOST_TEST(view().medical_devices == "人工呼吸器");
  BOOST_TEST(view().physician == "架空医院");
  BOOST_TEST(view().purposes.size() == 3u);
  town.say(added.person, {withdrawn, today, {}, DisclosurePurpose::plan});
  BOOST_TEST(view().shelter.empty());
  BOOST_TEST(view().medical_devices == "人工呼吸器");
  // Without the list there is nothing.
  town.say(added.person, {withdrawn, today});
  BOOST_TEST(error_of(view) == "not_permitted");
}

BOOST_AUTO_TEST_CASE(receivers_do_nothing_else) {
  Town town;
  town.adopt(unless_refused);
  const Evacuee entry = town.add("架空　花");
  const Session& receiver = town.fire_member;
  const auto file = town.city.path().parent_path() / "out.csv";
  const auto disclosures = receiver.disclosures();
  BOOST_TEST(error_of([&] { return disclosures.consents(entry.person); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return disclosures.rules(); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return disclosures.list(); }) == "not_permitted");
  BOOST_TEST(error_of([&] {
               return disclosures.make(town.fire.id, DisclosurePurpose::list, file);
             }) == "not_permitted");
  BOOST_TEST(error_of([&] { return receiver.people().view(entry.person); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return receiver.evacuees().list(); }) == "not_permitted");
  // What they saw is in the journal, under the person.
  static_cast<void>(disclosures.view(entry.person));
  JournalFilter about;
  about.subject = entry.person;
  about.action = "disclosed_view";
  BOOST_TEST(town.officer.journal().list(about).items.size() == 1u);
  // And an officer is no receiver.
  BOOST_TEST(error_of([&] { return town.officer.disclosures().visible(); }) == "not_permitted");
}

BOOST_AUTO_TEST_SUITE_END()
