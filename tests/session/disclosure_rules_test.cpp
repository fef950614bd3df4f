// Consents and rules, and who decides them; what was handed out, and the record of it.
#include <boost/test/unit_test.hpp>

#include "fixture/town.hpp"

using namespace renraku;
using namespace renraku::fixture;
using enum DisclosurePolicy;
using enum RosterConsentState;
using enum OrganisationKind;

BOOST_AUTO_TEST_SUITE(disclosure_rules)

BOOST_AUTO_TEST_CASE(a_rule_needs_a_second_officer) {
  Town town;
  const auto mine = town.officer.disclosures();
  const auto others = town.second.disclosures();
  const DisclosureRule proposed = mine.propose(town.rule(unless_refused));
  BOOST_TEST((town.officer.municipalities().view().disclosure == opt_in));
  BOOST_TEST(error_of([&] { return mine.decide(proposed.id, 1, true); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return others.decide(proposed.id, 7, true); }) == "conflict");
  const DisclosureRule adopted = others.decide(proposed.id, 1, true);
  BOOST_TEST((adopted.decided_by == town.second.member().id));
  BOOST_TEST((adopted.proposed_by == town.officer.member().id));
  BOOST_TEST((town.officer.municipalities().view().disclosure == unless_refused));
  BOOST_TEST((town.city.store().municipalities().front().disclosure == unless_refused));
  BOOST_TEST(error_of([&] { return others.decide(proposed.id, 2, false); }) == "conflict");

  const DisclosureRule declined = mine.propose(town.rule(opt_in));
  others.decide(declined.id, 1, false);
  BOOST_TEST((town.officer.municipalities().view().disclosure == unless_refused));
  // Who proposed it stays who proposed it, whatever the caller says.
  DisclosureRule forged = town.rule(opt_in);
  forged.state = DisclosureRuleState::adopted;
  forged.proposed_by = town.second.member().id;
  const DisclosureRule kept = mine.propose(forged);
  BOOST_TEST((kept.state == DisclosureRuleState::proposed));
  BOOST_TEST((kept.proposed_by == town.officer.member().id));
  BOOST_TEST(mine.rules().items.size() == 3u);
}

BOOST_AUTO_TEST_CASE(the_last_rule_that_is_valid_counts) {
  Town town;
  DisclosureRule rule = town.rule(unless_refused);
  rule.valid_from = Date{2026, 11, 22};
  town.adopt(rule);
  const auto policy = [&] { return town.city.sign_in().municipalities().view().disclosure; };
  BOOST_TEST((policy() == opt_in));
  rule = town.rule(presumed, Date{2026, 6, 1});
  rule.valid_from = Date{2026, 4, 1};
  town.adopt(rule);
  BOOST_TEST((policy() == presumed));
  town.city.move_clock(std::chrono::hours(24));
  BOOST_TEST((policy() == unless_refused));
}

BOOST_AUTO_TEST_CASE(the_policy_is_not_changed_past_the_rules) {
  Town town;
  const Session administrator = town.city.sign_in();
  Municipality changed = administrator.municipalities().view();
  changed.disclosure = unless_refused;
  BOOST_TEST(field_of([&] { return administrator.municipalities().change(changed); }) ==
             "disclosure");
  changed.disclosure = opt_in;
  changed.label_red = "最優先";
  BOOST_TEST(administrator.municipalities().change(changed).label_red == "最優先");
  town.adopt(unless_refused);
  Municipality again = administrator.municipalities().view();
  again.label_red = "赤";
  BOOST_TEST((administrator.municipalities().change(again).disclosure == unless_refused));
}

BOOST_AUTO_TEST_CASE(a_preview_counts_who_becomes_visible_to_whom) {
  Town town;
  Evacuee entry;
  entry.district = "東区";
  town.say(town.add("アア", entry).person, {granted, yesterday});
  town.add("イイ", entry);
  town.say(town.add("ウウ", entry).person, {refused, yesterday, fire_station});
  entry.district = "西区";
  town.add("エエ", entry);
  const auto counts = [&](const DisclosureRule& rule) {
    std::string text;
    for (const auto& line : town.officer.disclosures().preview(rule).items) {
      if (line.organisations == 0) continue;
      text += std::string(enum_name(line.receiver)) + ' ' + std::to_string(line.visible_now) +
              "->" + std::to_string(line.visible_then) + ' ';
    }
    return text;
  };
  // Silence before the deadline counts in the preview, which shows where it leads.
  BOOST_TEST(counts(town.rule(presumed, Date{2027, 3, 31})) ==
             "fire_station 1->3 commissioned_welfare 1->3 ");
  town.adopt(unless_refused);
  BOOST_TEST(counts(town.rule(opt_in)) == "fire_station 3->1 commissioned_welfare 3->1 ");
  // Two organisations that serve the same people count them once.
  town.organisation(commissioned_welfare, "もう一つ", {"東区", "西区"});
  BOOST_TEST(counts(town.rule(opt_in)) == "fire_station 3->1 commissioned_welfare 4->1 ");
  BOOST_TEST(to_json(town.officer.disclosures().preview(town.rule(opt_in)).items).find("アア") ==
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_rule_says_what_its_kind_needs) {
  Town town;
  const auto field = [&](DisclosureRule rule) {
    const std::string previewed =
        field_of([&] { return town.officer.disclosures().preview(rule); });
    const std::string proposed = field_of([&] { return town.officer.disclosures().propose(rule); });
    BOOST_TEST(previewed == proposed);
    return proposed;
  };
  DisclosureRule rule = town.rule(presumed);
  BOOST_TEST(field(rule) == "objection_deadline");
  rule.objection_deadline = Date{2026, 4, 30};
  BOOST_TEST(field(rule) == "objection_deadline");
  rule.notice_sent.reset();
  BOOST_TEST(field(rule) == "notice_sent");
  rule = town.rule(unless_refused);
  rule.ordinance.clear();
  BOOST_TEST(field(rule) == "ordinance");
  rule = town.rule(opt_in);
  rule.ordinance.clear();
  BOOST_TEST(field(rule) == "none");
  rule.valid_from = Date{2026, 4, 0};
  BOOST_TEST(field(rule) == "valid_from");
}

BOOST_AUTO_TEST_CASE(exports_and_rules_need_a_fresh_proof) {
  Town town;
  const DisclosureRule proposed = town.officer.disclosures().propose(town.rule(unless_refused));
  town.city.move_clock(std::chrono::minutes(11));
  const auto disclosures = town.second.disclosures();
  const auto file = town.city.path().parent_path() / "out.csv";
  BOOST_TEST(error_of([&] {
               return disclosures.make(town.fire.id, DisclosurePurpose::list, file);
             }) == "reauthenticate");
  BOOST_TEST(error_of([&] { return disclosures.decide(proposed.id, 1, true); }) ==
             "reauthenticate");
  BOOST_TEST(error_of([&] { return disclosures.list(); }) == "none");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(roster_consents)

BOOST_AUTO_TEST_CASE(consents_are_a_history_of_the_person) {
  Town town;
  const Evacuee entry = town.add("架空　花");
  RosterConsent consent;
  consent.person = entry.person;
  consent.state = refused;
  consent.date = yesterday;
  consent.given_by = "架空　次郎";
  consent.capacity = RosterConsentCapacity::guardian;
  consent.form = RosterConsentForm::telephone;
  consent.evidence = "consent-2026-0001.pdf";
  const auto disclosures = town.officer.disclosures();
  const RosterConsent recorded = disclosures.record_consent(consent);
  BOOST_TEST((recorded.recorded_by == town.officer.member().id));
  BOOST_TEST((recorded.recorded_at == town.city.now()));
  town.say(entry.person, {granted, today});
  const auto listed = disclosures.consents(entry.person).items;
  BOOST_REQUIRE(listed.size() == 2u);
  BOOST_TEST((listed[0].state == granted));
  BOOST_TEST(listed[1].evidence == "consent-2026-0001.pdf");
  BOOST_TEST(town.officer.journal().history(entry.person).items.size() == 3u);

  const auto field = [&](auto&& change) {
    RosterConsent wrong = consent;
    change(wrong);
    return field_of([&] { return disclosures.record_consent(wrong); });
  };
  BOOST_TEST(field([](RosterConsent& wrong) { wrong.date = Date{2026, 11, 22}; }) == "date");
  BOOST_TEST(field([](RosterConsent& wrong) { wrong.date = Date{2026, 2, 30}; }) == "date");
  BOOST_TEST(field([](RosterConsent& wrong) { wrong.receiver = clinic; }) == "receiver");
  BOOST_TEST(field([](RosterConsent& wrong) { wrong.person = {}; }) == "person");
}

BOOST_AUTO_TEST_CASE(who_spoke_for_a_protected_person_is_told_to_the_named_officers) {
  Town town;
  const Evacuee entry = town.add("架空　花");
  RosterConsent consent;
  consent.person = entry.person;
  consent.given_by = "隠里　次郎";
  consent.evidence = "隠里警察署の書面";
  town.officer.disclosures().record_consent(consent);
  Protection protection;
  protection.officers = {town.officer.member().id};
  town.officer.people().protect(entry.person, 1, protection);
  const auto seen = town.second.disclosures().consents(entry.person).items.front();
  BOOST_TEST(seen.withheld);
  BOOST_TEST(to_json(seen).find("隠里") == std::string::npos);
  BOOST_TEST(to_json(town.second.journal().history(entry.person).items).find("隠里") ==
             std::string::npos);
  BOOST_TEST(town.officer.disclosures().consents(entry.person).items.front().given_by ==
             "隠里　次郎");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(handed_out)

BOOST_AUTO_TEST_CASE(a_file_holds_what_its_receiver_may_see_and_is_recorded) {
  Town town;
  town.adopt(unless_refused);
  Evacuee entry;
  entry.district = "東区";
  entry.shelter = "架空小学校";
  entry.physician = "架空医院";
  const Evacuee agreed = town.add("アア", entry);
  entry.district = "西区";
  const Evacuee silent = town.add("イイ", entry);
  town.say(agreed.person, {granted, yesterday, {}, DisclosurePurpose::plan});
  const auto folder = town.city.path().parent_path();
  const auto disclosures = town.officer.disclosures();

  disclosures.make(town.fire.id, DisclosurePurpose::list, folder / "list.csv", in_utf8());
  const std::string list = bytes_of(folder / "list.csv");
  BOOST_TEST(list.starts_with(
      "\xEF\xBB\xBF氏名,フリガナ,生年月日,性別,郵便番号,住所又は居所,行政区,電話番号,"
      "携帯電話番号,避難支援等を必要とする事由,備考\r\nアア,"));
  BOOST_TEST(list.find("イイ") != std::string::npos);
  BOOST_TEST(list.find("架空小学校") == std::string::npos);

  DisclosureOptions options = in_utf8();
  options.return_by = Date{2026, 12, 1};
  const auto report =
      disclosures.make(town.fire.id, DisclosurePurpose::plan, folder / "plan.csv", options);
  const std::string plan = bytes_of(folder / "plan.csv");
  BOOST_TEST(report.people == 1);
  BOOST_TEST(plan.find("架空小学校") != std::string::npos);
  BOOST_TEST(plan.find("架空医院") == std::string::npos);
  BOOST_TEST(plan.find("イイ") == std::string::npos);
  disclosures.make(town.welfare.id, DisclosurePurpose::list, folder / "east.csv", in_utf8());
  BOOST_TEST(bytes_of(folder / "east.csv").find("イイ") == std::string::npos);

  // Each person's journal names the hand-out.
  JournalFilter about;
  about.action = "disclosure_make";
  about.subject = silent.person;
  BOOST_TEST(town.officer.journal().list(about).items.size() == 1u);
  about.subject = agreed.person;
  BOOST_TEST(town.officer.journal().list(about).items.size() == 3u);

  const auto listed = disclosures.list();
  BOOST_REQUIRE(listed.items.size() == 3u);
  const Disclosure made = listed.items[1];
  BOOST_TEST((made.id == report.disclosure));
  BOOST_TEST((made.receiver == town.fire.id));
  BOOST_TEST((made.made_by == town.officer.member().id));
  BOOST_TEST((made.rule == disclosures.rules().items.front().id));
  BOOST_TEST(made.people == 1);
  DisclosureFilter of_welfare;
  of_welfare.receiver = town.welfare.id;
  BOOST_TEST(disclosures.list(of_welfare).items.size() == 1u);

  const Disclosure received =
      disclosures.record_receipt(made.id, made.revision, "架空消防署 予防係 受取 一郎", today);
  BOOST_TEST((received.received_on == today));
  BOOST_TEST(error_of([&] { return disclosures.record_return(made.id, 1, today); }) == "conflict");
  DisclosureFilter overdue;
  overdue.overdue = true;
  BOOST_TEST(disclosures.list(overdue).items.empty());
  town.city.move_clock(std::chrono::hours(24 * 11));
  const Session later = town.city.sign_in("meibo2");
  BOOST_TEST(later.disclosures().list(overdue).items.size() == 1u);
  later.disclosures().record_return(made.id, received.revision, Date{2026, 12, 2});
  BOOST_TEST(later.disclosures().list(overdue).items.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_can_not_be_made_is_no_disclosure) {
  Town town;
  const auto disclosures = town.officer.disclosures();
  const auto file = town.city.path().parent_path() / "out.csv";
  const auto make = [&](const Id<Organisation>& receiver, const DisclosureOptions& options = {},
                        const Progress& progress = {}) {
    return error_of([&] {
      return disclosures.make(receiver, DisclosurePurpose::list, file, options, progress);
    });
  };
  const Organisation office = town.organisation(clinic, "架空医院", {"東区"});
  BOOST_TEST(make(office.id) == "invalid");
  BOOST_TEST(make({}) == "not_found");
  DisclosureOptions wrong;
  wrong.encoding = "utf-16";
  BOOST_TEST(make(town.fire.id, wrong) == "invalid_argument");
  wrong = {};
  wrong.return_by = Date{2026, 12, 0};
  BOOST_TEST(make(town.fire.id, wrong) == "invalid");
  BOOST_TEST(make(town.fire.id, {}, [](auto, auto, auto) { return false; }) == "cancelled");
  BOOST_TEST(!std::filesystem::exists(file));
  BOOST_TEST(disclosures.list().items.empty());
  BOOST_TEST(make(town.fire.id) == "none");
  BOOST_TEST(make(town.fire.id) == "exists");
  BOOST_TEST(disclosures.list().items.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
