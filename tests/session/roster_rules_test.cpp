// The rules of an import, one by one, on rows of our own.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <set>

#include "fixture/city.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

const std::string header =
    "管理番号,宛名番号,氏名,フリガナ,生年月日,性別,住所,電話,携帯,同意,同意確認日,備考\n";

/// A city with a roster officer who imports texts.
struct Office {
  City city;
  Session officer = city.sign_in();
  TemporaryFolder folder;
  int files = 0;

  std::filesystem::path file(const std::string& content) {
    const auto path = folder.path() / ("roster" + std::to_string(++files) + ".csv");
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  /// Rows under the header above; large changes are not what is tested.
  ImportReport import(const std::string& rows, ImportOptions options = {}) {
    options.accept_large = true;
    return officer.roster().import_file(file(header + rows), options);
  }
  ErrorCode refused(const std::string& content, const ImportOptions& options = {}) {
    try {
      officer.roster().import_file(file(content), options);
    } catch (const Error& error) {
      last = error.what();
      field = error.field();
      return error.code();
    }
    return ErrorCode{};
  }
  std::vector<EvacueeLine> lines() { return officer.evacuees().list().items; }
  Evacuee entry(std::size_t at = 0) { return officer.evacuees().view(lines().at(at).id); }
  Person person(std::size_t at = 0) { return officer.people().view(lines().at(at).person); }

  std::string last;
  std::string field;
};

bool warns(const ImportReport& report, std::int64_t line, const std::string& column,
           const std::string& reason) {
  for (const RowWarning& warning : report.warnings) {
    if (warning.line == line && warning.column == column && warning.reason == reason) return true;
  }
  return false;
}

const std::string hana = "1,100,架空　花子,カクウ ハナコ,S15.3.5,女,架空町1-2-3,0297-00-0001,,,,\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(roster_rules)

BOOST_AUTO_TEST_CASE(values_are_read_in_every_notation_and_what_is_odd_is_said) {
  Office office;
  const auto report = office.import(
      "1,1,架空　一,カクウ イチ,昭和65年1月2日,1,架空町1,297000001,9000000001,○,R3.4.1,\n"
      "2,2,架空　二,カクウ ニ,不詳,,架空町2,,,たぶん同意,,\n"
      "3,3,架空　三,カクウ サン,1940,男,架空町3,,,×,,\xEE\x80\x80\n"
      "4,4,架空　四,カクウ ヨン,S15.13.1,男,架空町4,,,,,\n"
      "5,5,架空　五,カクウ ゴ,2099-01-01,男,架空町5,,,,,\n"
      "6,6,,カクウ ロク,S15.1.1,男,架空町6,,,,,\n"
      "7,7,架空　七,カクウ ナナ,S15.1.1,男,架空町7,,,,,,余り\n"
      "8,8,架空　八,カクウ ハチ,S15.1.1,男,架空町8,,,,,,\n"
      "9,9,架空　九,カクウ キュウ,S15.1.1\n"
      "\n"
      "10,10,架空　十,カクウ ジュウ,S15.1.1,男,架空町10,,,,,\n");
  BOOST_TEST(report.rows == 10);
  BOOST_TEST(report.added == 6);
  BOOST_REQUIRE_EQUAL(report.rejected.size(), 4u);
  const std::vector<std::tuple<std::int64_t, std::string, std::string>> expected{
      {5, "生年月日", "invalid"},
      {6, "生年月日", "future"},
      {7, "氏名", "missing"},
      {8, "", "columns"}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST(report.rejected[i].line == std::get<0>(expected[i]));
    BOOST_TEST(report.rejected[i].column == std::get<1>(expected[i]));
    BOOST_TEST(report.rejected[i].reason == std::get<2>(expected[i]));
  }
  BOOST_TEST(warns(report, 2, "生年月日", "era_overshoot"));
  BOOST_TEST(warns(report, 2, "電話番号", "zero_restored"));
  BOOST_TEST(warns(report, 2, "携帯電話番号", "zero_restored"));
  BOOST_TEST(warns(report, 3, "生年月日", "birth_unknown"));
  BOOST_TEST(warns(report, 3, "性別", "sex_unknown"));
  BOOST_TEST(warns(report, 3, "平常時の名簿情報提供の同意", "consent_unknown"));
  BOOST_TEST(warns(report, 4, "備考", "private_use"));
  for (const EvacueeLine& line : office.lines()) {
    if (line.reference == "1") BOOST_TEST((line.consent == Consent::granted));
    if (line.reference == "2") BOOST_TEST((line.consent == Consent::unknown));
    if (line.reference == "3") BOOST_TEST((line.consent == Consent::refused));
    if (line.reference == "3") BOOST_TEST(line.birth_date->text() == "1940");
    if (line.reference == "1") BOOST_TEST(line.birth_date->text() == "1990-01-02");
  }
  std::int64_t counted = 0;
  for (const CodeMeaning& code : report.codes) {
    if (code.column == "性別") counted += code.count;
  }
  BOOST_TEST(counted == 8);
}

BOOST_AUTO_TEST_CASE(who_gives_one_phone_twice_is_found_once) {
  Office office;
  const auto report = office.import(
      "1,1,架空　一,カクウ イチ,S15.1.2,男,架空町1,0297-00-0001,0297000001,,,\n"
      "2,2,架空　二,カクウ ニ,S15.1.2,男,架空町2,0297-00-0001,,,,\n");
  BOOST_TEST(report.added == 2);
  BOOST_TEST(office.person().phones.size() == 2u);
  PersonFilter filter;
  filter.phone = "0297-00-0001";
  BOOST_TEST(office.officer.people().find(filter).items.size() == 2u);
}

BOOST_AUTO_TEST_CASE(who_was_edited_here_is_suspected_by_what_is_stored) {
  Office office;
  office.import(hana);
  Person person = office.person();
  person.name = "架空　華子";
  office.officer.people().change(person);
  // The file says of her what it said before, and somebody new is called as she is now.
  const auto report = office.import(hana + "2,,架空　華子,,S15.3.5,女,別町9,,,,,\n");
  BOOST_TEST(report.unchanged == 1);
  BOOST_TEST(report.added == 1);
  BOOST_REQUIRE_EQUAL(report.suspects.size(), 1u);
  BOOST_TEST(report.suspects[0].line == 3);
  BOOST_TEST(report.suspects[0].other_line == 0);
}

BOOST_AUTO_TEST_CASE(twins_stay_two_and_likely_pairs_are_queued_once) {
  Office office;
  const auto twins =
      office.import(hana + "2,,架空　太郎,カクウ タロウ,S15.3.5,男,架空町1-2-3,0297-00-0001,,,,\n");
  BOOST_TEST(twins.added == 2);
  BOOST_TEST(twins.suspects.empty());
  const std::string both = hana + "2,,架空　花子,カクウ ハナコ,S15.3.5,女,別町9,0297-00-0009,,,,\n";
  Office other;
  const auto report = other.import(both);
  BOOST_TEST(report.added == 2);
  BOOST_REQUIRE_EQUAL(report.suspects.size(), 1u);
  BOOST_TEST(report.suspects[0].line == 3);
  BOOST_TEST(report.suspects[0].other_line == 2);
  BOOST_TEST(
      report.suspects[0].reasons == (std::vector<std::string>{"name", "kana", "birth_date", "sex"}),
      boost::test_tools::per_element());
  auto suspect = other.officer.roster().suspects().items.at(0);
  suspect = other.officer.roster().decide_suspect(suspect.id, suspect.revision,
                                                  SuspectDecision::different);
  BOOST_TEST(other.officer.roster().suspects().items.empty());
  BOOST_TEST(other.import(both).added == 0);
  BOOST_TEST(other.officer.roster().suspects().items.empty());
  const auto decided = other.officer.roster().decided_suspects().items;
  BOOST_REQUIRE_EQUAL(decided.size(), 1u);
  BOOST_TEST((decided[0].id == suspect.id && decided[0].decision == SuspectDecision::different));
  other.officer.roster().decide_suspect(suspect.id, suspect.revision, SuspectDecision::open);
  BOOST_TEST(other.officer.roster().suspects().items.size() == 1u);
  BOOST_TEST(other.officer.roster().decided_suspects().items.empty());
}

BOOST_AUTO_TEST_CASE(what_equals_nothing_makes_nobody_a_duplicate) {
  Office office;
  const auto report = office.import(
      "1,,〓田　某,,S15.3.5,男,架空町1,0297-00-0001,,,,\n"
      "2,,〓田　某,,S15.3.5,男,架空町1,0297-00-0001,,,,\n"
      "3,7,架空　月,,不詳,男,架空町1,,,,,\n4,7,架空　月,,不詳,男,架空町2,,,,,\n");
  BOOST_TEST(report.added == 4);
  BOOST_TEST(report.duplicates.empty());
  BOOST_TEST(office.import("1,,〓田　某,,S15.3.5,男,架空町1,0297-00-0001,,,,\n").unchanged == 1);
}

BOOST_AUTO_TEST_CASE(a_duplicate_adds_nothing_and_what_it_says_otherwise_waits) {
  Office office;
  const std::string rows =
      "1,100,架空　花子,カクウ ハナコ,S15.3.5,女,架空町1-2-3,0297-00-0001,,,,犬あり\n"
      "2,100,架空花子,ｶｸｳ ﾊﾅｺ,1940-03-05,F,架空町１丁目２番３号,(0297)00-0001,,,,猫あり\n";
  const auto report = office.import(rows);
  BOOST_TEST(report.added == 1);
  BOOST_REQUIRE_EQUAL(report.duplicates.size(), 1u);
  BOOST_TEST(warns(report, 3, "備考", "differs"));
  BOOST_TEST(!warns(report, 3, "住所又は居所", "differs"));
  auto conflicts = office.officer.roster().conflicts().items;
  BOOST_REQUIRE_EQUAL(conflicts.size(), 1u);
  BOOST_TEST(conflicts[0].stored == "犬あり");
  BOOST_TEST(conflicts[0].file == "猫あり");
  office.import(rows);
  BOOST_TEST(office.officer.roster().conflicts().items.size() == 1u);
  office.officer.roster().decide_conflict(conflicts[0].id, conflicts[0].revision,
                                          ConflictDecision::take);
  BOOST_TEST(office.entry().note == "猫あり");
  BOOST_TEST(office.officer.roster().conflicts().items.empty());
  BOOST_TEST(office.import(rows).updated == 0);
  BOOST_TEST(office.entry().note == "猫あり");
}

BOOST_AUTO_TEST_CASE(the_store_is_matched_by_number_by_reference_and_by_person) {
  Office office;
  office.import(hana);
  // 宛名番号 and birth date, though the name changed.
  auto report =
      office.import("9,100,見本　花子,ミホン ハナコ,S15.3.5,女,架空町1-2-3,0297-00-0001,,,,\n");
  BOOST_TEST(report.updated == 1);
  BOOST_TEST(office.lines().at(0).name == "見本　花子");
  // 管理番号 with name and birth date.
  report = office.import("9,,見本　花子,,S15.3.5,,,,,,,\n");
  BOOST_TEST(report.unchanged == 1);
  // Name, birth date, sex and address.
  report = office.import(",,見本花子,,昭和15年3月5日,2,架空町１番地２の３,,,,,\n");
  BOOST_TEST(report.added == 0);
  // 管理番号 alone never.
  report = office.import("9,,別人　某,ベツジン ボウ,S20.1.1,男,架空町7,,,,,\n");
  BOOST_TEST(report.added == 1);
  BOOST_TEST(warns(report, 2, "管理番号", "reference_moved"));
  BOOST_TEST(report.missing == 1);
}

BOOST_AUTO_TEST_CASE(an_update_has_three_sides_and_an_empty_cell_erases_nothing) {
  Office office;
  const std::string first =
      "1,100,架空　花子,カクウ ハナコ,S15.3.5,女,架空町1-2-3,0297-00-0001,,,,犬あり\n";
  office.import(first);
  Evacuee entry = office.entry();
  entry.note = "猫あり";
  office.officer.evacuees().change(entry);
  // The file says what it said before: the edit stays, and nothing is asked.
  auto report = office.import(first);
  BOOST_TEST(report.unchanged == 1);
  BOOST_TEST(report.conflicts.empty());
  BOOST_TEST(office.entry().note == "猫あり");
  // It says something new of a field that was edited, of one that was not, and empties a third.
  const std::string next =
      "1,100,架空　花子,カクウ ハナコ,S15.3.5,女,架空町1-2-3,,090-0000-0001,,,鳥あり\n";
  report = office.import(next);
  BOOST_TEST(report.updated == 1);
  BOOST_REQUIRE_EQUAL(report.conflicts.size(), 1u);
  BOOST_TEST(report.conflicts[0].column == "備考");
  BOOST_TEST(office.entry().note == "猫あり");
  BOOST_TEST(office.person().phones.size() == 2u);
  BOOST_TEST(office.lines().at(0).phone == "0297000001");
  report = office.import(next);
  BOOST_TEST(report.unchanged == 1);
  BOOST_TEST(report.conflicts.empty());
  BOOST_TEST(office.officer.roster().conflicts().items.size() == 1u);
}

BOOST_AUTO_TEST_CASE(of_two_consents_the_newer_holds_and_in_doubt_the_refusal) {
  const auto row = [](const std::string& consent, const std::string& date) {
    return "1,100,架空　花子,カクウ ハナコ,S15.3.5,女,架空町1-2-3,0297-00-0001,," + consent + "," +
           date + ",\n";
  };
  struct Case {
    std::string stored, stored_date, file, file_date;
    Consent holds;
  };
  const std::vector<Case> cases{{"同意", "R3.4.1", "不同意", "R4.4.1", Consent::refused},
                                {"同意", "R4.4.1", "不同意", "R3.4.1", Consent::granted},
                                {"不同意", "R3.4.1", "同意", "R4.4.1", Consent::granted},
                                {"不同意", "R3.4.1", "同意", "R3.4.1", Consent::refused},
                                {"不同意", "", "同意", "R3.4.1", Consent::refused},
                                {"同意", "R3.4.1", "不同意", "", Consent::refused},
                                {"同意", "R3.4.1", "未確認", "R4.4.1", Consent::granted},
                                {"", "", "同意", "", Consent::granted}};
  for (const Case& one : cases) {
    BOOST_TEST_CONTEXT(one.stored << one.stored_date << " " << one.file << one.file_date) {
      Office office;
      office.import(row(one.stored, one.stored_date));
      office.import(row(one.file, one.file_date));
      BOOST_TEST((office.entry().consent == one.holds));
      BOOST_TEST(office.import(row(one.file, one.file_date)).updated == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(nobody_missing_is_withdrawn_but_by_an_officer) {
  Office office;
  const std::string taro = "2,200,架空　太郎,カクウ タロウ,S16.3.5,男,架空町9,,,,,\n";
  const std::string broken = "2,200,架空　太郎,カクウ タロウ,S16.13.5,男,架空町9,,,,,\n";
  office.import(hana + taro);
  BOOST_TEST(office.import(hana + broken).missing == 0);
  BOOST_TEST(office.import(hana).missing == 1);
  BOOST_TEST(office.lines().size() == 2u);
  auto missing = office.officer.roster().missing().items;
  BOOST_REQUIRE_EQUAL(missing.size(), 1u);
  BOOST_TEST(office.import(hana).missing == 1);
  BOOST_TEST(office.officer.roster().missing().items.size() == 1u);
  // Named again: nobody is missing.
  office.import(hana + taro);
  BOOST_TEST(office.officer.roster().missing().items.empty());
  office.import(hana);
  missing = office.officer.roster().missing().items;
  BOOST_REQUIRE_EQUAL(missing.size(), 1u);
  const auto decided = office.officer.roster().decide_missing(missing[0].id, missing[0].revision,
                                                              MissingDecision::moved_out);
  BOOST_TEST(office.lines().size() == 1u);
  BOOST_TEST(office.import(hana).missing == 0);
  // A file that names somebody withdrawn lists nobody by itself.
  const auto report = office.import(hana + taro);
  BOOST_TEST(report.added == 0);
  BOOST_TEST(report.conflicts.size() == 1u);
  BOOST_TEST(office.lines().size() == 1u);
  const auto conflict = office.officer.roster().conflicts().items.at(0);
  BOOST_TEST(conflict.column == "");
  office.officer.roster().decide_conflict(conflict.id, conflict.revision, ConflictDecision::take);
  BOOST_TEST(office.lines().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_large_change_stops_before_it_is_written) {
  Office office;
  std::string rows;
  for (int i = 10; i < 30; ++i) {
    const std::string number = std::to_string(i);
    rows += number + "," + number + ",架空　" + number + ",カクウ,S" + number + ".1.1,男,架空町" +
            number + ",,,,,\n";
  }
  office.officer.roster().import_file(office.file(header + rows));
  const std::string fewer = rows.substr(0, rows.find("27,27"));
  BOOST_CHECK(office.refused(header + fewer) == ErrorCode::too_many_changes);
  BOOST_TEST(office.officer.roster().missing().items.empty());
  ImportOptions preview;
  preview.dry_run = true;
  BOOST_TEST(office.officer.roster().import_file(office.file(header + fewer), preview).missing ==
             3);
  ImportOptions accept;
  accept.accept_large = true;
  BOOST_TEST(office.officer.roster().import_file(office.file(header + fewer), accept).missing == 3);
}

BOOST_AUTO_TEST_CASE(a_district_speaks_for_itself_alone) {
  Office office;
  const std::string with_district = "管理番号,宛名番号,氏名,生年月日,行政区\n";
  office.officer.roster().import_file(office.file(
      with_district +
      "1,1,架空　一,S1.1.1,第一\n2,2,架空　二,S2.1.1,第一\n3,3,架空　三,S3.1.1,第二\n"));
  ImportOptions options;
  options.district = "第一";
  const auto report = office.officer.roster().import_file(
      office.file(with_district + "1,1,架空　一,S1.1.1,第一\n"), options);
  BOOST_TEST(report.missing == 1);
}

BOOST_AUTO_TEST_CASE(telling_words_protect_provisionally_until_an_officer_lifts_them) {
  Office office;
  const std::string row =
      "1,100,架空　花子,カクウ ハナコ,S15.3.5,女,架空町1-2-3,0297-00-0001,,,,ＤＶ避難中\n";
  const auto report = office.import(row + "2,2,架空　二,,S15.1.1,男,,,,,,DVDを見る\n");
  BOOST_TEST(warns(report, 2, "備考", "protection_suspected"));
  BOOST_TEST(!warns(report, 3, "備考", "protection_suspected"));
  std::size_t at = office.lines().at(0).reference == "1" ? 0 : 1;
  BOOST_TEST(office.lines().at(at).is_protected);
  BOOST_TEST(office.lines().at(at).phone == "");
  const Person person = office.person(at);
  BOOST_TEST(person.withheld);
  BOOST_TEST(person.protection->ground.find("避難中") == std::string::npos);
  office.officer.people().protect(person.id, person.revision, std::nullopt);
  // The same words again, beside something new.
  std::string moved = row;
  moved.replace(moved.find("架空町"), std::string("架空町").size(), "見本町");
  BOOST_TEST(office.import(moved).updated == 1);
  at = office.lines().at(0).reference == "1" ? 0 : 1;
  BOOST_TEST(!office.lines().at(at).is_protected);
}

BOOST_AUTO_TEST_CASE(a_column_about_protection_tells_by_its_header) {
  Office office;
  const auto report = office.officer.roster().import_file(office.file(
      "氏名,生年月日,DV支援措置\n架空　一,S4.1.1,該当\n架空　二,S2.1.1,なし\n架空　三,S3.1.1,\n"));
  BOOST_TEST(warns(report, 2, "DV支援措置", "protection_suspected"));
  BOOST_TEST(report.warnings.size() == 1u + 3u);  // and three without sex
}

BOOST_AUTO_TEST_CASE(an_open_row_waits_once_until_it_is_mended_or_dismissed) {
  Office office;
  const std::string broken = "4,4,架空　四,カクウ ヨン,S15.13.1,男,架空町4,,,,,\n";
  const std::string other = "5,5,,カクウ ゴ,S15.1.1,男,架空町5,,,,,秘匿\n";
  office.import(broken + other);
  office.import(broken + other);
  BOOST_TEST(office.officer.roster().count_open_rows() == 2);
  auto rows = office.officer.roster().open_rows().items;
  BOOST_REQUIRE_EQUAL(rows.size(), 2u);
  BOOST_TEST(rows[0].cells.at(2).value == "架空　四");
  BOOST_TEST(rows[1].withheld);
  BOOST_TEST(rows[1].cells.empty());
  OpenRow mended = rows[0];
  BOOST_CHECK_EXCEPTION(office.officer.roster().mend_open_row(mended), Error, [](const Error& e) {
    return e.code() == ErrorCode::invalid && e.field() == "生年月日";
  });
  for (ExtraColumn& cell : mended.cells) {
    if (cell.name == "生年月日") cell.value = "S15.12.1";
  }
  const auto id = office.officer.roster().mend_open_row(mended);
  BOOST_TEST(office.officer.evacuees().view(id).reference == "4");
  office.officer.roster().dismiss_open_row(rows[1].id, rows[1].revision);
  BOOST_TEST(office.officer.roster().count_open_rows() == 0);
  const auto again = office.import(broken + other);
  BOOST_TEST(office.officer.roster().count_open_rows() == 0);
  BOOST_TEST(again.missing == 0);
  BOOST_TEST(again.rejected.size() == 2u);
}

BOOST_AUTO_TEST_CASE(mending_a_row_of_somebody_known_adds_nobody) {
  Office office;
  office.import(hana + "1,100,架空　花子,カクウ ハナコ,S15.13.5,女,架空町1-2-3,0297-00-0001,,,,\n");
  OpenRow mended = office.officer.roster().open_rows().items.at(0);
  for (ExtraColumn& cell : mended.cells) {
    if (cell.name == "生年月日") cell.value = "S15.3.5";
  }
  const Uuid id = office.officer.roster().mend_open_row(mended);
  BOOST_TEST(id.text() == office.lines().at(0).id.text());
  BOOST_TEST(office.lines().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_preview_and_a_cancelled_import_change_nothing) {
  Office office;
  ImportOptions preview;
  preview.dry_run = true;
  BOOST_TEST(office.import(hana + "2,2,,,S1.1.1,,,,,,,\n", preview).added == 1);
  BOOST_TEST(office.lines().empty());
  BOOST_TEST(office.officer.roster().count_open_rows() == 0);
  for (int calls = 0; calls < 3; ++calls) {
    int left = calls;
    const auto progress = [&](std::int64_t, std::int64_t, std::int64_t) { return left-- > 0; };
    const auto path = office.file(header + hana);
    bool cancelled = false;
    try {
      office.officer.roster().import_file(path, {}, progress);
    } catch (const Error& error) {
      cancelled = error.code() == ErrorCode::cancelled;
    }
    BOOST_TEST(cancelled == (calls < 2));
    BOOST_TEST(office.lines().size() == (calls < 2 ? 0u : 1u));
  }
}

// A row that names nobody for certain is known again by what it says alone.
BOOST_AUTO_TEST_CASE(two_imports_of_one_file_at_once_add_everybody_once) {
  Office office;
  const auto path = office.file(header + hana + ",,架空　太郎,,,,,,,,,\n");
  bool first = true;
  const auto meanwhile = [&](std::int64_t, std::int64_t, std::int64_t) {
    if (std::exchange(first, false)) {
      BOOST_TEST(office.officer.roster().import_file(path, {}).added == 2);
    }
    return true;
  };
  const ImportReport report = office.officer.roster().import_file(path, {}, meanwhile);
  BOOST_TEST(report.rows == 2);
  BOOST_TEST(report.added == 0);
  BOOST_TEST(office.lines().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_bad_file_is_refused_by_name_and_changes_nothing) {
  Office office;
  BOOST_CHECK(office.refused("") == ErrorCode::invalid);
  BOOST_CHECK(office.refused("\n\n") == ErrorCode::invalid);
  BOOST_CHECK(office.refused(header + "1,1,\"架空　一,,S1.1.1\n") == ErrorCode::invalid);
  BOOST_CHECK(office.refused(header + std::string("1,1,a\0b,,S1.1.1\n", 15)) == ErrorCode::invalid);
  BOOST_CHECK(office.refused("PK\x03\x04 workbook") == ErrorCode::invalid);
  BOOST_CHECK(office.refused(header + "1,1," + std::string(10'000'000, 'a') + "\n") ==
              ErrorCode::too_large);
  BOOST_CHECK(office.refused("氏名,生年月日\n\x81\xFF\xFF\n") == ErrorCode::encoding);
  BOOST_CHECK(office.refused("管理番号,お名まえ,生年月日\n1,架空　一,S1.1.1\n") ==
              ErrorCode::missing);
  BOOST_TEST(office.field == "氏名");
  BOOST_TEST(office.last.find("お名まえ") != std::string::npos);
  BOOST_CHECK(office.refused("1,架空　一,S15.3.5\n") == ErrorCode::missing);
  BOOST_TEST(office.last.find("架空") == std::string::npos);
  BOOST_TEST(office.officer.roster().import_file(office.file(header)).rows == 0);
  BOOST_TEST(office.lines().empty());
}

BOOST_AUTO_TEST_CASE(a_row_with_lost_characters_is_rejected_alone) {
  Office office;
  ImportOptions options;
  options.encoding = "cp932";
  // 氏名,生年月日 / 田中,S1.1.1 / a bad byte / 田中,S2.1.1 in CP932.
  const auto report = office.officer.roster().import_file(
      office.file("\x8E\x81\x96\xBC,\x90\xB6\x94\x4E\x8C\x8E\x93\xFA\n\x93\x63\x92\x86,S1.1.1\n"
                  "\xFF\x92\x86,S3.1.1\n\x93\x63\x92\x86,S2.1.1\n"),
      options);
  BOOST_TEST(report.added == 2);
  BOOST_REQUIRE_EQUAL(report.rejected.size(), 1u);
  BOOST_TEST(report.rejected[0].line == 3);
  BOOST_TEST(report.rejected[0].column == "氏名");
  BOOST_TEST(report.rejected[0].reason == "encoding");
}

BOOST_AUTO_TEST_CASE(a_profile_reads_headers_that_nobody_knows) {
  Office office;
  ImportOptions options;
  options.profile =
      R"({"version":1,"columns":[{"header":"しめい","column":"氏名"},{"header":"誕","column":"生年月日"}],)"
      R"("codes":[{"column":"性別","text":"乙","meaning":"female"}]})";
  const std::string content = "しめい,誕,性別コード,血液型\n架空　一,S1.1.1,乙,A\n";
  const auto report = office.officer.roster().import_file(office.file(content), options);
  BOOST_TEST(report.added == 1);
  BOOST_TEST((office.lines().at(0).sex == Sex::female));
  BOOST_TEST(office.entry().extra.at(0).name == "血液型");
  options.profile = report.profile;
  BOOST_TEST(office.officer.roster().import_file(office.file(content), options).unchanged == 1);
}

BOOST_AUTO_TEST_CASE(rows_of_a_program_are_a_roster_too) {
  Office office;
  std::vector<std::vector<std::string>> rows{{"氏名", "生年月日"},
                                             {"架空　一", "1940-03-05 00:00:00"}};
  std::size_t at = 0;
  const auto report = office.officer.roster().import_rows([&](std::vector<std::string>& cells) {
    if (at == rows.size()) return false;
    cells = rows[at++];
    return true;
  });
  BOOST_TEST(report.added == 1);
  BOOST_TEST(office.lines().at(0).birth_date->text() == "1940-03-05");
}

BOOST_AUTO_TEST_CASE(an_export_is_whole_harmless_and_never_replaces_a_file) {
  Office office;
  office.import("1,1,架空　一,カクウ,S1.1.1,男,\"=1+1,東\",,,,,𠮷\n");
  const auto path = office.folder.path() / "out.csv";
  const auto report = office.officer.roster().export_file(path);
  BOOST_TEST(report.rows == 1);
  BOOST_REQUIRE_EQUAL(report.unencodable.size(), 1u);
  BOOST_TEST(report.unencodable[0].line == 2);
  BOOST_TEST(report.unencodable[0].column == "備考");
  BOOST_CHECK_EXCEPTION(office.officer.roster().export_file(path), Error,
                        [](const Error& e) { return e.code() == ErrorCode::exists; });
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  BOOST_TEST(bytes.find("\"'=1+1,") != std::string::npos);
  BOOST_TEST(office.import("").missing == 1);
  BOOST_TEST(office.officer.roster().import_file(path).unchanged == 1);
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& file :
       std::filesystem::directory_iterator(office.folder.path()))
    ++files;
  BOOST_TEST(files == static_cast<std::size_t>(office.files) + 1);
}

BOOST_AUTO_TEST_CASE(an_export_leaves_out_where_protected_people_are) {
  Office office;
  office.import("1,1,架空　一,カクウ,S1.1.1,男,隠れ町1,0297-00-0001,,,,支援措置\n");
  const auto path = office.folder.path() / "out.csv";
  ExportOptions options;
  options.encoding = "utf-8-bom";
  BOOST_TEST(office.officer.roster().export_file(path, options).withheld == 1);
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  BOOST_TEST(bytes.find("隠れ町") == std::string::npos);
  BOOST_TEST(bytes.find("0297") == std::string::npos);
  BOOST_TEST(bytes.find("架空　一") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_roster_officers_import) {
  Office office;
  Session nurse = office.city.member("nurse", Role::professional);
  BOOST_CHECK_EXCEPTION(nurse.roster().import_file(office.file(header + hana)), Error,
                        [](const Error& e) { return e.code() == ErrorCode::not_permitted; });
  BOOST_TEST(office.lines().empty());
}

BOOST_AUTO_TEST_SUITE_END()
