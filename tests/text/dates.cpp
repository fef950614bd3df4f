#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <ostream>

#include "text/date.hpp"
#include "text/numerals.hpp"

using namespace renraku::text;
using renraku::Date;

namespace {

constexpr Date today{2026, 11, 21};

/// "1940-03-05", with "!" behind it for an overshoot, or the kind's name.
std::string read(std::string_view text) {
  const ReadDate date = read_date(text, today);
  switch (date.kind) {
    case DateKind::unknown:
      return "unknown";
    case DateKind::invalid:
      return "invalid";
    case DateKind::future:
      return "future";
    case DateKind::known:
      break;
  }
  return date.date.text() + (date.overshoot ? "!" : "");
}

using Cases = std::initializer_list<std::pair<const char*, const char*>>;

void check(Cases cases) {
  for (const auto& [text, expected] : cases)
    BOOST_TEST(read(text) == expected, text << " gives " << read(text));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dates)

BOOST_AUTO_TEST_CASE(every_notation_of_one_day) {
  for (const char* text : {"昭和15年3月5日",
                           "昭和15年03月05日",
                           "昭15.3.5",
                           "昭15年3月5日",
                           "S15/03/05",
                           "s15-3-5",
                           "S15.3.5",
                           "S.15.3.5",
                           "S150305",
                           "昭和150305",
                           "㍼15.3.5",
                           "㍼150305",
                           "3-150305",
                           "3-15-3-5",
                           "3.15.03.05",
                           "3/150305",
                           "3150305",
                           "昭和十五年三月五日",
                           "昭和一五年三月五日",
                           "Ｓ１５．３．５",
                           "昭和１５年３月５日",
                           "３１５０３０５",
                           "S15. 3. 5",
                           "昭和 15年 3月 5日",
                           "昭和15年3月5",
                           "S15・3・5",
                           "S15ー3ー5",
                           "昭和15−3−5",
                           "19400305",
                           "１９４００３０５",
                           "1940/3/5",
                           "1940-03-05",
                           "1940.3.5",
                           "1940年3月5日",
                           "西暦1940年3月5日",
                           "一九四〇年三月五日",
                           "1940／03／05",
                           "14675",
                           "14675.0",
                           "19400305.0",
                           "3150305.0",
                           "1940-03-05 00:00:00",
                           "1940/3/5 0:00",
                           "1940-03-05T00:00:00",
                           "1940-03-05 00:00:00.000",
                           "1940/3/5　00：00",
                           " 1940/3/5\n"}) {
    BOOST_TEST(read(text) == "1940-03-05", text << " gives " << read(text));
  }
}

BOOST_AUTO_TEST_CASE(values_of_the_rosters) {
  check({{"T14/12/01", "1925-12-01"},
         {"大正14年12月1日", "1925-12-01"},
         {"㍼64.1.7", "1989-01-07"},
         {"H1.1.8", "1989-01-08"},
         {"19890108", "1989-01-08"},
         {"Ｍ４５．７．２９", "1912-07-29"},
         {"R1.5.1", "2019-05-01"},
         {"令和元年5月1日", "2019-05-01"},
         {"R元.5.1", "2019-05-01"},
         {"㋿1.5.1", "2019-05-01"},
         {"R05/02/11", "2023-02-11"},
         {"Ｒ６．５．２９", "2024-05-29"},
         {"5030401", "2021-04-01"},
         {"平成元年十一月二十九日", "1989-11-29"},
         {"昭和六十二年七月十六日", "1987-07-16"},
         {"令和四年十一月二日", "2022-11-02"},
         {"1950-02-29", "invalid"},
         {"S30.2.30", "invalid"},
         {"昭和15年3月5日の二", "invalid"},
         {"不詳", "unknown"}});
}

BOOST_AUTO_TEST_CASE(less_than_a_day) {
  check({{"1940年3月", "1940-03"},
         {"1940/3", "1940-03"},
         {"昭和15年3月", "1940-03"},
         {"S15.3", "1940-03"},
         {"昭和15年", "1940"},
         {"S15", "1940"},
         {"1940年", "1940"},
         {"1940", "1940"},
         {"１８６８", "1868"},
         {"一九四〇年", "1940"},
         {"昭和十五年", "1940"},
         {"昭和64年", "1989"},
         {"1940.0", "1940"}});
}

BOOST_AUTO_TEST_CASE(days_beyond_their_era_are_taken_with_a_warning) {
  check({{"昭和64年1月7日", "1989-01-07"},
         {"昭和64年1月8日", "1989-01-08!"},
         {"昭和65年", "1990!"},
         {"昭和64年2月", "1989-02!"},
         {"平成31年4月30日", "2019-04-30"},
         {"平成31年5月1日", "2019-05-01!"},
         {"平成31年5月", "2019-05!"},
         {"平成31年", "2019"},
         {"平成1年1月7日", "1989-01-07!"},
         {"令和1年4月30日", "2019-04-30!"},
         {"昭和100年1月1日", "2025-01-01!"}});
}

BOOST_AUTO_TEST_CASE(days_of_change_belong_to_both_eras) {
  check({{"M45.7.30", "1912-07-30"},
         {"T1.7.30", "1912-07-30"},
         {"T1.7.29", "1912-07-29!"},
         {"M45.7.31", "1912-07-31!"},
         {"T15.12.25", "1926-12-25"},
         {"S1.12.25", "1926-12-25"},
         {"昭和元年12月24日", "1926-12-24!"},
         {"大正15年12月26日", "1926-12-26!"}});
}

BOOST_AUTO_TEST_CASE(meiji_is_gregorian_from_its_sixth_year) {
  check({{"M6.1.1", "1873-01-01"}, {"明治5年12月2日", "1872-12-02!"}, {"M1", "1868!"}});
}

BOOST_AUTO_TEST_CASE(digits_alone) {
  check({{"2100", "future"},      {"2101", "1905-10-01"},     {"1867", "1905-02-09"},
         {"9999", "1927-05-17"},  {"1000", "1902-09-26"},     {"99999", "future"},
         {"00014675", "invalid"}, {"0305", "invalid"},        {"150305", "invalid"},
         {"999", "invalid"},      {"194003055", "invalid"},   {"0150305", "invalid"},
         {"6150305", "invalid"},  {"19400229", "1940-02-29"}, {"19410229", "invalid"},
         {"19401301", "invalid"}, {"18671231", "invalid"},    {"3150230", "invalid"},
         {"3000305", "invalid"},  {"14675.5", "invalid"}});
}

BOOST_AUTO_TEST_CASE(other_tables_of_era_codes) {
  EraCodes codes;
  codes.by_digit = {};
  codes.by_digit[7] = Era::showa;
  const ReadDate date = read_date("7150305", today, codes);
  BOOST_CHECK(date.kind == DateKind::known);
  BOOST_CHECK((date.date == Date{1940, 3, 5}));
  BOOST_CHECK(read_date("3150305", today, codes).kind == DateKind::invalid);
  BOOST_CHECK(read_date("7-150305", today, codes).kind == DateKind::known);
}

BOOST_AUTO_TEST_CASE(after_today_is_future) {
  check({{"2026-11-21", "2026-11-21"},
         {"2026-11-22", "future"},
         {"2026-12", "future"},
         {"2026", "2026"},
         {"2027", "future"},
         {"R8.11.22", "future"},
         {"R150305", "future"}});
}

BOOST_AUTO_TEST_CASE(unknown_and_invalid) {
  check({{"", "unknown"},
         {" 　", "unknown"},
         {"不　明", "unknown"},
         {"未詳", "unknown"},
         {"昭和0年1月1日", "invalid"},
         {"S15.0.0", "invalid"},
         {"S15.13.1", "invalid"},
         {"S15.4.31", "invalid"},
         {"1940-00-00", "invalid"},
         {"15/3/5", "invalid"},
         {"5-3-1", "invalid"},
         {"3-15-3", "invalid"},
         {"3-15", "invalid"},
         {"03/05/1940", "invalid"},
         {"15年3月5日", "invalid"},
         {"昭和年3月5日", "invalid"},
         {"昭和", "invalid"},
         {"S15305", "invalid"},
         {"S1503", "invalid"},
         {"S15.3.", "invalid"},
         {"1940/", "invalid"},
         {"1940/3/5 09:00:00", "invalid"},
         {"1940/3/5 00:00:01", "invalid"},
         {"1940/3/5 00:0", "invalid"},
         {"1940/3/5 00:00:00.", "invalid"},
         {":", "invalid"},
         {"00:00", "invalid"},
         {"1940/3/5(火)", "invalid"},
         {"昭和15年3月5日頃", "invalid"},
         {"昭和15年3月5日5", "invalid"},
         {"元年5月1日", "invalid"},
         {"1940三月五日", "invalid"},
         {"昭和十三一年", "invalid"},
         {"架空", "invalid"},
         {"\uE000", "invalid"},
         {"\xFF\xFE", "invalid"},
         {"昭和15年3月5日昭和15年3月5日昭和15年3月5日昭和15年3月5日昭和15年3月5日", "invalid"}});
}

BOOST_AUTO_TEST_CASE(every_day_of_the_eras_comes_back) {
  for (int year = 1873; year <= 2026; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 31; ++day) {
        const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                        static_cast<std::uint8_t>(day)};
        const std::string plain = fmt::format("{:04}{:02}{:02}", year, month, day);
        const ReadDate read = read_date(plain, {2026, 12, 31});
        BOOST_REQUIRE_EQUAL(read.kind == DateKind::known, date.exists());
        if (date.exists()) BOOST_REQUIRE(read.date == date);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(numerals)

BOOST_AUTO_TEST_CASE(by_place_and_by_units) {
  BOOST_TEST(kanji_number(U"十").value() == 10);
  BOOST_TEST(kanji_number(U"十五").value() == 15);
  BOOST_TEST(kanji_number(U"六十四").value() == 64);
  BOOST_TEST(kanji_number(U"千九百四十").value() == 1940);
  BOOST_TEST(kanji_number(U"一九四〇").value() == 1940);
  BOOST_TEST(kanji_number(U"廿三").value() == 23);
  BOOST_TEST(kanji_number(U"卅").value() == 30);
  BOOST_TEST(kanji_number(U"弐拾参").value() == 23);
  BOOST_TEST(kanji_number(U"三一").value() == 31);
  for (const auto none :
       {U"", U"十三一", U"五二十", U"十百", U"十十", U"十〇", U"二廿", U"一二三四五"}) {
    BOOST_TEST(!kanji_number(none));
  }
  BOOST_TEST(!kanji_number_by_units(U"三一"));
  BOOST_TEST(kanji_number_by_units(U"三").value() == 3);
}

BOOST_AUTO_TEST_SUITE_END()
