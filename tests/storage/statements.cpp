#include <boost/test/unit_test.hpp>
#include <renraku/described/person.hpp>

#include "fixture/expect.hpp"
#include "storage/row_key.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Query;
using storage::Transaction;

namespace {

const std::string all_things = "SELECT pk, name FROM thing ORDER BY pk";

}  // namespace

BOOST_AUTO_TEST_SUITE(statements)

ON_EACH_ENGINE(values_come_back_as_they_went) {
  Scratch<On> scratch;
  scratch.add(1, "");
  Transaction transaction = scratch.database().write();
  const auto round = [&]<class T>(const std::string& column, const T& value) {
    Query query = transaction.query("UPDATE thing SET " + column + " = :value RETURNING " + column);
    query.bind("value", value);
    return query.optional<T>().value();
  };
  BOOST_TEST(round("name", std::string("髙﨑")) == "髙﨑");
  BOOST_TEST(round("name", std::string()).empty());
  BOOST_TEST(round("amount", std::int64_t{-9'223'372'036'854'775'807 - 1}) ==
             -9'223'372'036'854'775'807 - 1);
  BOOST_TEST(round("amount", 258) == 258);
  BOOST_TEST(round("amount", true));
  BOOST_TEST((round("id", crypto::Bytes{0, 255, 0}) == crypto::Bytes{0, 255, 0}));
  BOOST_TEST((round("id", crypto::Bytes{}) == crypto::Bytes{}));
  BOOST_TEST((round("name", Date{1940, 3, 0}) == Date{1940, 3, 0}));
  BOOST_TEST((round("amount", Instant{-5}) == Instant{-5}));
  BOOST_TEST(
      (round("name", std::vector<std::string>{"", "二"}) == std::vector<std::string>{"", "二"}));
  BOOST_TEST(!round("name", std::optional<std::string>()));
  BOOST_TEST(!round("amount", std::optional<int>()));
  BOOST_TEST(round("name", std::optional<std::string>("")).value().empty());
}

ON_EACH_ENGINE(a_parameter_that_stands_for_no_column_takes_numbers_and_texts) {
  Scratch<On> scratch;
  Transaction transaction = scratch.database().read();
  BOOST_TEST(
      transaction.query("SELECT :value").bind("value", "二").optional<std::string>().value() ==
      "二");
  BOOST_TEST(transaction.query("SELECT :value").bind("value", -5).optional<int>().value() == -5);
  BOOST_TEST(transaction.query("SELECT CASE WHEN :flag THEN 1 ELSE 0 END")
                 .bind("flag", true)
                 .optional<int>()
                 .value() == 1);
  BOOST_TEST(transaction.query("SELECT 1 WHERE CAST(:none AS TEXT) IS NULL").next());
  BOOST_TEST(transaction.query("SELECT 2 > 1").optional<bool>().value());
  BOOST_TEST(transaction.query("SELECT :a || ':b' || :a -- :c")
                 .bind("a", "x")
                 .optional<std::string>()
                 .value() == "x:bx");
}

ON_EACH_ENGINE(a_value_that_no_one_could_read_back_is_not_written) {
  Scratch<On> scratch;
  Transaction transaction = scratch.database().write();
  Query query = transaction.query("SELECT :value");
  BOOST_TEST(error_of([&] { query.bind("value", static_cast<Sex>(7)); }) == "invalid_argument");
}

ON_EACH_ENGINE(a_made_row_holds_its_values_itself) {
  storage::MadeRow made;
  {
    const std::string name = "一つの長い名前、写されなければ消えてしまう";
    const crypto::Bytes bytes{0, 255, 0};
    made.bind("text", name).bind("bytes", bytes).bind("none", std::optional<int>());
    made.bind("number", -7).bind("empty", "").bind("date", Date{1940, 3, 0});
  }
  const storage::MadeRow row = std::move(made);
  Scratch<On> scratch;
  Transaction transaction = scratch.database().write();
  Query query = transaction.query(
      "INSERT INTO thing (pk, amount, name, id) VALUES (:number, :none, :text, :bytes) "
      "RETURNING pk AS number, name AS text, id AS bytes, amount AS none, :empty AS empty, "
      ":date AS date");
  query.bind(row);
  BOOST_REQUIRE(query.next());
  BOOST_TEST(query.read<int>("number") == -7);
  BOOST_TEST(query.read<std::string>("text") == "一つの長い名前、写されなければ消えてしまう");
  BOOST_TEST((query.read<crypto::Bytes>("bytes") == crypto::Bytes{0, 255, 0}));
  BOOST_TEST(!query.read<std::optional<int>>("none"));
  BOOST_TEST(query.read<std::optional<std::string>>("empty").value().empty());
  BOOST_TEST((query.read<Date>("date") == Date{1940, 3, 0}));
}

// PostgreSQL's texts hold no NUL; the domain lets none in.
BOOST_AUTO_TEST_CASE(a_nul_within_a_text_is_kept_by_sqlcipher) {
  Scratch<OnSqlcipher> scratch;
  const std::string value("a\0b", 3);
  Transaction transaction = scratch.database().read();
  Query query = transaction.query("SELECT :value").bind("value", value);
  BOOST_TEST(query.optional<std::string>().value() == value);
}

ON_EACH_ENGINE(statements_that_differ_in_one_letter_are_two) {
  Scratch<On> scratch;
  Transaction transaction = scratch.database().write();
  const std::string tail = " AS a_long_name_at_the_end_of_it";
  BOOST_TEST(transaction.query("SELECT 1" + tail).optional<int>().value() == 1);
  BOOST_TEST(transaction.query("SELECT 2" + tail).optional<int>().value() == 2);
}

ON_EACH_ENGINE(a_statement_forgets_its_values_between_two_uses) {
  Scratch<On> scratch;
  Transaction transaction = scratch.database().write();
  const std::string sql = "SELECT :value";
  BOOST_TEST(transaction.query(sql).bind("value", 5).optional<std::optional<int>>()->value() == 5);
  BOOST_TEST(!transaction.query(sql).optional<std::optional<int>>().value());
}

ON_EACH_ENGINE(two_runs_of_the_same_sql_at_once_do_not_disturb_each_other) {
  Scratch<On> scratch;
  for (int i = 1; i <= 3; ++i) scratch.add(i, std::to_string(i));
  Transaction transaction = scratch.database().read();
  std::string pairs;
  Query outer = transaction.query(all_things);
  while (outer.next()) {
    Query inner = transaction.query(all_things);
    while (inner.next())
      pairs += outer.read<std::string>("name") + inner.read<std::string>("name") + ' ';
  }
  BOOST_TEST(pairs == "11 12 13 21 22 23 31 32 33 ");
}

ON_EACH_ENGINE(a_query_left_half_read_starts_from_the_beginning_next_time) {
  Scratch<On> scratch;
  for (int i = 1; i <= 3; ++i) scratch.add(i, std::to_string(i));
  Transaction transaction = scratch.database().read();
  BOOST_TEST(transaction.query(all_things).next());
  BOOST_TEST(transaction.query(all_things).optional<std::int64_t>().value() == 1);
}

ON_EACH_ENGINE(a_row_stays_readable_and_the_rest_comes_though_other_statements_run_meanwhile) {
  Scratch<On> scratch;
  for (int i = 1; i <= 300; ++i) scratch.add(i, "name " + std::to_string(i));
  Transaction transaction = scratch.database().write();
  Query list = transaction.query(all_things);
  for (int i = 1; i <= 300; ++i) {
    BOOST_REQUIRE(list.next());
    if (i == 7) transaction.query("UPDATE thing SET amount = 1").run();
    if (i == 9) transaction.query("SELECT amount FROM thing WHERE pk = 9").next();
    BOOST_TEST(list.read<std::int64_t>("pk") == i);
    BOOST_TEST(list.read<std::string>("name") == "name " + std::to_string(i));
  }
  BOOST_TEST(!list.next());
}

ON_EACH_ENGINE(a_misspelt_parameter_or_column_is_an_error) {
  Scratch<On> scratch;
  Transaction transaction = scratch.database().read();
  BOOST_TEST(error_of([&] { transaction.query("SELECT :a").bind("b", 1); }) == "internal");
  Query query = transaction.query("SELECT 1 AS a");
  BOOST_REQUIRE(query.next());
  BOOST_TEST(error_of([&] { return query.read<int>("b"); }) == "internal");
}

ON_EACH_ENGINE(a_statement_that_cannot_be_prepared_is_an_error_each_time) {
  Scratch<On> scratch;
  for (int i = 0; i < 2; ++i) {
    Transaction transaction = scratch.database().read();
    BOOST_TEST(error_of([&] { return transaction.query("SELECT nothing").next(); }) == "internal");
  }
}

ON_EACH_ENGINE(a_change_tells_how_many_rows_it_touched) {
  Scratch<On> scratch;
  for (int i = 1; i <= 3; ++i) scratch.add(i, "x");
  Transaction transaction = scratch.database().write();
  BOOST_TEST(transaction.query("UPDATE thing SET number = 1 WHERE pk < 3").changed() == 2);
  BOOST_TEST(transaction.query("UPDATE thing SET number = 1 WHERE pk > 3").changed() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(row_keys)

BOOST_AUTO_TEST_CASE(a_municipality_leads_its_keys) {
  const storage::KeyRange joso_keys = storage::key_range("082112");
  BOOST_TEST(joso_keys.first == std::int64_t{8211} << 46);
  BOOST_TEST(joso_keys.last == (std::int64_t{8212} << 46) - 1);
  BOOST_TEST(storage::key_range("").first == 0);
  BOOST_TEST(storage::key_range("999999").last > 0);
  for (const char* wrong : {"08211", "0821123", "08211x", "０８２１１２"}) {
    BOOST_TEST(error_of([&] { return storage::key_range(wrong).first; }) == "invalid");
  }
}

BOOST_AUTO_TEST_SUITE_END()
