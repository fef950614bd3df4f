// A check holds every record against what the journal last said of it: whoever takes rows away or
// puts them back past the library, with the store's key in a folder or as the superuser of a
// server, is found out.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "fixture/everything.hpp"
#include "fixture/old_city.hpp"
#include "fixture/raw_store.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// What a check finds, with `name` for that id.
std::vector<std::string> findings(Store& store, const Uuid& id, const std::string& name) {
  std::vector<std::string> all;
  for (const Finding& finding : store.check().findings) {
    std::string line = finding.part + ": " + finding.detail;
    const auto at = line.find(id.text());
    if (at != std::string::npos) line.replace(at, id.text().size(), name);
    all.push_back(line);
  }
  std::ranges::sort(all);
  return all;
}
using Lines = std::vector<std::string>;

/// Somebody on the roster, before and after a change.
class Changed {
 public:
  Changed() {
    Evacuee evacuee;
    evacuee.note = "夜は一人";
    entry_ = officer_.evacuees().add(resident("架空 花子", "カクウ ハナコ"), evacuee);
    other_ = officer_.evacuees().add(resident("仮名 次郎", "カメイ ジロウ"), {});
    for (const char* table : tables) raw_.run("CREATE TABLE before_" + text(table));
    Person person = officer_.people().view(entry_.person);
    person.phones = {{PhoneKind::mobile, "09000000002", "090-0000-0002"}};
    officer_.people().change(person);
    entry_.note = "娘と同居";
    officer_.evacuees().change(entry_);
  }

  void put_back(const std::string& table) {
    raw_.run("DELETE FROM " + table);
    raw_.run("INSERT INTO " + table + " SELECT * FROM before_" + table);
  }
  void run(const std::string& sql) { raw_.run(sql); }
  Lines found(const Uuid& id) { return findings(city_.store(), id, "<id>"); }
  [[nodiscard]] const Session& officer() const { return officer_; }
  [[nodiscard]] const Evacuee& entry() const { return entry_; }
  [[nodiscard]] const Evacuee& other() const { return other_; }

 private:
  static constexpr std::array tables{"person", "person_search", "person_key", "evacuee"};
  static std::string text(const std::string& table) { return table + " AS SELECT * FROM " + table; }

  City city_;
  Session officer_ = city_.sign_in();
  Evacuee entry_;
  Evacuee other_;
  RawStore raw_{city_.found()};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(record_check)

BOOST_AUTO_TEST_CASE(a_store_in_which_everything_was_done_is_sound) {
  City city;
  use_everything(city);
  const CheckReport report = city.store().check();
  for (const Finding& finding : report.findings) {
    BOOST_TEST(finding.detail == "", finding.part << ": " << finding.detail);
  }
  BOOST_TEST(report.sound);
}

BOOST_AUTO_TEST_CASE(records_put_back_are_older_than_the_journal_tells) {
  Changed changed;
  BOOST_TEST(changed.found(Uuid{}) == Lines{}, boost::test_tools::per_element());
  changed.put_back("evacuee");
  BOOST_TEST(changed.found(changed.entry().id) ==
                 Lines{"records: evacuee <id> is older than the journal tells"},
             boost::test_tools::per_element());
  changed.put_back("person");
  changed.put_back("person_search");
  changed.put_back("person_key");
  BOOST_TEST(changed.found(changed.entry().person).size() == 2u);
  BOOST_TEST(changed.found(changed.entry().person).back() ==
             "records: person <id> is older than the journal tells");
}

BOOST_AUTO_TEST_CASE(records_that_are_gone_are_missed) {
  Changed changed;
  changed.run("DELETE FROM evacuee WHERE note IS NOT NULL");
  const Lines found = changed.found(changed.entry().id);
  BOOST_REQUIRE_EQUAL(found.size(), 2u);
  BOOST_TEST(std::ranges::count(
                 found, "records: evacuee <id> is gone, and the journal tells of no erasure") == 1);
}

BOOST_AUTO_TEST_CASE(who_was_erased_and_put_back_is_told_of) {
  Changed changed;
  changed.officer().people().erase(changed.entry().person, ErasureReason::request);
  BOOST_TEST(changed.found(Uuid{}) == Lines{}, boost::test_tools::per_element());
  for (const char* table : {"person", "evacuee", "person_search", "person_key"}) {
    changed.put_back(table);
  }
  const Lines found = changed.found(changed.entry().person);
  BOOST_REQUIRE_EQUAL(found.size(), 2u);
  BOOST_TEST(found.back() ==
             "records: person <id> is there again, though the journal tells that it was erased");
}

BOOST_AUTO_TEST_CASE(the_proof_of_an_erasure_is_missed) {
  Changed changed;
  changed.officer().people().erase(changed.entry().person, ErasureReason::request);
  changed.run("DELETE FROM erased_person");
  BOOST_TEST(changed.found(changed.entry().person) ==
                 Lines{"records: erased_person <id> is gone: the proof of an erasure"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(whoever_is_hidden_from_lists_and_searches_is_found) {
  Changed changed;
  changed.put_back("person_search");
  BOOST_TEST(changed.found(changed.entry().person) ==
                 Lines{"records: person_search <id> is not what this person is found by"},
             boost::test_tools::per_element());
  changed.run("DELETE FROM person_search");
  BOOST_TEST(changed.found(Uuid{}).size() == 2u);
}

BOOST_AUTO_TEST_CASE(look_up_keys_are_counted) {
  Changed changed;
  changed.run("DELETE FROM person_key");
  BOOST_TEST(changed.found(Uuid{}) ==
                 Lines{"records: person_key: there are not as many keys as people have"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_sealed_row_that_does_not_open_is_named,
                     *boost::unit_test::precondition([](auto) { return on_a_server(); })) {
  Changed changed;
  changed.run(
      "UPDATE evacuee SET reference = set_byte(reference, 60, 255 - get_byte(reference, 60)) "
      "WHERE revision = 2");
  BOOST_TEST(changed.found(changed.entry().id) ==
                 Lines{"records: evacuee <id> does not open: it was altered"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_table_that_is_gone_is_told_of_and_not_thrown,
                     *boost::unit_test::precondition([](auto) { return on_a_server(); })) {
  Changed changed;
  changed.run("DROP TABLE evacuee");
  const Lines found = changed.found(Uuid{});
  BOOST_REQUIRE_EQUAL(found.size(), 1u);
  BOOST_TEST(found.front().starts_with("records: not read to the end: "));
}

BOOST_AUTO_TEST_CASE(a_text_that_is_not_what_it_should_be_is_told_of,
                     *on_a_folder("nothing is sealed there")) {
  Changed changed;
  changed.run("UPDATE person SET phones = 'x' WHERE revision = 2");
  BOOST_TEST(changed.found(changed.entry().person) ==
                 Lines{"records: person_search <id> can't be read: what they are found by is not "
                       "looked at"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_what_lies_in_an_archive_that_is_away_only_what_is_there_is_held) {
  OldCity old;
  RawStore raw(old.city().found());
  static_cast<void>(old.archive());
  raw.run("DELETE FROM evacuee");
  const auto lost = [&] {
    return std::ranges::count_if(old.store().check().findings, [](const Finding& finding) {
      return finding.detail.find("is gone") != std::string::npos;
    });
  };
  BOOST_TEST(lost() == 3);
  std::filesystem::rename(old.folder(), old.folder() += ".away");
  BOOST_TEST(lost() == 0);
}

BOOST_AUTO_TEST_CASE(records_are_held_against_no_journal_that_does_not_hold) {
  Changed changed;
  changed.run("DELETE FROM journal WHERE pk = (SELECT max(pk) FROM journal)");
  changed.put_back("evacuee");
  for (const std::string& line : changed.found(Uuid{})) BOOST_TEST(line.starts_with("journal: "));
}

BOOST_AUTO_TEST_CASE(a_few_are_named_and_the_others_counted) {
  City city;
  const Session officer = city.sign_in();
  for (int i = 0; i < 25; ++i) {
    officer.evacuees().add(resident("架空 花子", "カクウ ハナコ"), {});
  }
  RawStore(city.found()).run("DELETE FROM evacuee");
  const CheckReport report = city.store().check();
  BOOST_REQUIRE_EQUAL(report.findings.size(), 21u);
  BOOST_TEST(report.findings.back().detail ==
             "evacuee: 5 others: is gone, and the journal tells of no erasure");
}

BOOST_AUTO_TEST_SUITE_END()
