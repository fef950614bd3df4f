#include <boost/test/unit_test.hpp>
#include <renraku/json.hpp>

#include "fixture/expect.hpp"

namespace renraku {
namespace {

enum class Colour { red, blue };
RENRAKU_DESCRIBE_ENUM(Colour, red, blue)

struct Leaf {
  std::string text;
  std::int64_t number = 0;
};
RENRAKU_DESCRIBE(Leaf, text, number)

struct Tree {
  Id<struct Tree> id;
  std::optional<Date> day;
  std::optional<Colour> colour;
  bool yes = false;
  std::int16_t small = 0;
  std::vector<Leaf> leaves;
  std::optional<Leaf> one;
};
RENRAKU_DESCRIBE(Tree, id, day, colour, yes, small, leaves, one)

}  // namespace
}  // namespace renraku

using namespace renraku;
using namespace renraku::fixture;

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(a_record_comes_back_as_it_went) {
  Tree tree;
  tree.id = Id<Tree>::parse("01980000-1234-7abc-8def-0123456789ab");
  tree.day = Date{1940, 3, 0};
  tree.colour = Colour::blue;
  tree.yes = true;
  tree.small = -32'768;
  tree.leaves = {{"髙﨑\n", 9'223'372'036'854'775'807}, {"", -9'223'372'036'854'775'807 - 1}};
  tree.one = Leaf{"\"\\", 1};
  const std::string text = to_json(tree);
  BOOST_TEST(
      text ==
      R"({"id":"01980000-1234-7abc-8def-0123456789ab","day":"1940-03","colour":"blue",)"
      R"("yes":true,"small":-32768,"leaves":[{"text":"髙﨑\n","number":9223372036854775807},)"
      R"({"text":"","number":-9223372036854775808}],"one":{"text":"\"\\","number":1}})");
  BOOST_TEST(to_json(from_json<Tree>(text)) == text);
}

BOOST_AUTO_TEST_CASE(absent_is_null_and_a_missing_field_keeps_its_default) {
  BOOST_TEST(to_json(Tree{}) ==
             R"({"id":"00000000-0000-0000-0000-000000000000","day":null,"colour":null,)"
             R"("yes":false,"small":0,"leaves":[],"one":null})");
  BOOST_TEST(from_json<Leaf>(R"({"number":7})").number == 7);
  BOOST_TEST(from_json<Leaf>("{}").text.empty());
}

BOOST_AUTO_TEST_CASE(every_character_of_a_text_comes_back) {
  for (int c = 0; c < 0x80; ++c) {
    const std::string text = std::string("a") + static_cast<char>(c) + "z";
    BOOST_REQUIRE(from_json<std::string>(to_json(text)) == text);
  }
  const std::string wide = "𠮷\u00e9\u0301邊󠄁\ue000〓";
  BOOST_TEST(from_json<std::string>(to_json(wide)) == wide);
  BOOST_TEST(from_json<std::string>(R"("\u9ad9\ud842\udfb7")") == "髙𠮷");
}

BOOST_AUTO_TEST_CASE(what_the_record_does_not_know_is_refused_by_name) {
  BOOST_TEST(error_of([] { return from_json<Leaf>(R"({"text":"","colour":1})"); }) == "invalid");
  BOOST_TEST(error_of([] { return from_json<Tree>(R"({"leaves":[{"x":1}]})"); }) == "invalid");
  BOOST_TEST(field_of([] { return from_json<Leaf>(R"({"text":5})"); }) == "text");
  BOOST_TEST(field_of([] { return from_json<Leaf>(R"({"number":"5"})"); }) == "number");
  BOOST_TEST(field_of([] { return from_json<Leaf>(R"({"number":1.5})"); }) == "number");
  BOOST_TEST(field_of([] { return from_json<Tree>(R"({"small":32768})"); }) == "small");
  BOOST_TEST(field_of([] { return from_json<Tree>(R"({"colour":"green"})"); }) == "colour");
  BOOST_TEST(field_of([] { return from_json<Tree>(R"({"yes":1})"); }) == "yes");
  BOOST_TEST(field_of([] { return from_json<Tree>(R"({"leaves":{}})"); }) == "leaves");
  for (const std::string wrong : {"", "{", "[]", "null", "{} {}", "{\"text\":\"\xff\"}", "\"a"}) {
    BOOST_TEST_CONTEXT(wrong) {
      BOOST_TEST(error_of([&] { return from_json<Leaf>(wrong); }) == "invalid");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_text_of_an_error_holds_nothing_of_what_was_read) {
  const auto said = [](const std::string& json) {
    return text_of([&] { return from_json<Leaf>(json); });
  };
  BOOST_TEST(said(R"({"text":{"鳥居坂":1}})").find("鳥居坂") == std::string::npos);
  BOOST_TEST(said(R"({"鳥居坂":1})").find("鳥居坂") == std::string::npos);
  BOOST_TEST(said(R"({"number":"鳥居坂"})").find("鳥居坂") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(every_kind_has_a_name_and_a_sentence) {
  using enum ErrorCode;
  for (const ErrorCode code : {internal,         busy,
                               disk_full,        io,
                               cancelled,        forked,
                               invalid_argument, empty_passphrase,
                               wrong_passphrase, sign_in_failed,
                               back_off,         session_ended,
                               second_factor,    reauthenticate,
                               not_permitted,    invalid,
                               missing,          too_large,
                               encoding,         not_found,
                               exists,           conflict,
                               not_a_store,      plaintext,
                               newer_format,     too_many_changes,
                               damaged}) {
    BOOST_TEST(error_name(code) != "unknown");
    BOOST_TEST(error_message_ja(code) != "不明なエラーです。");
  }
  BOOST_TEST(error_name(static_cast<ErrorCode>(9999)) == "unknown");
}

BOOST_AUTO_TEST_SUITE_END()
