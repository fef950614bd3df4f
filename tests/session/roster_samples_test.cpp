// The sample files of the project's surroundings, imported as their expectations say.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "fixture/city.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

std::filesystem::path sample(const std::string& file) {
  return std::filesystem::path(RENRAKU_SHARED_DATA) / "roster" / file;
}

bool is_there(const std::string& file) {
  if (std::filesystem::exists(sample(file))) return true;
  BOOST_TEST_MESSAGE("skipped: the sample " << file << " is not there");
  return false;
}

std::vector<EvacueeLine> everybody(const Session& officer) {
  std::vector<EvacueeLine> lines;
  PageRequest request;
  request.size = page_size_max;
  do {
    auto page = officer.evacuees().list({}, request);
    lines.insert(lines.end(), page.items.begin(), page.items.end());
    request.after = page.next;
  } while (!request.after.empty());
  return lines;
}

std::int64_t changes_in_journal(const Session& officer, const std::string& action) {
  JournalFilter filter;
  filter.action = action;
  std::int64_t entries = 0;
  PageRequest request;
  request.size = page_size_max;
  do {
    const auto page = officer.journal().list(filter, request);
    entries += static_cast<std::int64_t>(page.items.size());
    request.after = page.next;
  } while (!request.after.empty());
  return entries;
}

void nothing_changed(const Session& officer, const ImportReport& first, const ImportReport& again) {
  BOOST_TEST(again.added == 0);
  BOOST_TEST(again.updated == 0);
  BOOST_TEST(again.missing == 0);
  BOOST_TEST(again.unchanged == first.added + first.updated + first.unchanged);
  BOOST_TEST(again.rejected.size() == first.rejected.size());
  BOOST_TEST(again.duplicates.size() == first.duplicates.size());
  BOOST_TEST(again.suspects.empty());
  BOOST_TEST(again.conflicts.empty());
  BOOST_TEST(officer.roster().missing().items.empty());
}

std::int64_t waiting(const Session& officer) {
  PageRequest all;
  all.size = page_size_max;
  return officer.roster().count_open_rows() +
         static_cast<std::int64_t>(officer.roster().suspects(all).items.size() +
                                   officer.roster().conflicts(all).items.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(roster_samples)

BOOST_AUTO_TEST_CASE(three_thousand_rows_are_taken_as_expected_and_again_change_nothing) {
  if (!is_there("joso_3000.expected.json")) return;
  std::ifstream in(sample("joso_3000.expected.json"));
  std::ostringstream text;
  text << in.rdbuf();
  const boost::json::value expected = boost::json::parse(text.str());
  City city;
  Session officer = city.sign_in();
  const ImportReport report = officer.roster().import_file(sample("joso_3000.cp932.csv"));
  BOOST_TEST(report.encoding == "cp932");
  BOOST_TEST(report.rows == expected.at("rows").as_int64());
  BOOST_TEST(report.added == expected.at("added").as_int64());
  const auto& rejected = expected.at("rejected").as_array();
  BOOST_REQUIRE_EQUAL(report.rejected.size(), rejected.size());
  for (std::size_t i = 0; i < rejected.size(); ++i) {
    BOOST_TEST(report.rejected[i].line == rejected[i].at(0).as_int64());
    BOOST_TEST(report.rejected[i].column == std::string(rejected[i].at(1).as_string()));
    BOOST_TEST(report.rejected[i].reason == std::string(rejected[i].at(2).as_string()));
  }
  const auto& duplicates = expected.at("duplicates").as_array();
  BOOST_REQUIRE_EQUAL(report.duplicates.size(), duplicates.size());
  for (std::size_t i = 0; i < duplicates.size(); ++i) {
    BOOST_TEST(report.duplicates[i].line == duplicates[i].at(0).as_int64());
    BOOST_TEST(report.duplicates[i].first_line == duplicates[i].at(1).as_int64());
  }
  std::map<std::string, std::int64_t> warnings;
  for (const RowWarning& warning : report.warnings) ++warnings[warning.reason];
  for (const auto& [reason, count] : expected.at("warnings").as_object()) {
    BOOST_TEST(warnings[std::string(reason)] == count.as_int64());
  }
  std::map<std::string, EvacueeLine> by_reference;
  for (EvacueeLine& line : everybody(officer)) by_reference[line.reference] = std::move(line);
  BOOST_TEST(by_reference.size() == expected.at("people").as_object().size());
  for (const auto& [line, person] : expected.at("people").as_object()) {
    std::string reference = std::to_string(std::stoi(std::string(line)) - 1);
    reference.insert(0, 5 - reference.size(), '0');
    BOOST_REQUIRE_MESSAGE(by_reference.contains(reference), "line " << line);
    const EvacueeLine& found = by_reference[reference];
    const auto text_of = [&person](const char* name) {
      const auto& value = person.at(name);
      return value.is_null() ? std::string() : std::string(value.as_string());
    };
    BOOST_TEST(found.name == text_of("name"));
    BOOST_TEST(found.kana == text_of("kana"));
    BOOST_TEST((found.birth_date ? found.birth_date->text() : "") == text_of("birth"));
    BOOST_TEST((found.sex ? (*found.sex == Sex::male ? "male" : "female") : "") == text_of("sex"));
    BOOST_TEST(found.phone == text_of("phone"));
  }
  BOOST_TEST(officer.roster().count_open_rows() == std::int64_t(rejected.size()));
  const std::int64_t waited = waiting(officer);
  const std::int64_t journalled = changes_in_journal(officer, "roster_import");
  nothing_changed(officer, report, officer.roster().import_file(sample("joso_3000.cp932.csv")));
  BOOST_TEST(waiting(officer) == waited);
  // The act itself, and nothing else.
  BOOST_TEST(changes_in_journal(officer, "roster_import") == journalled + 1);
  BOOST_CHECK(city.store().verify_journal().state == JournalState::intact);
}

BOOST_AUTO_TEST_CASE(the_fourteen_traps_in_both_encodings) {
  for (const char* file : {"nasty_14.cp932.csv", "nasty_14.utf8bom.csv"}) {
    if (!is_there(file)) return;
    BOOST_TEST_CONTEXT(file) {
      City city;
      Session officer = city.sign_in();
      const ImportReport report = officer.roster().import_file(sample(file));
      BOOST_TEST(report.rows == 14);
      BOOST_TEST(report.added == 9);
      BOOST_REQUIRE_EQUAL(report.rejected.size(), 2u);
      BOOST_TEST(report.rejected[0].line == 11);
      BOOST_TEST(report.rejected[1].line == 15);
      BOOST_TEST(report.rejected[1].column == "生年月日");
      BOOST_TEST(report.rejected[1].reason == "invalid");
      BOOST_REQUIRE_EQUAL(report.duplicates.size(), 3u);
      BOOST_TEST(report.duplicates[0].first_line == 2);
      BOOST_TEST(report.duplicates[1].first_line == 4);
      BOOST_TEST(report.duplicates[2].first_line == 7);
      BOOST_TEST(report.suspects.empty());
      bool suspected = false;
      for (const RowWarning& warning : report.warnings) {
        suspected = suspected || (warning.line == 14 && warning.reason == "protection_suspected");
        BOOST_TEST((warning.reason != "protection_suspected" || warning.line == 14));
      }
      BOOST_TEST(suspected);
      std::size_t protected_people = 0;
      for (const EvacueeLine& line : everybody(officer)) {
        if (line.is_protected) ++protected_people;
        BOOST_TEST((line.is_protected == (line.reference == "0013")));
      }
      BOOST_TEST(protected_people == 1u);
      BOOST_TEST(officer.roster().count_open_rows() == 2);
      const std::int64_t waited = waiting(officer);
      nothing_changed(officer, report, officer.roster().import_file(sample(file)));
      BOOST_TEST(waiting(officer) == waited);
    }
  }
}

// What was exported, in either encoding, is imported as "nothing changed", protected people and
// characters that CP932 lacks among them.
BOOST_AUTO_TEST_CASE(an_export_imports_as_nothing_changed) {
  for (const char* file : {"nasty_14.utf8bom.csv", "joso_3000.cp932.csv"}) {
    for (const char* encoding : {"cp932", "utf-8-bom"}) {
      if (!is_there(file)) return;
      BOOST_TEST_CONTEXT(file << " " << encoding) {
        City city;
        Session officer = city.sign_in();
        const ImportReport first = officer.roster().import_file(sample(file));
        const TemporaryFolder folder;
        const auto out = folder.path() / "out.csv";
        ExportOptions options;
        options.encoding = encoding;
        const ExportReport report = officer.roster().export_file(out, options);
        BOOST_TEST(report.rows == first.added);
        BOOST_TEST(report.open_rows == std::int64_t(first.rejected.size()));
        // Rejected rows are no part of an export, and nobody's absence is.
        const ImportReport again = officer.roster().import_file(out);
        BOOST_TEST(again.added == 0);
        BOOST_TEST(again.updated == 0);
        BOOST_TEST(again.unchanged == first.added);
        BOOST_TEST(again.missing == 0);
        BOOST_TEST(again.rejected.empty());
        BOOST_TEST(again.conflicts.empty());
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
