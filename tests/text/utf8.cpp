#include "text/utf8.hpp"

#include <boost/test/unit_test.hpp>

#include "text/width.hpp"

using namespace renraku::text;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(every_scalar_value_survives_the_way_out_and_back) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(c, text);
    std::size_t at = 0;
    BOOST_REQUIRE(next_code_point(text, at) == c);
    BOOST_REQUIRE_EQUAL(at, text.size());
    BOOST_REQUIRE(is_utf8(text));
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_utf8_is_refused_at_its_first_byte) {
  for (const auto bad : {"\x80"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x80\x80"sv, "\xED\xA0\x80"sv,
                         "\xF0\x80\x80\x80"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv,
                         "\xE3\x81\x41"sv, "\xFF"sv}) {
    const std::string text = "表" + std::string(bad) + "x";
    const Utf8Check check = check_utf8(text);
    BOOST_TEST(check.valid == 3U);
    BOOST_TEST(!check.incomplete);
    BOOST_TEST(!is_utf8(text));
    // The walkers stay within the text.
    for (std::size_t at = 0; at < text.size();) (void)next_code_point(text, at);
  }
}

BOOST_AUTO_TEST_CASE(a_character_cut_off_by_the_end_is_incomplete) {
  const std::string text = "12345678表𠮷";
  const Utf8Check check = check_utf8(std::string_view(text).substr(0, text.size() - 1));
  BOOST_TEST(check.valid == 11U);
  BOOST_TEST(check.incomplete);
}

BOOST_AUTO_TEST_CASE(marks_to_notice) {
  BOOST_TEST(has_private_use("\uE000町"));
  BOOST_TEST(has_private_use("町\uF8FF"));
  BOOST_TEST(has_private_use("\U000F0000"));
  BOOST_TEST(!has_private_use("町（ﾊﾟ）𠮷\uFFFD"));
  BOOST_TEST(has_nul("a\0b"sv));
  BOOST_TEST(has_control("a\x1b"));
  BOOST_TEST(has_control("a\x7f"));
  BOOST_TEST(has_control("a\u0085"));
  BOOST_TEST(!has_control("a\tb\r\nÂ表"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(width)

BOOST_AUTO_TEST_CASE(spaces_of_all_kinds_are_trimmed_at_the_ends_only) {
  BOOST_TEST(trim("　\u00A0 架空　太郎\r\n\u200B") == "架空　太郎");
  BOOST_TEST(trim("　 ").empty());
  BOOST_TEST(trim("").empty());
}

BOOST_AUTO_TEST_CASE(nfkc_and_digits) {
  BOOST_TEST(nfkc("ﾊﾟ㈱１Ａ") == "パ(株)1A");
  BOOST_TEST(digits_of("０２９７－(00)-0001") == "0297000001");
  BOOST_TEST(without_fraction("3030001.0") == "3030001");
  BOOST_TEST(without_fraction("3.5") == "3.5");
  BOOST_TEST(without_fraction("S15.0") == "S15.0");
  BOOST_TEST(without_fraction("1.2.0") == "1.2.0");
  BOOST_TEST(without_fraction(".0") == ".0");
}

BOOST_AUTO_TEST_SUITE_END()
