// Many rows of INSERTs: however an engine sends them, they are there as if they came one by one.
#include <boost/test/unit_test.hpp>

#include "fixture/expect.hpp"
#include "storage/scratch.hpp"

using namespace renraku;
using namespace renraku::fixture;
using storage::Database;
using storage::Query;
using storage::Transaction;

namespace {

constexpr std::array<storage::Migration, 1> steps{
    storage::Migration{1,
                       "CREATE TABLE note (pk @key, number BIGINT, text TEXT, bytes @bytes, "
                       "again BIGINT, fixed BIGINT NOT NULL);"
                       "CREATE TABLE mark (name TEXT NOT NULL, note BIGINT NOT NULL, "
                       "PRIMARY KEY (name, note))"}};

struct Note {
  std::optional<std::int64_t> number;
  std::optional<std::string> text;
  std::optional<std::string> bytes;

  bool operator==(const Note&) const = default;
};

/// The values of a row: some absent, some empty, some long.
Note note(int pk) {
  Note out;
  if (pk % 3 != 0) out.number = pk % 2 == 0 ? -pk : pk;
  if (pk % 5 != 0) {
    out.text.emplace();
    for (int i = 1; i < pk % 5 * (pk % 40); ++i) *out.text += "架空$";
  }
  if (pk % 7 != 0) out.bytes = std::string(static_cast<std::size_t>(pk % 7 - 1), '\0');
  return out;
}

template <class On>
class Notes {
 public:
  Notes() : database_(place_.create()) { database_.migrate(steps); }

  [[nodiscard]] Database& database() { return database_; }

  static void add(Transaction& transaction, int pk) {
    const Note values = note(pk);
    transaction
        .query(
            "INSERT INTO note (pk, number, text, bytes, again, fixed) VALUES "
            "(:pk, :number, :text, :bytes, :number, 7)")
        .bind("pk", pk)
        .bind("number", values.number)
        .bind("text", values.text)
        .bind("bytes", values.bytes ? std::optional(crypto::view_of(*values.bytes)) : std::nullopt)
        .run();
  }
  static void mark(Transaction& transaction, const std::string& name, int pk) {
    transaction
        .query(
            "INSERT INTO mark (name, note) VALUES (:name, :note) ON CONFLICT (name, note) DO "
            "NOTHING")
        .bind("name", name)
        .bind("note", pk)
        .run();
  }
  static std::int64_t count(Transaction& transaction, const std::string& table) {
    return transaction.query("SELECT count(*) FROM " + table)
        .template optional<std::int64_t>()
        .value();
  }

 private:
  On place_;
  Database database_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(row_batches)

ON_EACH_ENGINE(rows_come_as_they_went_however_many_there_are) {
  Notes<On> notes;
  int first = 1;
  for (const int rows : {1, 2, 7, 8, 9, 500, 5'000}) {
    Transaction transaction = notes.database().write();
    for (int pk = first; pk < first + rows; ++pk) {
      Notes<On>::add(transaction, pk);
      Notes<On>::mark(transaction, "m" + std::to_string(pk), pk);
    }
    transaction.commit();
    first += rows;
  }
  Transaction reader = notes.database().read();
  int pk = 1;
  int others = 0;
  Query query = reader.query(
      "SELECT n.pk AS pk, n.number AS number, n.text AS text, n.bytes AS bytes, n.again AS again, "
      "n.fixed AS fixed, m.name AS name FROM note n JOIN mark m ON m.note = n.pk ORDER BY n.pk");
  for (; query.next(); ++pk) {
    const Note expected = note(pk);
    const Note found{query.template read<std::optional<std::int64_t>>("number"),
                     query.template read<std::optional<std::string>>("text"),
                     query.template read<std::optional<std::string>>("bytes")};
    const bool same = found == expected && query.template read<std::int64_t>("pk") == pk &&
                      query.template read<std::optional<std::int64_t>>("again") == found.number &&
                      query.template read<std::int64_t>("fixed") == 7 &&
                      query.template read<std::string>("name") == "m" + std::to_string(pk);
    if (!same) ++others;
  }
  BOOST_TEST(pk == first);
  BOOST_TEST(others == 0);
}

ON_EACH_ENGINE(what_was_just_written_is_read_and_changed) {
  Notes<On> notes;
  Transaction transaction = notes.database().write();
  // A statement is new to the connection only once.
  for (int turn = 0; turn < 2; ++turn) {
    for (int pk = 1; pk <= 20; ++pk) {
      Notes<On>::add(transaction, turn * 100 + pk);
      Notes<On>::mark(transaction, "m", pk);
    }
    BOOST_TEST(Notes<On>::count(transaction, "mark") == 20);
    Notes<On>::mark(transaction, "m", 21);
    transaction.query("DELETE FROM mark WHERE note > :note").bind("note", 19).run();
    Notes<On>::mark(transaction, "m", 20);
  }
  transaction.commit();
  Transaction reader = notes.database().read();
  BOOST_TEST(Notes<On>::count(reader, "note") == 40);
  BOOST_TEST(Notes<On>::count(reader, "mark") == 20);
}

ON_EACH_ENGINE(a_row_that_is_there_stays_as_it_is_and_another_comes) {
  Notes<On> notes;
  for (int turn = 0; turn < 2; ++turn) {
    Transaction transaction = notes.database().write();
    for (int i = 0; i < 4'000; ++i) Notes<On>::mark(transaction, "m", i % 1'000);
    transaction.commit();
  }
  Transaction reader = notes.database().read();
  BOOST_TEST(Notes<On>::count(reader, "mark") == 1'000);
}

ON_EACH_ENGINE(one_row_among_many_that_is_refused_undoes_them_all) {
  Notes<On> notes;
  for (const int rows : {3, 20, 3'000}) {
    const auto work = [&] {
      Transaction transaction = notes.database().write();
      for (int pk = 1; pk <= rows; ++pk) {
        Notes<On>::mark(transaction, "m", pk);
        Notes<On>::add(transaction, pk == rows ? rows / 2 : pk);
      }
      transaction.commit();
      return 0;
    };
    BOOST_TEST(error_of(work) == "exists");
    Transaction next = notes.database().write();
    Notes<On>::mark(next, "later", rows);
    next.commit();
  }
  Transaction reader = notes.database().read();
  BOOST_TEST(Notes<On>::count(reader, "note") == 0);
  BOOST_TEST(Notes<On>::count(reader, "mark") == 3);
}

BOOST_AUTO_TEST_SUITE_END()
