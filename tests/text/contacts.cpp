#include <boost/test/unit_test.hpp>

#include "text/address.hpp"
#include "text/phone.hpp"
#include "text/postal.hpp"

using namespace renraku::text;

namespace {

/// The digits, with "+0" behind them if a zero came back, or "none".
std::string phone(std::string_view text) {
  const auto read = read_phone(text);
  if (!read) return "none";
  return read->digits + (read->zero_restored ? "+0" : "");
}

using Cases = std::initializer_list<std::pair<const char*, const char*>>;

}  // namespace

BOOST_AUTO_TEST_SUITE(phones)

BOOST_AUTO_TEST_CASE(spellings) {
  for (const char* text :
       {"0297-00-0001", "(0297)00-0001", "0297(00)0001", "0297000001", "０２９７－００－０００１",
        "0297ー00ー0001", "0297‐00−0001", "0297 00 0001", "0297.00.0001", "+81-297-00-0001",
        "＋81(0)297-00-0001", "TEL: 0297-00-0001", "自宅　0297-00-0001", "0297-00-0001（自宅）",
        "0297\u200B-00-0001", "[0297]00-0001"}) {
    BOOST_TEST(phone(text) == "0297000001", text << " gives " << phone(text));
  }
}

BOOST_AUTO_TEST_CASE(lost_zeros_come_back) {
  for (const auto& [text, expected] : Cases{{"297-00-0006", "0297000006+0"},
                                            {"297000006", "0297000006+0"},
                                            {"297000006.0", "0297000006+0"},
                                            {"9000000006", "09000000006+0"},
                                            {"9000000006.0", "09000000006+0"},
                                            {"8000000005", "08000000005+0"},
                                            {"70-0000-0005", "07000000005+0"},
                                            {"120-000-000", "0120000000+0"},
                                            {"090-0000-0001", "09000000001"},
                                            {"050-0000-0001", "05000000001"},
                                            {"0120-000-000", "0120000000"},
                                            {"0800-000-0000", "08000000000"},
                                            {"03-0000-0001", "0300000001"}}) {
    BOOST_TEST(phone(text) == expected, text << " gives " << phone(text));
  }
}

BOOST_AUTO_TEST_CASE(no_phones) {
  for (const char* text :
       {"", "なし", "-", "00-0001", "303-0001", "2021年4月1日", "090-0000-000", "0297-00-00011",
        "1234567890", "+1-202-000-0000", "+81", "00-0000-0000", "0000000000", "901234567",
        "0123456789012345678901234567890", "内線12"}) {
    BOOST_TEST(phone(text) == "none", text << " gives " << phone(text));
  }
}

BOOST_AUTO_TEST_CASE(a_second_number_is_read_from_the_rest) {
  for (const char* text :
       {"0297-00-0001／090-0000-0001", "0297-00-0001・090-0000-0001", "0297-00-0001、090-0000-0001",
        "0297-00-0001 090-0000-0001", "0297-00-0001(090-0000-0001)", "0297-00-0001\n090-0000-0001",
        "自宅0297-00-0001 携帯090-0000-0001", "297-00-0001 90-0000-0001"}) {
    const auto first = read_phone(text);
    BOOST_REQUIRE_MESSAGE(first, text);
    BOOST_TEST(first->digits == "0297000001");
    const auto second = read_phone(first->rest);
    BOOST_REQUIRE_MESSAGE(second, text);
    BOOST_TEST(second->digits == "09000000001");
    BOOST_TEST(!read_phone(second->rest));
  }
  const auto labelled = read_phone("0297-00-0001（長男）");
  BOOST_TEST(labelled->rest == "（長男）");
  BOOST_TEST(phone("2021.4.1 0297-00-0001") == "0297000001");
  BOOST_TEST(phone("1 (0297)00-0001") == "0297000001");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(postal_codes)

BOOST_AUTO_TEST_CASE(spellings) {
  for (const auto& [text, expected] : Cases{{"303-0001", "3030001"},
                                            {"〒303-0001", "3030001"},
                                            {"〒 ３０３－０００１", "3030001"},
                                            {"3030001", "3030001"},
                                            {"3030001.0", "3030001"},
                                            {"303ー0001", "3030001"},
                                            {"600001", "0600001"},
                                            {"10010", "0010010"},
                                            {"060-0001", "0600001"}}) {
    BOOST_TEST(read_postal(text).value_or("none") == expected, text);
  }
  for (const char* none : {"", "303", "303-00", "3030-001", "303-0001-1", "30300011", "000-0000",
                           "303-0001 常総市", "1010", "3-030001", "60-0001", "〒"}) {
    BOOST_TEST(!read_postal(none), none);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(addresses)

BOOST_AUTO_TEST_CASE(twenty_spellings_of_one_address) {
  const char* spellings[] = {
      "茨城県常総市水海道架空町２丁目３番地の４",
      "常総市水海道架空町2丁目3番地4",
      "常総市水海道架空町2丁目3番4号",
      "常総市水海道架空町二丁目3番4号",
      "常総市水海道架空町二丁目３－４",
      "常総市水海道架空町2-3-4",
      "常総市水海道架空町２－３－４",
      "常総市水海道架空町2‐3‐4",
      "常総市水海道架空町2−3−4",
      "常総市水海道架空町2ー3ー4",
      "常総市水海道架空町2―3—4",
      "常総市水海道架空町2の3の4",
      "常総市水海道架空町2ノ3ノ4",
      "常総市水海道架空町２之３之４",
      "常総市　水海道架空町　2-3-4",
      "常総市水海道架空町 2丁目 3番 4号",
      "常総市水海道架空町2 - 3 - 4",
      "茨城県 常総市水海道架空町2-3番地4",
      "〒303-0001 茨城県常総市水海道架空町2-3-4",
      "常総市水海道架空町2丁目-3番-4号",
      "常総市水海道架空町2丁目3ｰ4",
      "常總市水海道架空町2-3-4",
      "常総市水海道架空町\U000E01002-3-4",
  };
  for (const char* spelling : spellings) {
    BOOST_TEST(address_key(spelling) == address_key(spellings[0]),
               spelling << " gives " << address_key(spelling));
  }
  BOOST_TEST(address_key("常総市架空1448番地") == address_key("常総市架空１４４８"));
  BOOST_TEST(address_key("架空ヶ丘1丁目1番地") == address_key("架空ケ丘一丁目1"));
  BOOST_TEST(address_key("架空町2番地の4　みどり荘１０１") == address_key("架空町2-4みどり荘101"));
  BOOST_TEST(address_key("架空町12丁目1") == address_key("架空町十二丁目１"));
  BOOST_TEST(address_key("堺市架空町3丁1番") == address_key("堺市架空町3-1"));
  BOOST_TEST(address_key("富山県富山市1") == address_key("冨山市1"));
  BOOST_TEST(address_key("神奈川県横浜市1") == address_key("横濱市1"));
  BOOST_TEST(address_key("架空台〜1丁目−2‐3―4") == address_key("架空台～1丁目－2‐3―4"));
}

BOOST_AUTO_TEST_CASE(addresses_that_must_not_be_equated) {
  const std::pair<const char*, const char*> different[] = {
      {"架空町673番地2", "架空町6732"},
      {"常総市大字上里1", "常総市字上里1"},
      {"常総市大字上里1", "常総市上里1"},
      {"架空町5番6号", "架空町5番6号室"},
      {"架空町5-6-101", "架空町5番6号101号室"},
      {"架空町673番地", "架空町六百七十三番地"},
      {"三和1", "3和1"},
      {"十日市場1", "10日市場1"},
      {"架空ヶ丘1", "架空が丘1"},
      {"架空町三番町1", "架空町3-町1"},
      {"架空町2番地4 101", "架空町2番地4101"},
      {"架空町2-4みどり荘101", "架空町2-4"},
      {"架空町1-23", "架空町12-3"},
      {"架空町5号棟", "架空町5棟"},
      {"京都市上る1", "京都市下る1"},
      {"架空町3213 101号", "架空町3213番地101号"},
      {"府中市1", "京都府中市1"},
      {"架空町一の二", "架空町1-2"},
      {"架空三一丁目1", "架空31丁目1"},
  };
  for (const auto& [one, other] : different) {
    BOOST_TEST(address_key(one) != address_key(other), one << " and " << other);
  }
}

BOOST_AUTO_TEST_CASE(a_fragment_is_found_in_the_whole) {
  const std::string whole = address_key("茨城県常総市水海道架空町１丁目２番３号");
  for (const char* fragment : {"架空町1丁目", "架空町一丁目2番", "水海道", "架空町１－２－３"}) {
    BOOST_TEST(whole.find(address_key(fragment)) != std::string::npos, fragment);
  }
}

BOOST_AUTO_TEST_SUITE_END()
