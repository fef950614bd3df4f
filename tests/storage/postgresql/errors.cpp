// A server's errors and warnings: kinds, and nothing of what they quote.
#include "base/log.hpp"
#include "fixture/expect.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Transaction;

namespace {

/// What a server says of itself, made to say it.
std::string raise(const std::string& state, const std::string& level = "EXCEPTION") {
  return "DO $do$ BEGIN RAISE " + level + " '鳥居坂' USING ERRCODE = '" + state +
         "', DETAIL = '鳥居坂', HINT = '鳥居坂'; END $do$";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server_errors, *boost::unit_test::precondition(postgresql_is_here))

BOOST_AUTO_TEST_CASE(each_sqlstate_is_a_kind_and_brings_no_text) {
  Scratch<OnPostgresql> scratch;
  const auto engine = scratch.place().open();
  const auto connection = engine->connect();
  const std::vector<std::pair<std::string, std::string>> kinds{
      {"40001", "busy/retry"},       {"40P01", "busy/retry"},     {"53100", "disk_full/"},
      {"53300", "busy/connections"}, {"53200", "io/server"},      {"57P01", "io/server"},
      {"08006", "io/server"},        {"28P01", "io/password"},    {"25006", "io/standby"},
      {"42501", "io/rights"},        {"55P03", "busy/"},          {"57014", "busy/"},
      {"23505", "exists/"},          {"23503", "internal/"},      {"54000", "too_large/"},
      {"XX001", "damaged/"},         {"XX002", "damaged/"},       {"58030", "io/server"},
      {"22021", "invalid/"},         {"42P01", "damaged/schema"}, {"P0001", "internal/"},
  };
  for (const auto& [state, kind] : kinds) {
    const auto run = [&, state = state] { return (connection->run(raise(state)), 0); };
    BOOST_TEST(error_of(run) + "/" + field_of(run) == kind);
    BOOST_TEST(text_of(run).find("鳥居坂") == std::string::npos);
    BOOST_TEST(text_of(run).find(state) != std::string::npos);
    BOOST_TEST(text_of(run).find("RAISE") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_broken_rule_names_its_table_and_itself) {
  Scratch<OnPostgresql> scratch;
  scratch.add(1, "鳥居坂");
  const auto again = [&] { return (scratch.add(1, "鳥居坂"), 0); };
  BOOST_TEST(error_of(again) == "exists");
  BOOST_TEST(text_of(again).find("table thing, rule thing_pkey") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_text_that_the_server_cannot_keep_is_invalid) {
  Scratch<OnPostgresql> scratch;
  BOOST_TEST(error_of([&] { return (scratch.add(1, std::string("a\0b", 3)), 0); }) == "invalid");
  BOOST_TEST(error_of([&] { return (scratch.add(1, "\xff"), 0); }) == "invalid");
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_is_told_before_it_is_sent) {
  Scratch<OnPostgresql> scratch;
  Transaction transaction = scratch.database().read();
  const std::string by_number = "SELECT name FROM thing WHERE pk = :value";
  BOOST_TEST(error_of([&] { transaction.query(by_number).bind("value", "1"); }) == "internal");
  const std::string by_id = "SELECT name FROM thing WHERE id = :value";
  BOOST_TEST(error_of([&] { transaction.query(by_id).bind("value", 1); }) == "internal");
  const std::string fraction = "SELECT 0.5";
  BOOST_TEST(error_of([&] { return transaction.query(fraction).optional<int>(); }) == "internal");
  BOOST_TEST(error_of([&] { return transaction.query("SELECT 1").optional<std::string>(); }) ==
             "internal");
  BOOST_TEST(transaction.query("SELECT CAST(7 AS SMALLINT)").optional<int>().value() == 7);
  BOOST_TEST(transaction.query("SELECT -7").optional<int>().value() == -7);
}

BOOST_AUTO_TEST_CASE(a_commit_after_an_error_that_somebody_swallowed_is_refused_with_its_kind) {
  Scratch<OnPostgresql> scratch;
  scratch.add(1, "x");
  Transaction transaction = scratch.database().write();
  transaction.query("INSERT INTO thing (pk) VALUES (2)").run();
  const std::string twice = "INSERT INTO thing (pk) VALUES (1)";
  BOOST_TEST(error_of([&] { return transaction.query(twice).changed(); }) == "exists");
  BOOST_TEST(error_of([&] { return transaction.query("SELECT 1").next(); }) == "exists");
  BOOST_TEST(error_of([&] { return (transaction.commit(), 0); }) == "exists");
  BOOST_TEST(scratch.count() == 1);
}

BOOST_AUTO_TEST_CASE(an_error_behind_the_last_row_that_was_read_is_told_by_the_commit) {
  Scratch<OnPostgresql> scratch;
  Transaction transaction = scratch.database().write();
  // Enough rows that the first have left the server when the last one fails.
  static_cast<void>(
      transaction.query("SELECT 1 / (100000 - n) FROM generate_series(1, 100000) AS n").next());
  BOOST_TEST(error_of([&] { return (transaction.commit(), 0); }) == "internal");
}

BOOST_AUTO_TEST_CASE(a_transaction_without_a_statement_asks_nothing_of_the_server) {
  Scratch<OnPostgresql> scratch;
  Transaction reader = scratch.database().read();
  BOOST_TEST(error_of([&] { return (reader.commit(), 0); }) == "none");
}

BOOST_AUTO_TEST_CASE(a_first_statement_that_fails_leaves_the_connection_usable) {
  Scratch<OnPostgresql> scratch;
  for (int i = 0; i < 3; ++i) {
    Transaction reader = scratch.database().read();
    const std::string fails = "SELECT 1 / CAST(:zero AS BIGINT)";
    BOOST_TEST(error_of([&] { return reader.query(fails).bind("zero", 0).next(); }) == "internal");
  }
  BOOST_TEST(scratch.count() == 0);
}

BOOST_AUTO_TEST_CASE(a_reader_writes_nothing) {
  Scratch<OnPostgresql> scratch;
  const auto write = [&] {
    return scratch.database().read().query("INSERT INTO thing (pk) VALUES (1)").changed();
  };
  BOOST_TEST(error_of(write) == "io");
  BOOST_TEST(scratch.count() == 0);
}

BOOST_AUTO_TEST_CASE(warnings_go_to_the_log_by_their_number_alone) {
  Scratch<OnPostgresql> scratch;
  const auto engine = scratch.place().open();
  const auto connection = engine->connect();
  std::vector<std::string> lines;
  base::Log log([&](const LogLine& line) { lines.push_back(line.text); });
  {
    const base::LoggedCall call(log);
    connection->run(raise("01000", "NOTICE"));
    connection->run(raise("01004", "WARNING"));
  }
  BOOST_TEST(lines == std::vector<std::string>{"PostgreSQL warns: 01004"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
