#include <boost/test/unit_test.hpp>
#include <renraku/error.hpp>

#include "text/encoding.hpp"
#include "text/utf8.hpp"

using namespace renraku::text;
using namespace std::string_view_literals;
using namespace std::string_literals;
using renraku::Error;
using renraku::ErrorCode;

namespace {

std::string from_cp932(std::string_view bytes) {
  return decode(bytes, Encoding::cp932);
}

std::string to_cp932(std::string_view text) {
  std::string out;
  EncodingLoss loss;
  encode_cp932(text, out, loss);
  return out;
}

std::string utf16(std::u16string_view text, bool little) {
  std::string out;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    out.push_back(little ? low : high);
    out.push_back(little ? high : low);
  }
  return out;
}

std::string in_chunks(std::string_view bytes, Encoding encoding, std::size_t size) {
  std::string out;
  Decoder decoder(encoding);
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    decoder.decode(bytes.substr(at, size), out);
  }
  decoder.finish();
  return out;
}

bool is_encoding_error(const Error& error) {
  return error.code() == ErrorCode::encoding;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cp932)

BOOST_AUTO_TEST_CASE(decodes_what_windows_means) {
  BOOST_TEST(from_cp932("\x5C\x7E\x1A\x1C\x7F") == "\x5C\x7E\x1A\x1C\x7F");
  BOOST_TEST(from_cp932("\x81\x60\x81\x7C\x81\x61\x81\x5C") == "\uFF5E\uFF0D\u2225\u2015");
  BOOST_TEST(from_cp932("\x87\x40\x87\x56\x87\x7E\x87\x8A") == "①Ⅲ㍻㈱");
  BOOST_TEST(from_cp932("\xFB\xFC\xEE\xE0\xFA\xB1\xED\x95") == "髙髙﨑﨑");
  BOOST_TEST(from_cp932("\xF0\x40\xF9\xFC") == "\uE000\uE757");
  BOOST_TEST(from_cp932("\xB6\xDE\xDF") == "ｶﾞﾟ");
  // Characters whose second byte is a backslash.
  BOOST_TEST(from_cp932("\x83\x5C\x95\x5C\x94\x5C\x97\x5C\x8F\x5C") == "ソ表能予十");
}

BOOST_AUTO_TEST_CASE(refuses_bytes_that_windows_leaves_open) {
  for (const auto bad : {"\x80"sv, "\xA0"sv, "\xFD"sv, "\xFE"sv, "\xFF"sv, "\x81\x3F"sv,
                         "\x81\x7F"sv, "\x85\x40"sv, "\xFC\x4C"sv, "\x81"sv}) {
    BOOST_CHECK_EXCEPTION(from_cp932("ab" + std::string(bad)), Error, [](const Error& error) {
      return is_encoding_error(error) &&
             std::string_view(error.what()).find("byte 2;") != std::string_view::npos;
    });
  }
}

BOOST_AUTO_TEST_CASE(encodes_in_the_order_of_windows) {
  BOOST_TEST(to_cp932("髙﨑") == "\xFB\xFC\xFA\xB1");
  BOOST_TEST(to_cp932("Ⅰ㈱№℡") == "\x87\x54\x87\x8A\x87\x82\x87\x84");
  BOOST_TEST(to_cp932("ⅰ") == "\xFA\x40");
  BOOST_TEST(to_cp932("∵≒≡∫√⊥∠∩∪￢") ==
             "\x81\xE6\x81\xE0\x81\xDF\x81\xE7\x81\xE3\x81\xDB\x81\xDA\x81\xBF\x81\xBE\x81\xCA");
  BOOST_TEST(to_cp932("\uE000\uE757") == "\xF0\x40\xF9\xFC");
}

BOOST_AUTO_TEST_CASE(every_code_comes_back_and_never_as_ED_or_EE) {
  std::size_t pairs = 0;
  for (int lead = 0x81; lead <= 0xFC; ++lead) {
    if (lead >= 0xA0 && lead < 0xE0) continue;
    for (int trail = 0x40; trail <= 0xFC; ++trail) {
      const char bytes[2] = {static_cast<char>(lead), static_cast<char>(trail)};
      std::string text;
      if (Decoder(Encoding::cp932).try_decode({bytes, 2}, text)) continue;
      ++pairs;
      EncodingLoss loss;
      std::string again;
      encode_cp932(text, again, loss);
      BOOST_REQUIRE_EQUAL(loss.replaced, 0U);
      BOOST_REQUIRE(again[0] != '\xED' && again[0] != '\xEE');
      BOOST_REQUIRE_EQUAL(from_cp932(again), text);
    }
  }
  // 6879 of JIS X 0208, 83 of row 13, 374 NEC-selected, 388 IBM, 1880 user-defined.
  BOOST_TEST(pairs == 9604U);
}

BOOST_AUTO_TEST_CASE(twins_and_decomposed_kana_are_written_without_loss) {
  std::string out;
  EncodingLoss loss;
  encode_cp932("\u301C\u2212\u2016\u2014\u00A5か\u3099ハ\u309A", out, loss);
  BOOST_TEST(out == "\x81\x60\x81\x7C\x81\x61\x81\x5C\x81\x8F\x82\xAA\x83\x70");
  BOOST_TEST(loss.replaced == 0U);
  BOOST_TEST(loss.dropped == 0U);
}

BOOST_AUTO_TEST_CASE(what_it_lacks_becomes_one_geta_and_is_reported) {
  std::string out;
  EncodingLoss loss;
  encode_cp932("𠮷村,邊\U000E0101,é,\"ソ\"", out, loss);
  BOOST_TEST(from_cp932(out) == "〓村,邊,〓,\"ソ\"");
  BOOST_TEST(loss.replaced == 2U);
  BOOST_TEST(loss.dropped == 1U);
  BOOST_TEST(loss.positions == (std::vector<std::size_t>{0, 11, 16}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(decoder)

BOOST_AUTO_TEST_CASE(chunk_borders_do_not_matter) {
  const std::string text = "表能𠮷ｶﾞ,\r\n1";
  const std::string bmp = "表能ｶﾞ～,\r\n1";
  for (std::size_t size = 1; size < 8; ++size) {
    BOOST_TEST(in_chunks(text, Encoding::utf8, size) == text);
    BOOST_TEST(in_chunks("\xEF\xBB\xBF" + text, Encoding::utf8_bom, size) == text);
    BOOST_TEST(in_chunks(to_cp932(bmp), Encoding::cp932, size) == bmp);
    BOOST_TEST(in_chunks(utf16(u"\uFEFF表能𠮷ｶﾞ,\r\n1", true), Encoding::utf16le, size) == text);
    BOOST_TEST(in_chunks(utf16(u"表能𠮷ｶﾞ,\r\n1", false), Encoding::utf16be, size) == text);
  }
}

BOOST_AUTO_TEST_CASE(an_end_within_a_character_is_an_error) {
  for (const auto& [bytes, encoding] :
       {std::pair("ab\xE3\x81"sv, Encoding::utf8), std::pair("ab\x83"sv, Encoding::cp932),
        std::pair("a\0\x42\xD8"sv, Encoding::utf16le), std::pair("a\0b"sv, Encoding::utf16le)}) {
    BOOST_CHECK_EXCEPTION((void)decode(bytes, encoding), Error, is_encoding_error);
  }
  BOOST_CHECK_EXCEPTION((void)decode("a\0\x42\xDC"sv, Encoding::utf16le), Error, is_encoding_error);
}

BOOST_AUTO_TEST_CASE(the_offset_counts_over_chunks) {
  Decoder decoder(Encoding::utf8);
  std::string out;
  decoder.decode("表表\xE8", out);
  BOOST_TEST(decoder.try_decode("\xA1\xA8x\xFF", out).value() == 10U);
}

BOOST_AUTO_TEST_CASE(long_texts_are_whole) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "ｱ表1";
  BOOST_TEST(decode(to_cp932(text), Encoding::cp932) == text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(encoding_detector)

BOOST_AUTO_TEST_CASE(marks_decide) {
  BOOST_CHECK(detect_encoding("\xEF\xBB\xBF氏名") == Encoding::utf8_bom);
  BOOST_CHECK(detect_encoding("\xFF\xFE\x0F\x6C") == Encoding::utf16le);
  BOOST_CHECK(detect_encoding("\xFE\xFF\x6C\x0F") == Encoding::utf16be);
}

BOOST_AUTO_TEST_CASE(then_utf8_then_cp932) {
  BOOST_CHECK(detect_encoding("") == Encoding::utf8);
  BOOST_CHECK(detect_encoding("a,b\r\n") == Encoding::utf8);
  BOOST_CHECK(detect_encoding("氏名,髙﨑") == Encoding::utf8);
  BOOST_CHECK(detect_encoding(to_cp932("氏名,髙﨑①")) == Encoding::cp932);
  BOOST_CHECK(detect_encoding("\xF0\x40") == Encoding::cp932);
}

BOOST_AUTO_TEST_CASE(utf16_without_a_mark_is_known_by_its_zero_bytes) {
  const auto text = u"氏名,住所\r\n架空　太郎,常総市　一丁目1\r\n"sv;
  BOOST_CHECK(detect_encoding(utf16(text, true)) == Encoding::utf16le);
  BOOST_CHECK(detect_encoding(utf16(text, false)) == Encoding::utf16be);
  // Stray NUL bytes make no UTF-16.
  const std::string stray = "abcd,\0"s + std::string(100, 'x');
  BOOST_CHECK(detect_encoding(stray) == Encoding::utf8);
  BOOST_CHECK(detect_encoding("氏名,住所\0\r\n架空　太郎,常総市\r\n"sv) == Encoding::utf8);
}

BOOST_AUTO_TEST_CASE(a_late_byte_decides_and_failure_names_both_places) {
  std::string bytes(200'000, 'a');
  bytes += to_cp932("表");
  EncodingDetector detector;
  for (std::size_t at = 0; at < bytes.size(); at += 1000) detector.feed(bytes.substr(at, 1000));
  BOOST_CHECK(detector.finish() == Encoding::cp932);

  BOOST_CHECK_EXCEPTION((void)detect_encoding("ab\x95\x5C\xFD"), Error, [](const Error& error) {
    const std::string_view text = error.what();
    return is_encoding_error(error) && text.find("UTF-8 (byte 2)") != text.npos &&
           text.find("CP932 (byte 4)") != text.npos;
  });
  BOOST_CHECK_EXCEPTION((void)detect_encoding("ab\xE3"), Error, is_encoding_error);
}

BOOST_AUTO_TEST_CASE(names) {
  for (const Encoding encoding : {Encoding::utf8, Encoding::utf8_bom, Encoding::cp932,
                                  Encoding::utf16le, Encoding::utf16be}) {
    BOOST_CHECK(parse_encoding(encoding_name(encoding)) == encoding);
  }
  BOOST_CHECK(parse_encoding("UTF-8-SIG") == Encoding::utf8_bom);
  BOOST_CHECK(parse_encoding("Shift_JIS") == Encoding::cp932);
  BOOST_CHECK_THROW((void)parse_encoding("euc-jp"), Error);
}

BOOST_AUTO_TEST_SUITE_END()
