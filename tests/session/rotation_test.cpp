// Keys made anew while work goes on.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <renraku/rotation.hpp>
#include <thread>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"
#include "fixture/totp.hpp"
#ifdef RENRAKU_POSTGRESQL
#include "storage/engines/postgresql/postgresql.hpp"
#endif

using namespace renraku;
using namespace renraku::fixture;

namespace {

Id<Person> add(const Session& officer, const std::string& name) {
  Evacuee entry;
  entry.note = name + "の事情";
  return officer.evacuees().add(resident(name, "カクウ"), entry).person;
}

void rename(const Session& officer, const Id<Person>& id, const std::string& name) {
  Person person = officer.people().view(id);
  person.name = name;
  officer.people().change(person);
}

/// What the journal says of a person's names, from the first on.
std::string told(const Session& officer, const Id<Person>& id) {
  std::string names;
  PageRequest request;
  do {
    const auto page = officer.journal().history(id, request);
    for (const JournalEntry& entry : page.items) {
      for (const FieldChange& change : entry.changes) {
        if (change.record_kind == "person" && change.field == "name") names += change.after + ' ';
      }
    }
    request.after = page.next;
  } while (!request.after.empty());
  return names;
}

std::string id_in_sql(City& city, const Uuid& id) {
  std::string text = id.text();
  std::erase(text, '-');
  return city.found().server ? "'\\x" + text + "'" : "x'" + text + "'";
}

std::int64_t count(City& city, const std::string& what) {
  return RawStore(city.found()).number("SELECT count(*) FROM " + what);
}

std::int64_t number(City& city, const std::string& code = joso) {
  return rotate_keys(city.store(), code).number;
}

void import_many(const City& city, const Session& officer, int people) {
  const auto file = city.path().parent_path() / "many.csv";
  std::ofstream csv(file);
  csv << "管理番号,氏名,生年月日,住所,電話\n";
  for (int i = 0; i < people; ++i) {
    csv << i << ",架空　" << i << "子,S15.3.5,架空町" << i << ",0297-00-" << 1000 + i << '\n';
  }
  csv.close();
  ImportOptions options;
  options.accept_large = true;
  officer.roster().import_file(file, options);
}

/// Ends the rotation after so many parts.
Progress until(int parts) {
  return [left = parts](std::int64_t, std::int64_t, std::int64_t) mutable { return --left > 0; };
}

bool is_intact(const Session& officer) {
  return officer.journal().verify().state == JournalState::intact;
}

#ifdef RENRAKU_POSTGRESQL

/// What lies on a server, seen by whoever rules it.
class Server {
 public:
  explicit Server(const City& city)
      : connection_(storage::postgresql::open(city.address())->connect()) {}

  [[nodiscard]] std::vector<std::string> ask(const std::string& sql) const {
    std::vector<std::string> rows;
    const auto found = connection_->prepare(sql);
    while (found->step()) rows.emplace_back(found->text(0));
    return rows;
  }
  /// Values of an owner's rows under other keys than this one, by table and column.
  [[nodiscard]] std::string under_others(std::int64_t owner, int key) const {
    std::string found;
    const std::string first = fmt::format("{}", owner << 46);
    const std::string last = fmt::format("{}", ((owner + 1) << 46) - 1);
    const auto columns =
        ask("SELECT c.table_name || ' ' || c.column_name || ' ' || k.column_name || ' ' || "
            "CASE WHEN c.domain_name = 'renraku_sealed' THEN 3 ELSE 11 END "
            "FROM information_schema.columns c JOIN information_schema.table_constraints t "
            "ON t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY' "
            "JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name "
            "WHERE c.domain_name IN ('renraku_sealed', 'renraku_ordered') ORDER BY 1");
    BOOST_TEST(columns.size() > 30u);
    for (const std::string& line : columns) {
      std::istringstream words(line);
      std::string table;
      std::string column;
      std::string pk;
      std::string byte;
      words >> table >> column >> pk >> byte;
      const auto count = ask(fmt::format(
          "SELECT CAST(count(*) AS TEXT) FROM {} WHERE {} BETWEEN {} AND {} AND {} <> ''::bytea "
          "AND get_byte({}, {}) <> {}",
          table, pk, first, last, column, column, byte, key));
      if (count.at(0) != "0") found += table + '.' + column + ' ';
    }
    if (owner > 0) return found;
    for (const std::string& table :
         ask(fmt::format("SELECT DISTINCT in_table FROM renraku_vouched WHERE get_byte(sealed, 3) "
                         "<> {0} UNION ALL SELECT 'head' FROM renraku_vouched_head WHERE "
                         "get_byte(sealed, 3) <> {0}",
                         key))) {
      found += table + ' ';
    }
    return found;
  }
  /// The numbers of an owner's keys.
  [[nodiscard]] std::string keys(std::int64_t owner) const {
    std::string numbers;
    for (const std::string& key : ask(fmt::format(
             "SELECT CAST(number AS TEXT) FROM renraku_row_key WHERE owner = {} ORDER BY number",
             owner))) {
      numbers += key + ' ';
    }
    return numbers;
  }

 private:
  std::unique_ptr<storage::Connection> connection_;
};

constexpr std::int64_t joso_digits = 8211;

boost::unit_test::precondition rows_are_sealed() {
  return boost::unit_test::precondition([](boost::unit_test::test_unit_id) {
    boost::test_tools::assertion_result runs(on_a_server());
    runs.message() << "a folder's rows are not sealed one by one";
    return runs;
  });
}

#endif

}  // namespace

BOOST_AUTO_TEST_SUITE(key_rotations)

BOOST_AUTO_TEST_CASE(history_reads_to_its_first_entry_and_changes_go_under_the_new_keys) {
  City city;
  const Session officer = city.sign_in();
  const auto person = add(officer, "初名");
  const auto other = add(officer, "別人");
  BOOST_TEST(number(city) == 2);
  rename(officer, person, "次名");
  BOOST_TEST(number(city) == 3);
  rename(officer, person, "三名");
  const auto added = add(officer, "新人");
  BOOST_TEST(told(officer, person) == "\"初名\" \"次名\" \"三名\" ");
  BOOST_TEST(told(officer, other) == "\"別人\" ");
  BOOST_TEST(told(officer, added) == "\"新人\" ");
  BOOST_TEST(is_intact(officer));
  city.reopen();
  BOOST_TEST(told(city.sign_in(), person) == "\"初名\" \"次名\" \"三名\" ");

  const auto keys_of = [&](const Uuid& id, const std::string& which = "1 = 1") {
    return count(city, "sealing_key WHERE owner = " + id_in_sql(city, id) + " AND " + which);
  };
  BOOST_TEST(keys_of(person) == 3);
  BOOST_TEST(keys_of(other) == 1);
  BOOST_TEST(keys_of(added, "number = 3") == 1);
  BOOST_TEST(keys_of(person, "under < 3") + keys_of(other, "under < 3") == 0);
}

BOOST_AUTO_TEST_CASE(an_erased_person_leaves_no_key_of_any_rotation) {
  City city;
  const Session officer = city.sign_in();
  const auto person = add(officer, "消す人");
  const auto other = add(officer, "残る人");
  static_cast<void>(number(city));
  rename(officer, person, "消した人");
  officer.people().erase(person, ErasureReason::request);
  static_cast<void>(number(city));
  BOOST_TEST(count(city, "sealing_key WHERE owner = " + id_in_sql(city, person)) == 0);
  BOOST_TEST(told(officer, other) == "\"残る人\" ");
  BOOST_TEST(is_intact(officer));
}

BOOST_AUTO_TEST_CASE(a_second_factor_goes_on) {
  City city;
  const Session session = city.sign_in();
  const std::string secret = session.factors().begin_totp().secret;
  session.factors().confirm_totp(totp_code(secret, city.now()));
  const KeyRotation rotation = rotate_keys(city.store(), joso);
  BOOST_TEST(rotation.secrets == 1);
  city.move_clock(std::chrono::minutes(5));
  SignIn input;
  input.municipality = joso;
  input.login = "kanri";
  input.password = password;
  input.code = totp_code(secret, city.now());
  BOOST_TEST(error_of([&] { return city.store().sign_in(input); }) == "none");
}

BOOST_AUTO_TEST_CASE(one_that_was_ended_goes_on_and_then_another_begins) {
  City city;
  const Session officer = city.sign_in();
  const auto person = add(officer, "初名");
  import_many(city, officer, 1200);
  BOOST_TEST(error_of([&] { return rotate_keys(city.store(), joso, until(2)).number; }) ==
             "cancelled");
  // Half of it is under either key.
  rename(officer, person, "次名");
  BOOST_TEST(told(officer, person) == "\"初名\" \"次名\" ");
  BOOST_TEST(officer.evacuees().list().items.size() == 50u);
  city.reopen();
  const KeyRotation rest = rotate_keys(city.store(), joso);
  BOOST_TEST((rest.resumed && rest.number == 2));
  BOOST_TEST((rest.people_keys > 0 && rest.people_keys < 1200));
  const KeyRotation next = rotate_keys(city.store(), joso);
  BOOST_TEST((!next.resumed && next.number == 3));
  BOOST_TEST(next.people_keys == 1202);
  BOOST_TEST(told(city.sign_in(), person) == "\"初名\" \"次名\" ");
}

BOOST_AUTO_TEST_CASE(one_whose_process_was_killed_goes_on) {
  City city;
  {
    const Session officer = city.sign_in();
    add(officer, "架空　花子");
    import_many(city, officer, 1200);
  }
  city.close();
  const pid_t child = ::fork();
  BOOST_REQUIRE(child >= 0);
  if (child == 0) {
    try {
      Store store =
          open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
      rotate_keys(store, joso, [](std::int64_t parts, std::int64_t, std::int64_t) {
        if (parts >= 700) ::kill(::getpid(), SIGKILL);
        return true;
      });
    } catch (...) {
    }
    ::_exit(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  BOOST_REQUIRE(WIFSIGNALED(status));
  city.reopen();
  const KeyRotation rest = rotate_keys(city.store(), joso);
  BOOST_TEST((rest.resumed && rest.number == 2));
  BOOST_TEST(rest.people_keys < 1201);
  const Session officer = city.sign_in();
  BOOST_TEST(is_intact(officer));
  PersonFilter filter;
  filter.name = "架空 花子";
  const auto found = officer.people().find(filter).items;
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(told(officer, found[0].id) == "\"架空　花子\" ");
}

BOOST_AUTO_TEST_CASE(others_read_and_write_meanwhile) {
  City city;
  const Session officer = city.sign_in();
  const auto person = add(officer, "名0");
  import_many(city, officer, 600);
  std::atomic<bool> ends = false;
  std::string failed;
  int written = 0;
  std::thread others([&] {
    try {
      while (!ends || written < 3) {
        rename(officer, person, fmt::format("名{}", ++written));
        if (officer.people().view(person).name != fmt::format("名{}", written)) failed = "name";
        if (officer.evacuees().list().items.size() != 50u) failed = "list";
      }
    } catch (const Error& error) {
      failed = error.what();
    }
  });
  for (int i = 2; i < 5; ++i) BOOST_TEST(number(city) == i);
  BOOST_TEST(number(city, "") == 2);
  ends = true;
  others.join();
  BOOST_TEST(failed == "");
  std::string names;
  for (int i = 0; i <= written; ++i) names += fmt::format("\"名{}\" ", i);
  BOOST_TEST(told(officer, person) == names);
  BOOST_TEST(is_intact(officer));
}

BOOST_AUTO_TEST_CASE(one_that_another_overtakes_ends) {
  City city;
  const Session officer = city.sign_in();
  const auto person = add(officer, "初名");
  import_many(city, officer, 1200);
  Store other = open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
  int begun = 1;
  const Progress overtaken = [&](std::int64_t, std::int64_t, std::int64_t) {
    while (begun < 3) begun = static_cast<int>(rotate_keys(other, joso).number);
    return true;
  };
  BOOST_TEST(error_of([&] { return rotate_keys(city.store(), joso, overtaken).number; }) ==
             "conflict");
  BOOST_TEST(number(city) == 4);
  BOOST_TEST(told(officer, person) == "\"初名\" ");
  BOOST_TEST(officer.evacuees().list().items.size() == 50u);
}

BOOST_AUTO_TEST_CASE(the_municipalitys_journal_tells) {
  City city;
  BOOST_TEST(error_of([&] { return number(city, "011002"); }) == "not_found");
  static_cast<void>(number(city));
  const auto entries = city.sign_in().journal().list({std::nullopt, "key_rotation"}).items;
  BOOST_REQUIRE(entries.size() == 2u);
  BOOST_TEST(entries[0].detail.starts_with("keys 2 are whole"));
  BOOST_TEST(entries[1].detail == "keys 2 are begun");
}

#ifdef RENRAKU_POSTGRESQL

BOOST_AUTO_TEST_CASE(nothing_on_the_server_is_left_under_the_older_key, *rows_are_sealed()) {
  City city;
  const Session officer = city.sign_in();
  add(officer, "架空　花子");
  import_many(city, officer, 600);
  const Server server(city);
  BOOST_TEST(server.under_others(joso_digits, 1) == "");
  BOOST_TEST(server.under_others(joso_digits, 2) != "");
  BOOST_TEST(rotate_keys(city.store(), joso).rows > 1800);
  BOOST_TEST(server.under_others(joso_digits, 2) == "");
  BOOST_TEST(server.keys(joso_digits) == "0 2 ");
  BOOST_TEST(server.under_others(0, 1) == "");
  BOOST_TEST(number(city, "") == 2);
  BOOST_TEST(number(city, "") == 3);
  city.reopen();
  BOOST_TEST(server.under_others(0, 3) == "");
  BOOST_TEST(server.keys(0) == "0 3 ");
  BOOST_TEST(city.store().check().sound);
  // What is found by equality, and sorted.
  const Session again = city.sign_in();
  PersonFilter filter;
  filter.phone = "0297-00-1007";
  BOOST_TEST(again.people().find(filter).items.size() == 1u);
  BOOST_TEST(again.evacuees().list().items.size() == 50u);
  import_many(city, again, 600);
  BOOST_TEST(server.under_others(joso_digits, 2) == "");
}

BOOST_AUTO_TEST_CASE(who_had_the_store_open_before_goes_on_under_the_new_key, *rows_are_sealed()) {
  City city;
  const Session officer = city.sign_in();
  const auto person = add(officer, "初名");
  Store other = open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
  const Session there = other.resume(officer.token());
  rename(there, person, "次名");
  static_cast<void>(number(city));
  static_cast<void>(number(city, ""));
  BOOST_TEST(there.people().view(person).name == "次名");
  rename(there, person, "三名");
  const auto added = add(there, "新人");
  const Server server(city);
  BOOST_TEST(server.under_others(joso_digits, 2) == "");
  BOOST_TEST(server.under_others(0, 2) == "");
  BOOST_TEST(told(officer, person) == "\"初名\" \"次名\" \"三名\" ");
  BOOST_TEST(told(officer, added) == "\"新人\" ");
}

BOOST_AUTO_TEST_CASE(one_that_was_ended_leaves_both_keys_until_it_is_whole, *rows_are_sealed()) {
  City city;
  const Session officer = city.sign_in();
  import_many(city, officer, 1200);
  const Server server(city);
  for (const int parts : {3, 2, 1}) {
    BOOST_TEST(error_of([&] { return rotate_keys(city.store(), joso, until(parts)).number; }) ==
               "cancelled");
    BOOST_TEST(server.keys(joso_digits) == "0 1 2 ");
    BOOST_TEST(officer.evacuees().list().items.size() == 50u);
  }
  BOOST_TEST(number(city) == 2);
  BOOST_TEST(server.keys(joso_digits) == "0 2 ");
  BOOST_TEST(server.under_others(joso_digits, 2) == "");
}

#endif

BOOST_AUTO_TEST_SUITE_END()
