// What the schema calls @sealed, @keyed and @ordered: the same to the domain on each engine.
#include <boost/test/unit_test.hpp>

#include "fixture/expect.hpp"
#include "storage/row_key.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Database;
using storage::Keyed;
using storage::Transaction;

namespace {

constexpr std::string_view city = "082112";
constexpr std::string_view other_city = "131016";

constexpr std::array<storage::Migration, 1> steps{
    storage::Migration{1,
                       "CREATE TABLE card (pk @key, id @bytes UNIQUE, revision BIGINT NOT NULL, "
                       "municipality TEXT NOT NULL, name @sealed NOT NULL, note @sealed, "
                       "phone @keyed, sort @ordered NOT NULL, open BIGINT);"
                       "CREATE TABLE page (pk @key, body @sealed_bytes NOT NULL);"}};

constexpr std::string_view all_of_a_card =
    "SELECT name, note, municipality, id, revision FROM card WHERE pk = :pk";

template <class On>
class Cards {
 public:
  Cards() : database_(place_.create()) { database_.migrate(steps); }

  [[nodiscard]] Database& database() { return database_; }
  [[nodiscard]] const On& place() const { return place_; }

  void add(int number, std::string_view name, std::string_view municipality = city) {
    Transaction transaction = database_.write();
    add(transaction, number, name, municipality);
    transaction.commit();
  }
  static void add(Transaction& transaction, int number, std::string_view name,
                  std::string_view municipality = city, std::optional<std::string> note = {}) {
    transaction
        .query(
            "INSERT INTO card (pk, id, revision, municipality, name, note, phone, sort) VALUES "
            "(:pk, :id, :revision, :municipality, :name, :note, :phone, :sort)")
        .bind("pk", storage::key_range(municipality).first + number)
        .bind("id", id(number))
        .bind("revision", 1)
        .bind("municipality", municipality)
        .bind("name", name)
        .bind("note", note)
        .bind("phone", Keyed(municipality, name))
        .bind("sort", crypto::view_of(name))
        .run();
  }
  static Uuid id(int number) {
    Uuid id;
    id.bytes[0] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[1] = static_cast<std::uint8_t>(number);
    return id;
  }

  [[nodiscard]] std::string in_order(std::string_view municipality = city) {
    Transaction transaction = database_.read();
    std::string names;
    for (storage::Query query = transaction.query(
             "SELECT name, id, revision, municipality FROM card WHERE municipality = :municipality "
             "ORDER BY sort, pk");
         [&] {
           if (names.empty()) query.bind("municipality", municipality);
           return query.next();
         }();) {
      names += query.read<std::string>("name") + ' ';
    }
    return names;
  }

 private:
  On place_;
  Database database_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(sealed_columns)

ON_EACH_ENGINE(what_was_sealed_comes_back_and_absence_too) {
  Cards<On> cards;
  cards.add(1, "髙橋 﨑");
  Transaction transaction = cards.database().read();
  storage::Query query =
      transaction.query("SELECT note, name, municipality, id, revision FROM card");
  BOOST_REQUIRE(query.next());
  BOOST_TEST(query.template read<std::string>("name") == "髙橋 﨑");
  BOOST_TEST(!query.template read<std::optional<std::string>>("note").has_value());
}

ON_EACH_ENGINE(values_of_all_sizes_come_back_from_one_row) {
  Cards<On> cards;
  Transaction transaction = cards.database().write();
  const std::vector<std::size_t> sizes{0, 1, 15, 16, 127, 128, 16'383, 16'384, 3'000'000};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::string name(sizes[i], '\0');
    const std::string note(sizes[sizes.size() - 1 - i], '\x80');
    Cards<On>::add(transaction, static_cast<int>(i), name, city, note);
    storage::Query query = transaction.query(all_of_a_card);
    query.bind("pk", storage::key_range(city).first + static_cast<std::int64_t>(i));
    BOOST_REQUIRE(query.next());
    BOOST_TEST((query.template read<std::string>("name") == name));
    BOOST_TEST((query.template read<std::optional<std::string>>("note") == note));
  }
}

ON_EACH_ENGINE(a_row_that_a_join_does_not_find_is_all_absent) {
  Cards<On> cards;
  cards.add(1, "one");
  Transaction transaction = cards.database().read();
  storage::Query query = transaction.query(
      "SELECT c.pk AS pk, d.name AS name, d.note AS note, d.id AS id, d.revision AS revision, "
      "d.municipality AS municipality FROM card c LEFT JOIN card d ON d.pk = c.pk + 1");
  BOOST_REQUIRE(query.next());
  BOOST_TEST(!query.template read<std::optional<std::string>>("name").has_value());
  BOOST_TEST(!query.template read<std::optional<std::string>>("note").has_value());
}

ON_EACH_ENGINE(what_is_keyed_is_found_within_its_municipality) {
  Cards<On> cards;
  cards.add(1, "0297-00-0001");
  cards.add(2, "0297-00-0002");
  Transaction transaction = cards.database().read();
  const auto found = [&](std::string_view municipality, std::string_view phone) {
    return transaction
        .query("SELECT pk FROM card WHERE municipality = :municipality AND phone = :phone")
        .bind("municipality", municipality)
        .bind("phone", Keyed(municipality, phone))
        .template all<std::int64_t>()
        .size();
  };
  BOOST_TEST(found(city, "0297-00-0001") == 1U);
  BOOST_TEST(found(city, "0297-00-0003") == 0U);
  BOOST_TEST(found(other_city, "0297-00-0001") == 0U);
}

ON_EACH_ENGINE(rows_are_found_by_having_all_of_some_lines) {
  static constexpr std::array<storage::Migration, 1> sets{
      storage::Migration{1,
                         "CREATE TABLE thing (pk @key, words @keyed_set NOT NULL);"
                         "CREATE INDEX thing_words ON thing @set_index (words);"}};
  const On place;
  Database database(place.create());
  database.migrate(sets);
  {
    Transaction transaction = database.write();
    std::int64_t pk = 0;
    for (const char* lines : {"赤\n青\n", "赤\n赤\n黄", "", "青\n\n"}) {
      transaction.query("INSERT INTO thing (pk, words) VALUES (:pk, :words)")
          .bind("pk", ++pk)
          .bind("words", Keyed(city, std::string_view(lines)))
          .run();
    }
    transaction.query("UPDATE thing SET words = :words WHERE pk = 4")
        .bind("words", Keyed(city, std::string_view("青\n紫\n")))
        .run();
    transaction.commit();
  }
  Transaction transaction = database.read();
  const auto found = [&](std::string_view lines, std::string_view municipality = city) {
    return transaction.query("SELECT pk FROM thing WHERE has_all(words, :lines) ORDER BY pk")
        .bind("lines", Keyed(municipality, lines))
        .template all<std::int64_t>();
  };
  using Found = std::vector<std::int64_t>;
  BOOST_TEST((found("赤") == Found{1, 2}));
  BOOST_TEST((found("青\n赤\n") == Found{1}));
  BOOST_TEST((found("紫\n青") == Found{4}));
  BOOST_TEST((found("赤\n緑\n") == Found{}));
  BOOST_TEST((found("") == Found{1, 2, 3, 4}));
  BOOST_TEST((found("赤\n青") == Found{1}));
}

ON_EACH_ENGINE(rows_stand_in_the_order_of_their_bytes_however_they_came) {
  Cards<On> cards;
  for (const auto& [number, name] : {std::pair{1, "m"}, {2, "c"}, {3, "x"}, {4, "a"}, {5, "n"}}) {
    cards.add(number, name);
  }
  cards.add(6, "b", other_city);
  cards.add(7, "c");  // equal ones stay in the order in which they came
  BOOST_TEST(cards.in_order() == "a c c m n x ");
  BOOST_TEST(cards.in_order(other_city) == "b ");
}

ON_EACH_ENGINE(a_list_goes_on_behind_the_row_where_a_page_ended) {
  Cards<On> cards;
  for (int i = 0; i < 7; ++i)
    cards.add(i, i == 3 ? "c" : std::string(1, static_cast<char>('a' + i)));
  std::string names;
  crypto::Bytes sort;
  std::int64_t pk = -1;
  for (bool more = true; more;) {
    Transaction transaction = cards.database().read();
    storage::Query page = transaction.query(
        "SELECT name, sort, pk, id, revision, municipality FROM card WHERE municipality = "
        ":municipality AND (sort, pk) > (:sort, :pk) ORDER BY sort, pk LIMIT 2");
    page.bind("municipality", city).bind("sort", sort).bind("pk", pk);
    for (more = false; page.next(); more = true) {
      names += page.template read<std::string>("name");
      sort = page.template read<crypto::Bytes>("sort");
      pk = page.template read<std::int64_t>("pk");
    }
  }
  BOOST_TEST(names == "abccefg");
}

ON_EACH_ENGINE(many_in_one_transaction_are_placed_too_in_any_order) {
  Cards<On> cards;
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) names.push_back(std::to_string(1000 + i * 7919 % 9000));
  cards.add(1000, "5000");
  Transaction transaction = cards.database().write();
  for (int i = 0; i < 100; ++i) Cards<On>::add(transaction, i, names[static_cast<std::size_t>(i)]);
  std::vector<std::string> sorted(names.begin() + 100, names.begin() + 200);
  std::ranges::sort(sorted);
  for (int i = 0; i < 100; ++i) {
    Cards<On>::add(transaction, 100 + i, sorted[static_cast<std::size_t>(i)]);
  }
  std::sort(names.begin() + 200, names.end(), std::greater<>());
  for (int i = 200; i < 300; ++i) {
    Cards<On>::add(transaction, i, names[static_cast<std::size_t>(i)]);
  }
  transaction.commit();
  names.emplace_back("5000");
  std::ranges::sort(names);
  std::string expected;
  for (const std::string& name : names) expected += name + ' ';
  BOOST_TEST(cards.in_order() == expected);
}

ON_EACH_ENGINE(a_row_without_an_id_is_told_by_its_key) {
  Cards<On> cards;
  Transaction transaction = cards.database().write();
  transaction.query("INSERT INTO page (pk, body) VALUES (:pk, :body)")
      .bind("pk", storage::key_range(city).first)
      .bind("body", crypto::view_of("entry"))
      .run();
  const auto body =
      transaction.query("SELECT body, pk FROM page").template optional<crypto::Bytes>();
  BOOST_TEST(std::string(body->begin(), body->end()) == "entry");
}

#ifdef RENRAKU_POSTGRESQL
namespace {

using Held = Cards<OnPostgresql>;

std::string name_of(Database& database, int number) {
  Transaction transaction = database.read();
  storage::Query query =
      transaction.query("SELECT name, municipality, id, revision FROM card WHERE pk = :pk");
  query.bind("pk", storage::key_range(city).first + number);
  query.next();
  return query.read<std::string>("name");
}

/// What the server's own administrator does.
void meddle(Held& cards, std::string_view sql) {
  Transaction transaction = cards.database().write();
  transaction.query(sql).run();
  transaction.commit();
}

std::string refusal(Held& cards, std::string_view sql) {
  return text_of([&] {
    Transaction transaction = cards.database().write();
    static_cast<void>(transaction.query(sql));
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(on_a_server, *boost::unit_test::precondition(postgresql_is_here))

BOOST_AUTO_TEST_CASE(a_value_opens_nowhere_but_where_it_was_put) {
  const std::string first = std::to_string(storage::key_range(city).first + 1);
  const std::vector<std::string> changes{
      "name = (SELECT c.name FROM card c WHERE c.pk = " + first + " + 1)",
      "revision = 2",
      "municipality = '131016'",
      "name = set_byte(name, 30, get_byte(name, 30) # 1)",
      "id = '\\x05'::bytea",
  };
  for (const std::string& change : changes) {
    BOOST_TEST_CONTEXT(change) {
      Held cards;
      cards.add(1, "one");
      cards.add(2, "two");
      cards.add(3, "three", other_city);
      BOOST_TEST(name_of(cards.database(), 1) == "one");
      meddle(cards, "UPDATE card SET " + change + " WHERE pk = " + first);
      BOOST_TEST(error_of([&] { name_of(cards.database(), 1); }) == "damaged");
      BOOST_TEST(name_of(cards.database(), 2) == "two");
    }
  }
}

BOOST_AUTO_TEST_CASE(the_server_sees_neither_value_nor_length_nor_likeness) {
  Held cards;
  cards.add(1, "alike");
  cards.add(2, "alike");
  cards.add(3, "longer");
  Transaction transaction = cards.database().read();
  const auto number = [&](const std::string& sql) {
    return transaction.query("SELECT " + sql + " FROM card").optional<std::int64_t>().value();
  };
  BOOST_TEST(number("count(DISTINCT name)") == 3);
  BOOST_TEST(number("count(DISTINCT octet_length(name))") == 1);
  BOOST_TEST(number("count(DISTINCT sort)") == 3);
  BOOST_TEST(number("count(DISTINCT phone)") == 2);  // which ones are equal is what a key is for
  BOOST_TEST(number("count(*) FILTER (WHERE position('alike'::bytea IN sort) > 0)") == 0);
}

BOOST_AUTO_TEST_CASE(the_server_takes_no_value_away_and_gives_none) {
  Held cards;
  const auto note = [&] {
    Transaction transaction = cards.database().read();
    storage::Query query = transaction.query(all_of_a_card);
    query.bind("pk", storage::key_range(city).first + 1);
    query.next();
    return query.read<std::optional<std::string>>("note").value_or("none");
  };
  {
    Transaction transaction = cards.database().write();
    Held::add(transaction, 1, "one", city, "protected");
    transaction.commit();
  }
  meddle(cards, "UPDATE card SET note = NULL");
  BOOST_TEST(note() == "protected");
  meddle(cards, "UPDATE card SET note = name");
  BOOST_TEST(note() == "protected");
  meddle(cards, "UPDATE card SET name = ''::bytea");
  BOOST_TEST(error_of(note) == "damaged");
}

BOOST_AUTO_TEST_CASE(the_server_refuses_what_was_not_sealed) {
  Held cards;
  cards.add(1, "one");
  BOOST_TEST(error_of([&] { meddle(cards, "UPDATE card SET name = 'Yamada Taro'::bytea"); }) ==
             "internal");
  BOOST_TEST(error_of([&] { meddle(cards, "UPDATE card SET phone = '0297'::bytea"); }) ==
             "internal");
}

BOOST_AUTO_TEST_CASE(a_statement_that_could_not_seal_or_open_is_refused_when_it_is_prepared) {
  Held cards;
  const auto refused = [&](std::string_view sql) { return refusal(cards, sql); };
  BOOST_TEST(refused("SELECT name, municipality, id FROM card") ==
             "a sealed column is read with 0 of its rows' revision (card.name)");
  BOOST_TEST(refused("SELECT c.name, c.municipality, c.id, c.revision, d.revision AS other FROM "
                     "card c JOIN card d ON d.pk = c.pk") ==
             "a sealed column is read with 2 of its rows' revision (card.name)");
  BOOST_TEST(refused("SELECT phone FROM card") ==
             "a column that is only found by is read (card.phone)");
  BOOST_TEST(refused("SELECT note, municipality, id, revision FROM card") ==
             "a sealed column is read with 0 of its rows' name (card.note)");
  BOOST_TEST(refused("UPDATE card SET name = :name WHERE id = :id") ==
             "a sealed column is filled without its row's municipality (card.name)");
  BOOST_TEST(refused("UPDATE card SET name = :name WHERE id = :id AND municipality = :municipality "
                     "AND revision = :revision") ==
             "a sealed column is filled without the sealed note (card.name)");
  BOOST_TEST(refused("INSERT INTO card (pk, id, revision, municipality, note) VALUES "
                     "(:pk, :id, :revision, :municipality, :note)") ==
             "a sealed column is filled without the sealed name (card.name)");
  BOOST_TEST(refused("UPDATE card SET name = :who WHERE id = :id") ==
             "a parameter does not bear the name of the column that it fills (card.who)");
}

BOOST_AUTO_TEST_CASE(a_server_that_takes_the_seal_off_a_column_is_sent_and_believed_nothing) {
  const std::vector<std::string> changes{
      "ALTER TABLE card ALTER COLUMN note TYPE bytea",
      "ALTER TABLE card ALTER COLUMN name TYPE text USING 'forged'",
      "ALTER TABLE card ALTER COLUMN sort TYPE bytea",
      "ALTER TABLE card RENAME TO hidden; CREATE TABLE card AS SELECT pk, id, revision, "
      "municipality, 'forged'::text AS name, note::bytea AS note, phone, sort, open FROM hidden",
      "ALTER TABLE card RENAME TO hidden; CREATE VIEW card AS SELECT pk, id, revision, "
      "municipality, name::bytea AS name, note, phone, sort, open FROM hidden; CREATE FUNCTION "
      "keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER keep "
      "INSTEAD OF INSERT ON card FOR EACH ROW EXECUTE FUNCTION keep()",
  };
  for (const std::string& change : changes) {
    BOOST_TEST_CONTEXT(change) {
      Held cards;
      cards.add(1, "one");
      storage::postgresql::open(cards.place().address())->connect()->run(change);
      Database later(cards.place().open());
      later.migrate(steps);
      const auto fails = [&](auto&& work) { return error_of(work) + ' ' + field_of(work); };
      BOOST_TEST(fails([&] {
                   Transaction transaction = later.write();
                   Held::add(transaction, 2, "two", city, "a note");
                   transaction.commit();
                 }) == "damaged schema");
      BOOST_TEST(fails([&] {
                   Transaction transaction = later.read();
                   static_cast<void>(transaction.query(
                       "SELECT name AS shown, note, sort, id, revision, municipality FROM card"));
                 }) == "damaged schema");
    }
  }
}

BOOST_AUTO_TEST_CASE(another_store_s_key_opens_nothing) {
  Held cards;
  cards.add(1, "one");
  Database stranger(cards.place().open_with(std::array<std::uint8_t, 32>{9}));
  BOOST_TEST(error_of([&] { name_of(stranger, 1); }) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_crowded_order_is_spread_anew) {
  Held cards;
  // Each one between the two before it: gaps are halved until none is left.
  cards.add(0, "a");
  cards.add(1, "b");
  std::string low = "a";
  for (int i = 2; i < 80; ++i) {
    low += i % 2 ? 'm' : 'a';
    cards.add(i, low);
  }
  const std::string found = cards.in_order();
  std::istringstream words(found);
  std::vector<std::string> names{std::istream_iterator<std::string>(words), {}};
  BOOST_TEST(names.size() == 80U);
  BOOST_TEST(std::ranges::is_sorted(names));
}

BOOST_AUTO_TEST_SUITE_END()
#endif

BOOST_AUTO_TEST_SUITE_END()
