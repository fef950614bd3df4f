#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "domain/municipalities/municipalities.hpp"

using renraku::domain::is_municipality_code;

BOOST_AUTO_TEST_SUITE(municipality_codes)

BOOST_AUTO_TEST_CASE(a_code_with_its_check_digit_is_one) {
  for (const char* code : {"082112", "122033", "232041", "232190", "232297", "011002", "131016",
                           "271004", "472018", "473821"}) {
    BOOST_TEST_CONTEXT(code) {
      BOOST_TEST(is_municipality_code(code));
    }
  }
}

BOOST_AUTO_TEST_CASE(any_other_last_digit_and_any_other_text_is_none) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    BOOST_TEST(is_municipality_code(std::string("08211") + digit) == (digit == '2'));
  }
  for (const std::string wrong :
       {"", "08211", "0821122", "O82112", "０８２１１２", "08211 ", "-82112"}) {
    BOOST_TEST_CONTEXT(wrong) {
      BOOST_TEST(!is_municipality_code(wrong));
    }
  }
}

BOOST_AUTO_TEST_CASE(every_code_of_the_ministry_is_one) {
  const std::filesystem::path file =
      std::filesystem::path(RENRAKU_SHARED_DATA) / "codes/code-to-city.json";
  std::ifstream in(file);
  if (!in) {
    BOOST_TEST_MESSAGE("skipped: the list of codes is not here");
    return;
  }
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const boost::json::value list = boost::json::parse({text.data(), text.size()});
  int codes = 0;
  for (const auto& [prefecture, about] : list.as_object()) {
    for (const auto& [key, city] : about.at("cities").as_object()) {
      const boost::json::string& code = city.at("code").as_string();
      ++codes;
      BOOST_TEST_CONTEXT(code) {
        BOOST_TEST(is_municipality_code({code.data(), code.size()}));
      }
    }
  }
  BOOST_TEST(codes > 1'700);
}

BOOST_AUTO_TEST_SUITE_END()
