// Tables carried from one engine to another, and the model of the schema that this goes by.
#include "storage/carrying.hpp"

#include "fixture/expect.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Carried;
using storage::CarriedCount;
using storage::Holds;

namespace {

constexpr std::array steps{
    storage::Migration{
        1,
        "CREATE TABLE record (pk @key, id @bytes NOT NULL UNIQUE, revision BIGINT NOT "
        "NULL, municipality TEXT NOT NULL, name @sealed NOT NULL, note @sealed, login "
        "TEXT NOT NULL, name_key @keyed NOT NULL, UNIQUE (municipality, login));\n"
        "CREATE TABLE word (text TEXT NOT NULL, number BIGINT NOT NULL,\n"
        "  PRIMARY KEY (text, number)) @clustered;\n"
        "CREATE TABLE gone (pk @key);\n"
        "CREATE TABLE guard (owner @bytes PRIMARY KEY, login @keyed NOT NULL, "
        "secret @sealed, sort @ordered NOT NULL DEFAULT '(,') @vouched @clustered;"},
    storage::Migration{2,
                       "DROP TABLE gone;\nALTER TABLE word ADD COLUMN seen @bound BIGINT NOT NULL "
                       "DEFAULT 0\n  CHECK (seen IN (0, 1));\n@embedded UPDATE word SET seen = 0;\n"
                       "CREATE INDEX word_number ON word (number);"}};

storage::Cell upper(std::string_view text) {
  return "key of " + std::string(text);
}
const std::array made{storage::MadeColumn{"record", "name_key", "name", upper}};

/// A database of an engine with these tables.
template <class On>
struct Made {
  On place;
  storage::Database database{place.create()};

  Made() { database.migrate(steps); }
  void run(std::string_view sql) {
    storage::Transaction transaction = database.write();
    transaction.query(sql).run();
    transaction.commit();
  }
  void add(std::int64_t pk, const std::string& login, const std::string& name) {
    storage::Transaction transaction = database.write();
    transaction
        .query(
            "INSERT INTO record (pk, id, revision, municipality, name, note, login, name_key) "
            "VALUES (:pk, :id, :revision, :municipality, :name, :note, :login, :name_key)")
        .bind("pk", pk)
        .bind("id", Uuid{{static_cast<std::uint8_t>(pk)}})
        .bind("revision", 1)
        .bind("municipality", "082112")
        .bind("name", name)
        .bind("note", std::optional<std::string>())
        .bind("login", login)
        .bind("name_key", storage::Keyed("082112", "key of " + name))
        .run();
    transaction.commit();
  }
  void say(const std::string& text) {
    storage::Transaction transaction = database.write();
    transaction.query("INSERT INTO word (text, number, seen) VALUES (:text, 1, 1)")
        .bind("text", text)
        .run();
    transaction.commit();
  }
  [[nodiscard]] bool is_found(const std::string& name) {
    storage::Transaction transaction = database.read();
    return transaction.query("SELECT pk FROM record WHERE name_key = :key")
        .bind("key", storage::Keyed("082112", "key of " + name))
        .next();
  }
};

const auto patient = [](std::int64_t) {};

CarriedCount carry(storage::Database& from, storage::Database& to) {
  CarriedCount all;
  for (const storage::ModelTable& table : storage::model_of(steps)) {
    const Carried carried(table, made);
    const CarriedCount count = storage::carry(from, to, carried, patient);
    all.rows += count.rows;
    all.missing += count.missing;
    all.surplus += count.surplus;
    all.different += count.different;
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(carrying)

BOOST_AUTO_TEST_CASE(the_model_is_of_the_newest_schema) {
  const std::vector<storage::ModelTable> tables = storage::model_of(steps);
  BOOST_REQUIRE(tables.size() == 3U);
  const storage::ModelTable& record = tables[0];
  BOOST_TEST(record.columns.size() == 8U);
  BOOST_TEST((record.key == std::vector<std::size_t>{0}));
  BOOST_TEST((record.columns[1].holds == Holds::bytes));
  BOOST_TEST(!record.gives_back(record.columns[record.place("name_key")]));
  const storage::ModelTable& word = tables[1];
  BOOST_TEST((word.key == std::vector<std::size_t>{0, 1}));
  BOOST_TEST((word.columns[word.place("seen")].holds == Holds::number));
  const storage::ModelTable& guard = tables[2];
  BOOST_TEST(guard.is_vouched);
  BOOST_TEST((guard.key == std::vector<std::size_t>{0}));
  BOOST_TEST(guard.gives_back(guard.columns[guard.place("sort")]));
  BOOST_TEST(error_of([&] { return record.place("nothing"); }) == "internal");
  for (const char* script : {"CREATE TABLE a (pk @key, b REAL)", "ALTER TABLE a DROP COLUMN b",
                             "CREATE TABLE a (b TEXT)", "VACUUM now"}) {
    const std::array wrong{storage::Migration{1, script}};
    BOOST_TEST(error_of([&] { return storage::model_of(wrong).size(); }) == "internal", script);
  }
}

BOOST_AUTO_TEST_CASE(a_column_that_nobody_makes_is_refused) {
  BOOST_TEST(field_of([&] { return Carried(storage::model_of(steps)[0], {}).name(); }) ==
             "record.name_key");
}

ON_EACH_ENGINE(rows_go_there_and_back) {
  Made<OnSqlcipher> here;
  Made<On> there;
  Made<OnSqlcipher> again;
  here.add(1, "one", "架空 太郎");
  here.add(2, "two", "架空 花子");
  for (const char* text : {"a", "B", "_", "あ", "a b", "ab", "Ä"}) here.say(text);
  here.run("INSERT INTO guard (owner, login, sort) VALUES (x'01', 'kanri', x'00ff')");
  BOOST_TEST(carry(here.database, there.database).missing == 10);
  BOOST_TEST(there.is_found("架空 花子"));
  BOOST_TEST(!there.is_found("架空 次郎"));
  BOOST_TEST(carry(here.database, there.database).is_same());
  BOOST_TEST(carry(there.database, again.database).missing == 10);
  BOOST_TEST(carry(here.database, again.database).is_same());
  BOOST_TEST(again.is_found("架空 太郎"));
}

ON_EACH_ENGINE(what_was_carried_before_becomes_what_it_is_now) {
  Made<OnSqlcipher> here;
  Made<On> there;
  for (int i = 1; i <= 5; ++i) here.add(i, "login" + std::to_string(i), "架空");
  carry(here.database, there.database);
  // The first one takes a name that a later one had.
  here.run("DELETE FROM record WHERE pk IN (1, 4, 5)");
  here.add(1, "login4", "架空 太郎");
  here.add(5, "login1", "架空");
  here.add(6, "login5", "架空");
  const CarriedCount changed = carry(here.database, there.database);
  BOOST_TEST(changed.different == 2);
  BOOST_TEST(changed.surplus == 1);
  BOOST_TEST(changed.missing == 1);
  BOOST_TEST(carry(here.database, there.database).is_same());
  BOOST_TEST(there.is_found("架空 太郎"));
}

BOOST_AUTO_TEST_CASE(a_difference_is_named_by_its_key_alone) {
  Made<OnSqlcipher> here;
  Made<OnSqlcipher> there;
  here.add(1, "one", "架空 太郎");
  there.add(1, "one", "架空 花子");
  there.add(7, "two", "架空 花子");
  const Carried records(storage::model_of(steps)[0], made);
  std::string named;
  const CarriedCount count =
      storage::compare(here.database, there.database, records, patient,
                       [&](const storage::Cells& row) { named += records.row_name(row) + ";"; });
  BOOST_TEST(named == "1;7;");
  BOOST_TEST(count.different == 1);
  BOOST_TEST(count.surplus == 1);
  BOOST_TEST(!count.is_same());
  here.run("INSERT INTO guard (owner, login, sort) VALUES (x'01', 'kanri', x'00ff')");
  const Carried guards(storage::model_of(steps)[2], made);
  static_cast<void>(
      storage::compare(here.database, there.database, guards, patient,
                       [&](const storage::Cells& row) { named = guards.row_name(row); }));
  BOOST_TEST(named == "01");
}

BOOST_AUTO_TEST_SUITE_END()
