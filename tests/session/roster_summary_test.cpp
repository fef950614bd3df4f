// How the roster stands: each count is what its list shows.
#include <boost/test/unit_test.hpp>
#include <renraku/described/roster.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// Entries whom a file has, a row each.
const std::vector<std::string> hana{"1", "架空　花子", "カクウ ハナコ", "S15.3.5", "0297-00-0001"};
const std::vector<std::string> taro{"2", "架空　太郎", "カクウ タロウ", "S16.3.5", "0297-00-0002"};
const std::vector<std::string> alike{"3", "仮名　太郎", "カクウ タロウ", "S16.3.5", "0297-00-0002"};
const std::vector<std::string> broken{"4", "架空　四郎", "カクウ シロウ", "S16.13.5", ""};

ImportReport import(const Session& officer, Rows rows) {
  rows.insert(rows.begin(), {"管理番号", "氏名", "フリガナ", "生年月日", "電話"});
  ImportOptions options;
  options.accept_large = true;
  const auto next = [rows, at = std::size_t{0}](std::vector<std::string>& cells) mutable {
    if (at == rows.size()) return false;
    cells = rows[at++];
    return true;
  };
  return officer.roster().import_rows(next, options);
}

/// Fails unless the summary counts what the lists show; gives it.
RosterSummary summary_of(const Session& officer) {
  const Roster roster = officer.roster();
  const RosterSummary summary = roster.summary();
  BOOST_TEST(summary.people == std::ssize(officer.evacuees().list().items));
  BOOST_TEST(summary.open_rows == std::ssize(roster.open_rows().items));
  BOOST_TEST(summary.suspects == std::ssize(roster.suspects().items));
  BOOST_TEST(summary.missing == std::ssize(roster.missing().items));
  BOOST_TEST(summary.conflicts == std::ssize(roster.conflicts().items));
  return summary;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(RosterSummaries)

BOOST_AUTO_TEST_CASE(counts_what_waits_until_it_is_decided) {
  City city;
  const Session officer = city.sign_in();
  const Roster roster = officer.roster();
  BOOST_TEST(to_json(summary_of(officer)) == to_json(RosterSummary{}));
  import(officer, {hana, taro, alike, broken});
  BOOST_TEST(to_json(summary_of(officer)) == to_json(RosterSummary{3, 1, 1, 0, 0}));

  Person person = officer.people().view(officer.evacuees().list().items.at(0).person);
  for (const EvacueeLine& line : officer.evacuees().list().items) {
    if (line.reference == "1") person = officer.people().view(line.person);
  }
  person.phones.at(0).digits = person.phones.at(0).written = "0297000009";
  officer.people().change(person);
  std::vector<std::string> moved = hana;
  moved.back() = "0297-00-0008";
  import(officer, {moved});
  BOOST_TEST(to_json(summary_of(officer)) == to_json(RosterSummary{3, 1, 1, 2, 1}));

  const auto missing = roster.missing().items;
  roster.decide_missing(missing.at(0).id, missing.at(0).revision, MissingDecision::keep);
  roster.decide_missing(missing.at(1).id, missing.at(1).revision, MissingDecision::died);
  const ImportConflict conflict = roster.conflicts().items.at(0);
  roster.decide_conflict(conflict.id, conflict.revision, ConflictDecision::keep);
  const Suspect suspect = roster.suspects().items.at(0);
  roster.decide_suspect(suspect.id, suspect.revision, SuspectDecision::same);
  const OpenRow row = roster.open_rows().items.at(0);
  roster.dismiss_open_row(row.id, row.revision);
  BOOST_TEST(to_json(summary_of(officer)) == to_json(RosterSummary{2, 0, 0, 0, 0}));
}

// What such pairs rest on is a phone, and so the place of whoever is hidden.
BOOST_AUTO_TEST_CASE(a_pair_of_somebody_hidden_is_neither_listed_nor_counted) {
  City city;
  const Session officer = city.sign_in();
  Rows rows;
  for (const char* reading : {"カクウ アキ", "カクウ ハル", "カクウ フユ"}) {
    const std::string number = std::to_string(rows.size());
    rows.push_back({"", "架空　甲", reading, "S1" + number + ".3.5", "0297-00-000" + number});
    rows.push_back(rows.back());
    rows.back()[1] = "仮名　乙";
  }
  import(officer, rows);
  BOOST_TEST(summary_of(officer).suspects == 3);
  const Session other = city.member("betsu", Role::roster_officer);
  BOOST_TEST(summary_of(other).suspects == 3);
  const auto listed = other.roster().suspects().items;
  Protection protection;
  protection.ground = "支援措置";
  protection.officers = {officer.member().id};
  officer.people().protect(listed.at(1).first, 1, protection);

  BOOST_TEST(summary_of(officer).suspects == 3);
  BOOST_TEST(summary_of(other).suspects == 2);
  PageRequest one;
  one.size = 1;
  const auto before = other.roster().suspects(one);
  BOOST_REQUIRE_EQUAL(before.items.size(), 1u);
  BOOST_TEST((before.items[0].id == listed[0].id));
  one.after = before.next;
  const auto behind = other.roster().suspects(one);
  BOOST_REQUIRE_EQUAL(behind.items.size(), 1u);
  BOOST_TEST((behind.items[0].id == listed[2].id));
  BOOST_TEST(behind.next == "");
}

BOOST_AUTO_TEST_CASE(leaves_a_trace_that_names_nobody) {
  City city;
  const Session officer = city.sign_in();
  import(officer, {hana});
  static_cast<void>(officer.roster().summary());
  JournalFilter filter;
  filter.action = "open_row_list";
  const auto entries = officer.journal().list(filter).items;
  BOOST_REQUIRE_EQUAL(entries.size(), 1u);
  BOOST_TEST(entries[0].subjects.empty());
}

BOOST_AUTO_TEST_SUITE_END()
