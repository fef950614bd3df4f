// The table of columns: as the docs show it, and as headers are understood by it.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <renraku/error.hpp>
#include <renraku/json.hpp>

#include "exchange/roster/headers.hpp"
#include "exchange/roster/protection_words.hpp"

using namespace renraku;
using namespace renraku::exchange::roster;

namespace {

std::string with_commas(std::string_view aliases) {
  std::string out;
  for (const char c : aliases) out += c == ' ' ? std::string(", ") : std::string(1, c);
  return out;
}

std::vector<HeaderTarget> targets(std::vector<std::string_view> headers) {
  headers.insert(headers.end(), {"氏名", "生年月日"});
  return HeaderMap(headers, {}).targets();
}

bool is(const HeaderTarget& target, Column column) {
  return target.kind == HeaderTarget::Kind::column && target.column == column;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(roster_columns)

BOOST_AUTO_TEST_CASE(the_docs_list_every_column_with_its_aliases) {
  std::ifstream in(std::string(RENRAKU_TESTS) + "/../docs/roster-import.md");
  const std::string docs((std::istreambuf_iterator<char>(in)), {});
  std::size_t at = docs.find("| canonical | aliases |");
  BOOST_REQUIRE(at != std::string::npos);
  for (const ColumnInfo& column : columns()) {
    const std::string line =
        "\n| " + std::string(column.name) + " | " + with_commas(column.aliases) + " |";
    const std::size_t found = docs.find(line, at);
    BOOST_REQUIRE_MESSAGE(found != std::string::npos, column.name << " is not in the docs");
    at = found + 1;
  }
  BOOST_TEST(docs.substr(at + 1).find("\n| ") > docs.substr(at + 1).find("## Values"));
}

BOOST_AUTO_TEST_CASE(every_name_and_alias_is_understood) {
  for (const ColumnInfo& column : columns()) {
    std::string_view rest = column.aliases;
    std::vector<std::string_view> names{column.name};
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      names.push_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (const std::string_view name : names) {
      const std::vector<std::string_view> headers{
          name, column.column == Column::name ? "備考" : "氏名",
          column.column == Column::birth_date ? "備考" : "生年月日"};
      BOOST_TEST_CONTEXT(name) {
        BOOST_TEST(is(HeaderMap(headers, {}).targets()[0], column.column));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(headers_in_other_spellings) {
  BOOST_TEST(is(targets({"電 話（自宅）"})[0], Column::phone));
  BOOST_TEST(is(targets({"ｔｅｌ"})[0], Column::phone));
  BOOST_TEST(is(targets({"性別コード"})[0], Column::sex));
  BOOST_TEST(is(targets({"№"})[0], Column::reference));
  BOOST_TEST(is(targets({"ｶﾅ"})[0], Column::kana));
  const auto both = targets({"地区コード", "地区"});
  BOOST_TEST(is(both[1], Column::district));
  BOOST_CHECK(both[0].kind == HeaderTarget::Kind::own);
  const auto twice = targets({"連絡先", "電話番号"});
  BOOST_TEST(is(twice[1], Column::phone));
  BOOST_CHECK(twice[0].kind == HeaderTarget::Kind::own);
  const auto address = targets({"住所1", "住所2", "方書"});
  BOOST_TEST(is(address[0], Column::address));
  BOOST_CHECK(address[1].kind == HeaderTarget::Kind::address_part);
  BOOST_CHECK(address[2].kind == HeaderTarget::Kind::address_part);
}

BOOST_AUTO_TEST_CASE(the_individual_number_is_never_read) {
  BOOST_CHECK(targets({"個人番号"})[0].kind == HeaderTarget::Kind::unread);
  BOOST_CHECK(targets({"マイナンバー"})[0].kind == HeaderTarget::Kind::unread);
}

BOOST_AUTO_TEST_CASE(a_saved_profile_reads_the_same) {
  const std::vector<std::string_view> headers{"お名前", "生年月日", "住所２", "血液型", "個人番号"};
  const Profile given{1, {{"お名前", "氏名"}}, {}};
  const HeaderMap map(headers, given);
  const HeaderMap again(headers, read_profile(to_json(map.profile())));
  for (std::size_t i = 0; i < headers.size(); ++i) {
    BOOST_CHECK(map.targets()[i].kind == again.targets()[i].kind);
    BOOST_CHECK(map.targets()[i].column == again.targets()[i].column);
  }
  BOOST_CHECK_THROW(read_profile("{"), Error);
  BOOST_CHECK_THROW(read_profile(R"({"version":9})"), Error);
  BOOST_CHECK_THROW(HeaderMap(headers, Profile{1, {{"お名前", "なまえ"}}, {}}), Error);
}

BOOST_AUTO_TEST_CASE(words_that_tell_of_protection) {
  for (const char* text : {"DV等支援措置対象", "ｄｖ", "支 援 措 置", "住民票の閲覧制限",
                           "住所秘匿", "提供不可", "ＤＶ避難", "祕匿"}) {
    BOOST_TEST(!protection_word(text).empty(), text);
  }
  for (const char* text : {"", "DVD", "DVT（深部静脈血栓）", "ADVANCE", "提供可", "支援者", "d"}) {
    BOOST_TEST(protection_word(text).empty(), text);
  }
  for (const char* text : {"", "無", "なし", "×", "０", "－", "非該当"}) {
    BOOST_TEST(says_no(text), text);
  }
  BOOST_TEST(!says_no("該当"));
}

BOOST_AUTO_TEST_SUITE_END()
