// The line to the server is cut at every message of an act: the act is done once, or not at all.
#include "crash/child.hpp"
#include "fixture/cut_line.hpp"
#include "fixture/server_city.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// A store that is open through a line, and its database directly.
struct Lined {
  std::string database = PostgresServer::shared().new_database();
  ServerCity city{database};
  CutLine line{database};
  Store store = city.open(line.address());
  Session officer = store.sign_in(joso, "kanri", password);

  /// Does the act again and again, with the line cut at its first message, its second, and so on
  /// until it comes through: of those that it sends, then of those that it gets. Short runs leave
  /// ever more of them out. `act` looks itself at what came of it.
  template <class Act>
  void cut_at_each(const std::string& name, Act&& act) {
    for (const auto where :
         {CutLine::Where::before_the_server, CutLine::Where::before_the_client}) {
      int cuts = 0;
      for (int message = 1;; message += rounds(1 + message / 8, 1)) {
        line.cut_at(message, where);
        BOOST_TEST_CONTEXT(name << ", message " << message << ", side " << static_cast<int>(where))
        act();
        const bool came_through = !line.was_cut();
        line.mend();
        if (came_through) break;
        ++cuts;
      }
      BOOST_TEST(cuts > 1);
      BOOST_TEST_MESSAGE(name << ": cut " << cuts << " times "
                              << (where == CutLine::Where::before_the_server ? "on its way there"
                                                                             : "on its way back"));
    }
    must_be_whole(store);
  }
};

constexpr int people_in_file = 3;

/// A file of the same people, who move house with each one.
RowReader file_of(int number) {
  return [number, row = -1](std::vector<std::string>& cells) mutable {
    if (++row > people_in_file) return false;
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
    const std::string name = std::to_string(row);
    cells = {name,
             "架空　" + name,
             "カクウ",
             "昭和15年3月5日",
             "女",
             "架空町" + std::to_string(number),
             "0297-00-" + std::to_string(1'000 + row),
             "独居高齢者",
             "同意する"};
    return true;
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cut_lines, *on_postgresql())

BOOST_AUTO_TEST_CASE(in_a_read) {
  Lined lined;
  const Id<Person> person = lined.officer.evacuees().add(resident("架空", "カクウ"), {}).person;
  PersonFilter by_phone;
  by_phone.phone = "0297-00-0001";
  lined.cut_at_each("a read", [&] {
    const std::string kind = kind_of([&] {
      const auto found = lined.officer.people().find(by_phone).items;
      BOOST_TEST(found.size() == 1u);
      BOOST_TEST((found.at(0).id == person));
      return 0;
    });
    BOOST_TEST(kind == "none");
  });
}

BOOST_AUTO_TEST_CASE(in_a_change) {
  Lined lined;
  const Id<Person> id = lined.officer.evacuees().add(resident("架空", "カクウ"), {}).person;
  Person person = lined.officer.people().view(id);
  lined.cut_at_each("a change", [&] {
    const std::int64_t before = person.revision;
    person.name = "架空" + std::to_string(before);
    BOOST_TEST(kind_of([&] { return (person = lined.officer.people().change(person)).id; }) ==
               "none");
    BOOST_TEST(person.revision == before + 1);
  });
  const Person stored = lined.officer.people().view(id);
  BOOST_TEST(stored.revision == person.revision);
  BOOST_TEST(stored.name == person.name);
}

BOOST_AUTO_TEST_CASE(in_an_import) {
  constexpr const char* revisions = "SELECT CAST(sum(revision) AS BIGINT) FROM person";
  Lined lined;
  ImportOptions options;
  options.accept_large = true;
  int number = 0;
  const auto import = [&] {
    return lined.officer.roster().import_rows(file_of(++number), options);
  };
  BOOST_TEST(import().added == people_in_file);
  std::int64_t stored = number_in(lined.database, revisions);
  int told = 0;
  lined.cut_at_each("an import", [&] {
    const std::string kind = kind_of([&] {
      BOOST_TEST(import().updated == people_in_file);
      return 0;
    });
    const std::int64_t now = number_in(lined.database, revisions);
    if (kind == "none") {
      BOOST_TEST(now == stored + people_in_file);
    } else {
      // Its caller is to do it again: nothing of it was done.
      ++told;
      BOOST_TEST(kind == "io/server");
      BOOST_TEST(now == stored);
    }
    stored = now;
  });
  BOOST_TEST(told > 1);
}

BOOST_AUTO_TEST_CASE(in_a_sign_in) {
  constexpr const char* sessions =
      "SELECT count(*) FROM renraku_vouched WHERE in_table = 'login_session'";
  Lined lined;
  std::int64_t stored = number_in(lined.database, sessions);
  lined.cut_at_each("a sign-in", [&] {
    std::optional<Session> session;
    const std::string kind = kind_of(
        [&] { return session.emplace(lined.store.sign_in(joso, "kanri", password)).token(); });
    BOOST_TEST(kind == "none");
    BOOST_TEST(number_in(lined.database, sessions) == ++stored);
  });
  // No cut was taken for a wrong password.
  BOOST_TEST(number_in(lined.database,
                       "SELECT count(*) FROM renraku_vouched WHERE in_table = 'sign_in_failure'") ==
             0);
}

BOOST_AUTO_TEST_CASE(in_taking_a_session_up_again) {
  Lined lined;
  const std::string token = lined.officer.token();
  lined.cut_at_each("a session's coming back", [&] {
    BOOST_TEST(kind_of([&] { return lined.store.resume(token).token(); }) == "none");
  });
}

BOOST_AUTO_TEST_CASE(in_an_opening) {
  Lined lined;
  lined.cut_at_each("an opening", [&] {
    const std::string kind = kind_of([&] {
      const Store again = lined.city.open(lined.line.address());
      return again.municipalities().size();
    });
    BOOST_TEST((kind == "none" || kind == "io/server"), kind);
  });
}

BOOST_AUTO_TEST_SUITE_END()
