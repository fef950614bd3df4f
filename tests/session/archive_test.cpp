// Months of the journal that lie in archive files.
#include <boost/test/unit_test.hpp>

#include "fixture/damage.hpp"
#include "fixture/expect.hpp"
#include "fixture/old_city.hpp"
#include "fixture/raw_store.hpp"

using namespace renraku;
using namespace renraku::fixture;
namespace fs = std::filesystem;

namespace {

std::string state_of(const JournalReport& report) {
  return std::string(enum_name(report.state)) + " " + std::to_string(report.sequence);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(archive)

BOOST_AUTO_TEST_CASE(each_month_goes_to_a_file_of_its_own_and_verify_walks_through) {
  OldCity old;
  const JournalReport before = old.store().verify_journal();
  const auto segments = old.archive();
  BOOST_REQUIRE_EQUAL(segments.size(), 3u);
  BOOST_TEST(segments[0].first == 1);
  BOOST_TEST(segments[1].first == segments[0].last + 1);
  BOOST_TEST(segments[2].first == segments[1].last + 1);
  for (const JournalSegment& segment : segments) {
    BOOST_TEST(segment.municipality == joso);
    BOOST_TEST(fs::exists(segment.file));
  }
  BOOST_TEST(old.store().journal_segments().size() == 3u);
  const JournalReport with = old.store().verify_journal();
  BOOST_TEST(state_of(with) == "intact 0");
  BOOST_TEST(with.entries >= before.entries);
  BOOST_TEST(with.archived == 0);
  fs::rename(old.folder(), old.folder() += ".away");
  const JournalReport without = old.store().verify_journal();
  BOOST_TEST(state_of(without) == "intact 0");
  BOOST_TEST(without.archived == segments[2].last);
  BOOST_TEST(old.store().check().sound);
}

BOOST_AUTO_TEST_CASE(the_month_that_is_not_over_stays) {
  OldCity old;
  static_cast<void>(old.city().sign_in());
  const auto segments = old.archive({2030, 1, 0});
  BOOST_REQUIRE_EQUAL(segments.size(), 3u);
  BOOST_TEST(old.entries().size() > 1u);
  BOOST_TEST(old.archive({2030, 1, 0}).empty());
  BOOST_TEST(error_of([&] { return old.archive({2026, 0, 0}).size(); }) == "invalid");
  BOOST_TEST(error_of([&] { return old.archive({2026, 13, 0}).size(); }) == "invalid");
}

BOOST_AUTO_TEST_CASE(list_and_history_say_that_a_part_is_archived) {
  OldCity old;
  const auto segments = old.archive();
  const auto entries = old.entries();
  BOOST_TEST(entries.front().action == "journal_archive");
  BOOST_TEST(entries.front().sequence == segments[2].last);
  BOOST_TEST(entries.front().detail ==
             std::to_string(segments[2].last) + " entries up to this one lie in 3 archives");
  const auto history = old.city().sign_in().journal().history(old.first()).items;
  BOOST_REQUIRE_EQUAL(history.size(), 1u);
  BOOST_TEST(history[0].action == "journal_archive");
  // The record itself is untouched.
  BOOST_TEST(old.city().sign_in().people().view(old.first()).name == "架空改改改");
}

BOOST_AUTO_TEST_CASE(brought_back_it_is_as_before) {
  OldCity old;
  const auto before = old.entries();
  const auto segments = old.archive();
  // The middle one first.
  for (const std::size_t i : {1u, 0u, 2u}) {
    const JournalSegment back = old.store().bring_back_journal(segments[i].file);
    BOOST_TEST(back.first == segments[i].first);
    BOOST_TEST(state_of(old.store().verify_journal()) == "intact 0");
  }
  const auto after = old.entries();
  BOOST_REQUIRE(after.size() >= before.size());
  for (std::size_t i = 0; i < before.size(); ++i) BOOST_TEST(after[i].hash == before[i].hash);
  BOOST_TEST(old.city().sign_in().journal().history(old.first()).items.size() == 4u);
  BOOST_TEST(error_of([&] { return old.store().bring_back_journal(segments[0].file).first; }) ==
             "not_found");
  BOOST_TEST(old.archive().size() == 3u);
  BOOST_TEST(state_of(old.store().verify_journal()) == "intact 0");
}

BOOST_AUTO_TEST_CASE(a_file_that_was_altered_or_cut_is_named_and_not_brought_back) {
  OldCity old;
  const auto segments = old.archive();
  const fs::path file = segments[1].file;
  const auto size = static_cast<std::streamoff>(fs::file_size(file));
  for (const std::streamoff at : {std::streamoff{60}, size / 2, size - 1}) {
    flip_byte(file, at);
    BOOST_TEST(state_of(old.store().verify_journal()) ==
               "altered " + std::to_string(segments[1].first));
    BOOST_TEST(error_of([&] { return old.store().bring_back_journal(file).first; }) == "damaged");
    flip_byte(file, at);
  }
  fs::resize_file(file, static_cast<std::uintmax_t>(size - 20));
  BOOST_TEST(state_of(old.store().verify_journal()).starts_with("altered"));
  BOOST_TEST(error_of([&] { return old.store().bring_back_journal(file).first; }) == "damaged");
  std::ofstream(old.folder() / "other") << "something else that is long enough to be looked at";
  BOOST_TEST(field_of([&] {
               return old.store().bring_back_journal(old.folder() / "other").first;
             }) == "file");
}

BOOST_AUTO_TEST_CASE(a_segment_that_is_taken_out_or_moved_is_forged_or_missing) {
  for (const char* statement :
       {"DELETE FROM journal_segment WHERE first = 1",
        "UPDATE journal_segment SET last = last + 1 WHERE first = 1",
        "UPDATE journal_segment SET hash_after = zeroblob(32) WHERE first = 1",
        "UPDATE journal_segment SET signature = zeroblob(64) WHERE first = 1"}) {
    OldCity old;
    static_cast<void>(old.archive());
    fs::remove_all(old.folder());
    old.city().close();
    RawStore(old.city().found()).run(statement);
    old.city().reopen();
    BOOST_TEST((old.store().verify_journal().state != JournalState::intact), statement);
  }
}

BOOST_AUTO_TEST_CASE(a_witness_still_sees_through_archives) {
  OldCity old;
  old.store().flush();
  const auto heads = old.store().journal_heads();
  const Witness witness{{}, [&] { return heads; }};
  static_cast<void>(old.archive());
  BOOST_TEST(old.store().verify_journal(witness).witnessed);
  fs::remove_all(old.folder());
  BOOST_TEST(state_of(old.store().verify_journal(witness)) == "intact 0");
}

BOOST_AUTO_TEST_SUITE_END()
