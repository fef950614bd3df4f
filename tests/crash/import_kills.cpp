// An import that is killed has either happened or not.
#include <boost/test/unit_test.hpp>

#include "crash/child.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

constexpr int rows_in_file = 200;

/// A file of people who are in no other one.
RowReader file_of(int round) {
  return [round, row = -1](std::vector<std::string>& cells) mutable {
    if (++row > rows_in_file) return false;
    if (row == 0) {
      cells = {"管理番号",
               "氏名",
               "フリガナ",
               "生年月日",
               "性別",
               "住所又は居所",
               "電話番号",
               "避難支援等を必要とする事由",
               "平常時の名簿情報提供の同意"};
      return true;
    }
    const std::string number = std::to_string(round * rows_in_file + row);
    cells = {number,
             "架空　" + number,
             "カクウ",
             "昭和15年3月5日",
             "女",
             "架空町" + number,
             "0297-00-" + std::to_string(1'000 + row),
             "独居高齢者",
             "同意する"};
    return true;
  };
}

std::int64_t count(Session& officer) {
  std::int64_t people = 0;
  PageRequest request;
  request.size = page_size_max;
  do {
    const auto page = officer.evacuees().list({}, request);
    people += static_cast<std::int64_t>(page.items.size());
    request.after = page.next;
  } while (!request.after.empty());
  return people;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kills)

BOOST_AUTO_TEST_CASE(during_imports) {
  City city;
  city.close();
  const auto open = [&] {
    return open_store(city.path(), Passphrase{passphrase}, city.options(), City::cheap());
  };
  std::int64_t stored = 0;
  int happened = 0;
  const int kills = rounds(20, 100);
  for (int round = 0; round < kills; ++round) {
    Child child([&](const Child::Tell& tell) {
      Store store = open();
      Session officer = store.sign_in(joso, "kanri", password);
      ImportOptions options;
      options.accept_large = true;
      tell("importing");
      const ImportReport report = officer.roster().import_rows(file_of(round), options);
      if (report.added == rows_in_file) tell("done");
    });
    child.wait_for(1);
    child.let_run(below(120'000));
    const bool acknowledged = child.kill().size() == 2;
    Store store = open();
    Session officer = store.sign_in(joso, "kanri", password);
    const std::int64_t now = count(officer);
    const bool complete = now == stored || now == stored + rows_in_file;
    BOOST_TEST(complete, now << " people after " << stored);
    if (acknowledged) BOOST_TEST(now == stored + rows_in_file);
    if (now > stored) ++happened;
    stored = now;
    const CheckReport report = store.check();
    BOOST_TEST(report.sound);
  }
  // Left alone it comes to its end: what was killed above was an import at work.
  Child whole([&](const Child::Tell& tell) {
    Store store = open();
    ImportOptions options;
    options.accept_large = true;
    Session officer = store.sign_in(joso, "kanri", password);
    tell(std::to_string(officer.roster().import_rows(file_of(kills), options).added));
  });
  BOOST_TEST(whole.join());
  BOOST_REQUIRE_EQUAL(whole.lines().size(), 1u);
  BOOST_TEST(whole.lines()[0] == std::to_string(rows_in_file));
  BOOST_TEST_MESSAGE(kills << " kills of an import, " << happened << " had happened");
}

BOOST_AUTO_TEST_SUITE_END()
