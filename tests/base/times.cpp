#include <boost/test/unit_test.hpp>
#include <renraku/time.hpp>

#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

BOOST_AUTO_TEST_SUITE(times)

BOOST_AUTO_TEST_CASE(an_instant_is_written_in_utc_to_the_microsecond) {
  BOOST_TEST(Instant{0}.text() == "1970-01-01T00:00:00.000000Z");
  BOOST_TEST(Instant{1'795'230'000'000'006}.text() == "2026-11-21T03:00:00.000006Z");
  BOOST_TEST(Instant{-1}.text() == "1969-12-31T23:59:59.999999Z");
  BOOST_TEST(Instant{951'782'400'000'000}.text() == "2000-02-29T00:00:00.000000Z");
}

BOOST_AUTO_TEST_CASE(a_date_keeps_its_precision_through_its_text) {
  for (const std::string text :
       {"1940-03-05", "1940-03", "1940", "0001", "9999-12-31", "2000-02-29"}) {
    BOOST_TEST(Date::parse(text).text() == text);
  }
  BOOST_TEST((Date::parse("1940-03") == Date{1940, 3, 0}));
  BOOST_TEST((Date::parse("1940") == Date{1940, 0, 0}));
}

BOOST_AUTO_TEST_CASE(every_day_of_eight_years_is_what_it_says) {
  int days = 0;
  for (int year = 1996; year < 2004; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 31; ++day) {
        const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                        static_cast<std::uint8_t>(day)};
        if (!date.exists()) continue;
        ++days;
        BOOST_REQUIRE((Date::parse(date.text()) == date));
      }
    }
  }
  BOOST_TEST(days == 8 * 365 + 2);
}

BOOST_AUTO_TEST_CASE(a_day_that_does_not_exist_is_refused) {
  for (const std::string wrong :
       {"", "1940-02-30", "1900-02-29", "1940-13-01", "1940-00-05", "1940-03-00", "1940-3-5",
        "0000", "19400305", "1940/03/05", "1940-03-05 ", " 1940-03-05", "1940-03-05T00:00:00",
        "-940", "1940-+3-05", "１９４０", "1940-03-", "1940-"}) {
    BOOST_TEST_CONTEXT(wrong) {
      BOOST_TEST(error_of([&] { return Date::parse(wrong); }) == "invalid");
    }
  }
  BOOST_TEST(!(Date{1940, 0, 5}).exists());
  BOOST_TEST(!(Date{0, 1, 1}).exists());
  BOOST_TEST(!(Date{10'000, 1, 1}).exists());
}

BOOST_AUTO_TEST_CASE(the_day_in_japan_begins_nine_hours_before_utc) {
  constexpr std::int64_t hour = 3'600'000'000;
  const Instant midnight_utc{1'795'219'200'000'000};  // 2026-11-21T00:00:00Z
  BOOST_TEST(Date::in_japan(midnight_utc).text() == "2026-11-21");
  BOOST_TEST(Date::in_japan({midnight_utc.micros + 15 * hour - 1}).text() == "2026-11-21");
  BOOST_TEST(Date::in_japan({midnight_utc.micros + 15 * hour}).text() == "2026-11-22");
  BOOST_TEST(Date::in_japan({midnight_utc.micros - 9 * hour}).text() == "2026-11-21");
  BOOST_TEST(Date::in_japan({midnight_utc.micros - 9 * hour - 1}).text() == "2026-11-20");
}

BOOST_AUTO_TEST_CASE(dates_sort_as_time_goes) {
  BOOST_TEST((Date{1940, 0, 0} < Date{1940, 3, 0}));
  BOOST_TEST((Date{1940, 3, 0} < Date{1940, 3, 5}));
  BOOST_TEST((Date{1940, 3, 5} < Date{1941, 0, 0}));
}

BOOST_AUTO_TEST_SUITE_END()
