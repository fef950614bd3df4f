#include <boost/test/unit_test.hpp>

#include "text/fold.hpp"
#include "text/kana.hpp"
#include "text/kanji_variants.hpp"
#include "text/name.hpp"
#include "text/utf8.hpp"

using namespace renraku::text;

BOOST_AUTO_TEST_SUITE(kana)

BOOST_AUTO_TEST_CASE(one_spelling_for_readings) {
  BOOST_TEST(to_katakana("ﾜﾀﾅﾍﾞ ﾐｻｺ") == "ワタナベ　ミサコ");
  BOOST_TEST(to_katakana(" わたなべ 　みさこ　") == "ワタナベ　ミサコ");
  BOOST_TEST(to_katakana("ﾎﾟｰﾙ ｽﾐｽ") == "ポール　スミス");
  BOOST_TEST(to_katakana("ポ−ル･ス‐ザン") == "ポール・スーザン");
  BOOST_TEST(to_katakana("カ\u3099が゛は\u309Aウ゛ﾜﾞ") == "ガガ゛パヴヷ");
  BOOST_TEST(to_katakana("ｳﾞｧｲｵﾘﾝ") == "ヴァイオリン");
  BOOST_TEST(to_katakana("ゝゞゔゕゖヵヶッ") == "ヽヾヴヵヶヵヶッ");
  BOOST_TEST(to_katakana("ﾞア ﾟ") == "゛ア　゜");
  BOOST_TEST(to_katakana("A-1 \uE000") == "A-1　\uE000");
  BOOST_TEST(to_katakana("") == "");
  BOOST_TEST(to_katakana("　") == "");
}

BOOST_AUTO_TEST_CASE(composing_stays_in_its_script) {
  BOOST_CHECK(compose_kana(U'か', 0x3099) == U'が');
  BOOST_CHECK(compose_kana(U'う', 0x3099) == U'ゔ');
  BOOST_CHECK(compose_kana(U'ゝ', 0x3099) == U'ゞ');
  BOOST_CHECK(compose_kana(U'ほ', 0x309A) == U'ぽ');
  BOOST_CHECK(compose_kana(U'わ', 0x3099) == 0);
  BOOST_CHECK(compose_kana(U'ヲ', 0x3099) == U'ヺ');
  BOOST_CHECK(compose_kana(U'ガ', 0x3099) == 0);
  BOOST_CHECK(compose_kana(U'カ', 0x309A) == 0);
  BOOST_CHECK(compose_kana(U'A', 0x3099) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(folding)

BOOST_AUTO_TEST_CASE(spellings_of_the_same_thing_are_one) {
  const std::pair<const char*, const char*> same[] = {
      {"髙﨑　ハナ", "高崎 ハナ"},
      {"渡邉", "渡辺"},
      {"渡邊\U000E0101", "渡辺"},
      {"齋藤", "斉藤"},
      {"齊藤", "斎藤"},
      {"濵田", "浜田"},
      {"𠮷村", "吉村"},
      {"廣瀨", "広瀬"},
      {"大澤", "大沢"},
      {"中嶋", "中島"},
      {"福\u200B祥", "福祥"},
      {"ﾜﾀﾅﾍﾞ", "わたなべ"},
      {"ｶﾞ", "か\u3099"},
      {"カ゛", "が"},
      {"ショウイチ", "シヨウイチ"},
      {"いしづか", "イシズカ"},
      {"ハナヱ", "はなえ"},
      {"架空ヶ丘", "架空ケ丘"},
      {"ゖ", "ケ"},
      {"ポール", "ポ−ル"},
      {"ポ-ル", "ﾎﾟｰﾙ"},
      {"０２９７ー００ー０００１", "0297-00-0001"},
      {"台〜1", "台～1"},
      {"㈱架空", "(株)架空"},
      {"Ｓｍｉｔｈ", "SMITH"},
      {"①", "1"},
      {"架空\t \u00A0太郎 ", "架空 太郎"},
      {"e\u0301 ｶﾞ", "É が"},
      {"ハ゜", "ぱ"},
      {"㍼", "昭和"},
  };
  for (const auto& [one, other] : same) {
    BOOST_TEST(fold(one) == fold(other), one << " and " << other);
  }
}

BOOST_AUTO_TEST_CASE(different_things_stay_two) {
  const std::pair<const char*, const char*> different[] = {
      {"架空ヶ丘", "架空が丘"},  {"坂本", "阪本"},     {"ハハ", "パパ"},
      {"カキ", "ガキ"},          {"\uE000", "\uE001"}, {"〓", ""},
      {"架空 太郎", "架空太郎"}, {"大田", "太田"},     {"伊藤", "伊東"},
  };
  for (const auto& [one, other] : different) {
    BOOST_TEST(fold(one) != fold(other), one << " and " << other);
  }
}

BOOST_AUTO_TEST_CASE(folding_again_changes_nothing) {
  for (char32_t c = 1; c <= 0x2FA1F; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(c, text);
    const std::string once = fold(text);
    BOOST_REQUIRE_MESSAGE(fold(once) == once, "U+" << std::hex << static_cast<unsigned>(c));
  }
}

BOOST_AUTO_TEST_CASE(the_quick_way_and_the_long_way_agree) {
  // An accented letter sends a whole text the long way; it must not change its neighbours.
  const std::string long_way = "a\u0323\u0301";
  const std::string tail = fold(long_way);
  for (char32_t c = 0x21; c <= 0x2FA1F; ++c) {
    // Composed ワ row kana (unused in names) keep their small difference.
    if ((c >= 0xD800 && c <= 0xDFFF) || (c >= 0x30F7 && c <= 0x30FA)) continue;
    std::string text;
    append_utf8(c, text);
    const std::string quick = fold("表" + text + "表");
    BOOST_REQUIRE_MESSAGE(fold("表" + text + "表" + long_way) == quick + tail,
                          "U+" << std::hex << static_cast<unsigned>(c));
  }
}

BOOST_AUTO_TEST_CASE(each_variant_is_in_one_group) {
  std::u32string seen;
  std::size_t groups = 1;
  for (const char32_t c : kanji_variants()) {
    if (c == ' ') {
      ++groups;
      continue;
    }
    std::string text;
    append_utf8(c, text);
    BOOST_TEST(seen.find(c) == seen.npos, text << " stands twice");
    seen.push_back(c);
  }
  BOOST_TEST(groups > 300U);
}

BOOST_AUTO_TEST_CASE(search_ignores_spaces) {
  BOOST_TEST(search_text("髙橋　三郎").find(search_text("高橋三郎")) == 0U);
  BOOST_TEST(search_text("ポール").find(search_text("ール")) != std::string::npos);
  BOOST_TEST(!fold_version().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(name)

BOOST_AUTO_TEST_CASE(keys) {
  BOOST_TEST(name_key("髙﨑　ハナ", "タカサキ　ハナ") == name_key("高崎ハナ", ""));
  BOOST_TEST(name_key("", "ﾎﾟｰﾙ･ｽﾐｽ") == name_key("　", "ポール　スミス"));
  BOOST_TEST(name_key("架空　太郎", "") != name_key("架空　花子", ""));
  BOOST_TEST(name_key("", "").empty());
}

BOOST_AUTO_TEST_CASE(what_is_lost_or_unknown_equals_nothing) {
  for (const char* uncertain :
       {"", "　", "〓田　某", "\uE000田", "田\uFFFD", "田中？", "不詳", " 不明 ", "■田", "●"}) {
    BOOST_TEST(!is_certain(uncertain), uncertain);
    BOOST_TEST(!is_certain(name_key(uncertain, "")), uncertain);
  }
  BOOST_TEST(is_certain("架空　太郎"));
  BOOST_TEST(is_certain(name_key("𠮷村　健二", "")));
}

BOOST_AUTO_TEST_SUITE_END()
