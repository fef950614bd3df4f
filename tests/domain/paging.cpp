#include "domain/paging.hpp"

#include <boost/test/unit_test.hpp>

#include "fixture/expect.hpp"

using namespace renraku;
using domain::SortPlace;

BOOST_AUTO_TEST_SUITE(places_in_an_order)

BOOST_AUTO_TEST_CASE(a_cursor_says_where_its_page_ended) {
  const SortPlace place{{0x00, 0xe3, 0xff}, Uuid::parse("019339aa-0000-7000-8000-00000000000a")};
  const SortPlace read = SortPlace::parse(place.cursor());
  BOOST_TEST(read.sort == place.sort, boost::test_tools::per_element());
  BOOST_TEST((read.id == place.id));
  const SortPlace unsorted = SortPlace::parse(SortPlace{{}, place.id}.cursor());
  BOOST_TEST(unsorted.sort.empty());
  BOOST_TEST((unsorted.id == place.id));
}

BOOST_AUTO_TEST_CASE(an_empty_cursor_is_the_start) {
  BOOST_TEST(SortPlace::parse("").sort.empty());
  BOOST_TEST((SortPlace::parse("").id == Uuid{}));
}

BOOST_AUTO_TEST_CASE(what_is_no_cursor_of_an_order_is_refused) {
  const std::string id = "019339aa-0000-7000-8000-00000000000a";
  const std::vector<std::string> strange{
      "kanri",     "cafe",       ".",        "cafe.",    id + "カナ",        id,       id + ".",
      "caf." + id, "cage." + id, "+a." + id, " 1." + id, "cafe." + id + "0", "cafe.42"};
  for (const std::string& cursor : strange) {
    BOOST_TEST_CONTEXT(cursor) {
      BOOST_TEST(fixture::error_of([&] { return SortPlace::parse(cursor).sort; }) == "invalid");
      BOOST_TEST(fixture::field_of([&] { return SortPlace::parse(cursor).sort; }) == "after");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
