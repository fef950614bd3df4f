#include "storage/row_memory.hpp"

#include <boost/test/unit_test.hpp>

#include "storage/scratch.hpp"

using namespace renraku::storage;

namespace {

using Clock = RowMemory::Clock;

RowsName name_of(const std::string& whose, std::uint8_t stamp, const std::string& sql = "SELECT") {
  RowsName name{whose, sql, {}};
  name.stamp.fill(stamp);
  return name;
}

/// Some hundreds of kilobytes.
std::shared_ptr<const PackedRows> rows_of(std::int64_t key) {
  auto rows = std::make_shared<PackedRows>();
  rows->add({key, {"a", "b", "c", "d", "e"}});
  return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(row_memory)

BOOST_AUTO_TEST_CASE(gives_rows_as_they_came) {
  PackedRows rows;
  const std::string large(300'000, 'x');
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = std::to_string(i);
    rows.add({i, {text, "", i % 900 == 0 ? std::string_view(large) : text, "久", ""}});
  }
  BOOST_TEST(rows.size() == 3'000U);
  BOOST_TEST(rows.bytes() > 4 * large.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PackedRow row = rows[i];
    const std::string text = std::to_string(i);
    const bool same = row.key == static_cast<std::int64_t>(i) && row.texts[0] == text &&
                      row.texts[1].empty() && row.texts[2] == (i % 900 == 0 ? large : text) &&
                      row.texts[3] == "久" && row.texts[4].empty();
    if (!same) BOOST_TEST(same, i);
  }
}

BOOST_AUTO_TEST_CASE(keeps_the_rows_of_one_stamp) {
  RowMemory memory;
  memory.keep(name_of("082112", 1), rows_of(1), 0);
  memory.keep(name_of("082112", 1, "SELECT more"), rows_of(2), 0);
  memory.keep(name_of("082023", 1), rows_of(3), 0);
  BOOST_TEST((*memory.find(name_of("082112", 1)))[0].key == 1);
  BOOST_TEST((*memory.find(name_of("082112", 1, "SELECT more")))[0].key == 2);
  BOOST_TEST(!memory.find(name_of("082112", 2)));
  // Nor the old ones any more.
  BOOST_TEST(!memory.find(name_of("082112", 1)));
  BOOST_TEST(!memory.find(name_of("082112", 1, "SELECT more")));
  BOOST_TEST((*memory.find(name_of("082023", 1)))[0].key == 3);
}

BOOST_AUTO_TEST_CASE(is_bounded) {
  const std::size_t one = rows_of(0)->bytes();
  RowMemory memory(3 * one);
  for (std::int64_t key = 0; key < 3; ++key) {
    memory.keep(name_of(std::to_string(key), 1), rows_of(key), 0);
  }
  BOOST_TEST(memory.find(name_of("0", 1)));
  memory.keep(name_of("3", 1), rows_of(3), 0);
  // The second was not used for longest.
  BOOST_TEST(memory.find(name_of("0", 1)));
  BOOST_TEST(!memory.find(name_of("1", 1)));
  BOOST_TEST(memory.find(name_of("2", 1)));
  BOOST_TEST(memory.find(name_of("3", 1)));
  RowMemory small(one - 1);
  small.keep(name_of("0", 1), rows_of(0), 0);
  BOOST_TEST(!small.find(name_of("0", 1)));
}

BOOST_AUTO_TEST_CASE(lets_go_of_what_changed_and_of_what_was_read_before) {
  RowMemory memory;
  memory.keep(name_of("082112", 1), rows_of(1), memory.changes());
  memory.keep(name_of("082023", 1), rows_of(2), memory.changes());
  const std::uint64_t before = memory.changes();
  const auto held = memory.find(name_of("082112", 1));
  memory.let_go("082112");
  BOOST_TEST(!memory.find(name_of("082112", 1)));
  BOOST_TEST(memory.find(name_of("082023", 1)));
  BOOST_TEST((*held)[0].texts[4] == "e");
  memory.keep(name_of("082112", 1), rows_of(1), before);
  BOOST_TEST(!memory.find(name_of("082112", 1)));
  memory.keep(name_of("082112", 1), rows_of(1), memory.changes());
  BOOST_TEST(memory.find(name_of("082112", 1)));
}

BOOST_AUTO_TEST_CASE(lets_go_of_what_nobody_uses) {
  RowMemory memory;
  const Clock::time_point now = Clock::now();
  memory.keep(name_of("082112", 1), rows_of(1), 0, now);
  memory.keep(name_of("082023", 1), rows_of(2), 0, now);
  BOOST_TEST(memory.find(name_of("082112", 1), now + std::chrono::minutes(9)));
  memory.let_go_of_old(now + std::chrono::minutes(11));
  BOOST_TEST(!memory.find(name_of("082023", 1), now + std::chrono::minutes(11)));
  BOOST_TEST(memory.find(name_of("082112", 1), now + std::chrono::minutes(11)));
  memory.let_go_of_old(now + std::chrono::minutes(22));
  BOOST_TEST(!memory.find(name_of("082112", 1), now + std::chrono::minutes(22)));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(readers_keep_and_committed_writers_let_go, On,
                              renraku::fixture::Engines) {
  const On on;
  Database database(on.create());
  const RowsName name = name_of("082112", 1);
  const auto is_kept = [&] { return database.read().kept_rows(name) != nullptr; };
  {
    Transaction writer = database.write();
    writer.keep_rows(name, rows_of(1));
    BOOST_TEST(!is_kept());
    BOOST_TEST(writer.changes_rows_of("082112"));
    BOOST_TEST(!writer.changes_rows_of("082112"));
    BOOST_TEST(writer.changes_rows_of("082023"));
    // Nothing came of it.
  }
  Transaction earlier = database.read();
  earlier.keep_rows(name, rows_of(1));
  BOOST_TEST(is_kept());
  {
    Transaction writer = database.write();
    BOOST_TEST(writer.changes_rows_of("082112"));
    BOOST_TEST(is_kept());
    writer.commit();
  }
  BOOST_TEST(!is_kept());
  // Who began before read what is no more.
  earlier.keep_rows(name, rows_of(1));
  BOOST_TEST(!is_kept());
  database.read().keep_rows(name, rows_of(1));
  BOOST_TEST(is_kept());
}

BOOST_AUTO_TEST_SUITE_END()
