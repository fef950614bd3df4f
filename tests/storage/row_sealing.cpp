// Rows on a server that are sealed again under newer keys.
#ifdef RENRAKU_POSTGRESQL
#include <fmt/format.h>

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
constexpr std::string_view the_store;

constexpr std::array<storage::Migration, 1> steps{storage::Migration{
    1,
    "CREATE TABLE card (pk @key, id @bytes UNIQUE, revision BIGINT NOT NULL, "
    "municipality TEXT NOT NULL, name @sealed NOT NULL, note @sealed, phone @keyed, "
    "sort @ordered NOT NULL, kind @bound TEXT NOT NULL);"
    "CREATE TABLE pass (pk @key, name @sealed NOT NULL) @vouched;"
    "CREATE TABLE empty_pass (pk @key, name @sealed NOT NULL) @vouched;"}};

/// One database as a process of its own sees it.
class Office {
 public:
  explicit Office(const OnPostgresql& place) : database_(place.open()) { database_.migrate(steps); }

  [[nodiscard]] Database& database() { return database_; }
  template <class Work>
  auto write(Work&& work) {
    Transaction transaction = database_.write();
    const auto result = work(transaction);
    transaction.commit();
    return result;
  }

  void add(int number, std::string_view name, std::string_view municipality = city) {
    write([&](Transaction& transaction) {
      Uuid id;
      id.bytes[0] = municipality == city ? 1 : 2;
      id.bytes[1] = static_cast<std::uint8_t>(number);
      return transaction
          .query(
              "INSERT INTO card (pk, id, revision, municipality, name, note, phone, sort, kind) "
              "VALUES (:pk, :id, :revision, :municipality, :name, :note, :phone, :sort, :kind)")
          .bind("pk", storage::key_range(municipality).first + number)
          .bind("id", id)
          .bind("revision", 1)
          .bind("kind", "red")
          .bind("municipality", municipality)
          .bind("name", name)
          .bind("note", number % 2 ? std::optional<std::string>("覚書") : std::nullopt)
          .bind("phone", Keyed(municipality, name))
          .bind("sort", crypto::view_of(name))
          .changed();
    });
  }
  void admit(std::int64_t pk, std::string_view name) {
    write([&](Transaction& transaction) {
      return transaction.query("INSERT INTO pass (pk, name) VALUES (:pk, :name)")
          .bind("pk", pk)
          .bind("name", name)
          .changed();
    });
  }
  void shut(std::int64_t pk) {
    write([&](Transaction& transaction) {
      return transaction.query("DELETE FROM pass WHERE pk = :pk").bind("pk", pk).changed();
    });
  }
  [[nodiscard]] std::string cards(std::string_view municipality = city) {
    return read(
        "SELECT name, note, id, revision, municipality, kind FROM card "
        "WHERE municipality = :municipality ORDER BY sort",
        municipality);
  }
  [[nodiscard]] std::string passes() { return read("SELECT name FROM pass ORDER BY pk"); }

  std::int64_t begin(std::string_view municipality) {
    return write([&](Transaction& transaction) {
      return transaction.row_sealing()->begin_key(municipality);
    });
  }
  std::int64_t left(std::string_view municipality) {
    return database_.read().row_sealing()->count_under_others(municipality);
  }
  /// How many rows each step of a whole walk seals.
  std::string seal_again(std::string_view municipality, int limit) {
    std::string steps_done;
    storage::SealedUpTo place;
    while (const std::int64_t count = write([&](Transaction& transaction) {
             return transaction.row_sealing()->seal_again(municipality, place, limit);
           })) {
      steps_done += fmt::format("{} ", count);
    }
    return steps_done;
  }
  void drop(std::string_view municipality) {
    write([&](Transaction& transaction) {
      transaction.row_sealing()->drop_others(municipality);
      return 0;
    });
  }

 private:
  std::string read(std::string_view sql, std::string_view municipality = {}) {
    Transaction transaction = database_.read();
    std::string names;
    storage::Query query = transaction.query(sql);
    if (query.takes("municipality")) query.bind("municipality", municipality);
    while (query.next()) names += query.read<std::string>("name") + ' ';
    return names;
  }

  Database database_;
};

void run(const OnPostgresql& place, const std::string& script) {
  storage::postgresql::open(place.address())->connect()->run(script);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(row_sealing, *boost::unit_test::precondition(postgresql_is_here))

BOOST_AUTO_TEST_CASE(a_walk_seals_one_municipalitys_rows_step_by_step) {
  const OnPostgresql place;
  Office office(place);
  for (int i = 1; i <= 5; ++i) office.add(i, fmt::format("n{}", i));
  office.add(1, "外", other_city);
  BOOST_TEST(office.left(city) == 0);
  BOOST_TEST(office.begin(city) == 2);
  office.add(6, "n6");
  BOOST_TEST(office.left(city) == 5);
  BOOST_TEST(office.left(other_city) == 0);
  BOOST_TEST(office.seal_again(city, 2) == "2 2 1 ");
  BOOST_TEST(office.left(city) == 0);
  office.drop(city);
  const std::string all = "n1 n2 n3 n4 n5 n6 ";
  BOOST_TEST(office.cards() == all);
  Office fresh(place);
  BOOST_TEST(fresh.cards() == all);
  BOOST_TEST(fresh.cards(other_city) == "外 ");
  BOOST_TEST(fresh.begin(city) == 3);
}

BOOST_AUTO_TEST_CASE(what_decides_access_is_sealed_again_too_and_what_says_that_a_row_is_gone) {
  const OnPostgresql place;
  Office office(place);
  Office other(place);
  for (int i = 1; i <= 3; ++i) office.admit(i, fmt::format("p{}", i));
  office.shut(2);
  BOOST_TEST(other.passes() == "p1 p3 ");
  BOOST_TEST(office.begin(the_store) == 2);
  BOOST_TEST(office.left(the_store) == 3);
  BOOST_TEST(office.seal_again(the_store, 2) == "2 1 ");
  office.drop(the_store);
  BOOST_TEST(other.passes() == "p1 p3 ");
  other.admit(2, "p2");
  BOOST_TEST(office.passes() == "p1 p2 p3 ");
  BOOST_TEST(Office(place).passes() == "p1 p2 p3 ");
  BOOST_TEST(office.left(the_store) == 0);
}

BOOST_AUTO_TEST_CASE(nothing_is_written_under_an_older_key_by_who_did_not_begin_the_newer) {
  const OnPostgresql place;
  Office office(place);
  Office other(place);
  other.add(1, "n1");
  office.begin(city);
  other.add(2, "n2");
  BOOST_TEST(office.left(city) == 1);
  // Nor where the server hides the newer one.
  run(place, "DELETE FROM renraku_row_key WHERE number = 2");
  Office stranger(place);
  BOOST_TEST(error_of([&] {
               stranger.add(3, "n3");
               return 0;
             }) == "damaged");
  // Nor where it hides which one counts.
  run(place, "DELETE FROM renraku_vouched WHERE in_table = 'renraku_key_in_use'");
  BOOST_TEST(field_of([&] { return Office(place).passes(); }) == "none");
  BOOST_TEST(field_of([&] { return Office(place).begin(city); }) == "access");
  BOOST_TEST(error_of([&] {
               Office(place).add(4, "n4");
               return 0;
             }) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_value_opens_under_its_own_number_alone) {
  const OnPostgresql place;
  Office office(place);
  office.add(1, "n1");
  office.begin(city);
  run(place, "UPDATE card SET name = set_byte(name, 3, 2)");
  BOOST_TEST(error_of([&] { return office.cards(); }) == "damaged");
}

BOOST_AUTO_TEST_CASE(who_still_reads_is_known) {
  const OnPostgresql place;
  Office office(place);
  Office other(place);
  std::optional<Transaction> reading(other.database().read());
  static_cast<void>(reading->query("SELECT count(*) FROM card").optional<std::int64_t>());
  const auto has_readers = [&](std::int64_t since) {
    return office.database().read().row_sealing()->has_readers_since_before(since);
  };
  const std::int64_t now = office.database().read().row_sealing()->server_time();
  BOOST_TEST(has_readers(now));
  reading.reset();
  BOOST_TEST(!has_readers(now));
}

BOOST_AUTO_TEST_SUITE_END()
#endif
