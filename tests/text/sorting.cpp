#include <boost/test/unit_test.hpp>
#include <thread>

#include "text/kana.hpp"
#include "text/sort.hpp"

using namespace renraku::text;

BOOST_AUTO_TEST_SUITE(sorting)

BOOST_AUTO_TEST_CASE(readings_stand_in_gojuon_order) {
  const char* ordered[] = {
      "",     "アオキ　ハナ", "アオヤマ　イチ", "イトウ　ハナ", "イトウ　バナ", "イトウ　ハル",
      "カイ", "ガイ",         "カキ",           "キヤク",       "サイトウ",     "ワタナベ　ミサコ",
      "ヲノ", "ンバ"};
  for (std::size_t i = 1; i < std::size(ordered); ++i) {
    BOOST_CHECK_MESSAGE(sort_key(ordered[i - 1]) < sort_key(ordered[i]),
                        ordered[i - 1] << " before " << ordered[i]);
  }
  BOOST_CHECK(sort_key("ハハ") < sort_key("ハバ"));
  BOOST_TEST(sort_key("シヨウ") != sort_key("ショウ"));
  BOOST_TEST(sort_key(to_katakana("ﾜﾀﾅﾍﾞ")) == sort_key("ワタナベ"));
}

BOOST_AUTO_TEST_CASE(threads_get_the_same_key) {
  const std::string here = sort_key("イトウ　ハナ");
  std::string there;
  std::thread([&] { there = sort_key("イトウ　ハナ"); }).join();
  BOOST_TEST(here == there);
  BOOST_TEST(sort_key_version().starts_with("icu "));
}

BOOST_AUTO_TEST_CASE(long_texts_have_long_keys) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "ヷ゛\U0002F8A6";
  BOOST_TEST(sort_key(text) != sort_key(text + "ア"));
}

BOOST_AUTO_TEST_SUITE_END()
