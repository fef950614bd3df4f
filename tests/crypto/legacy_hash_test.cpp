// Hashes of other systems. The samples were made with Python's crypt, hashlib and base64.
#include "crypto/legacy_hash.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "expect.hpp"

using namespace renraku;
using namespace renraku::crypto;

namespace {

const std::string password = "ひみつ-架空-1";
const std::vector<std::string> samples{
    "$2a$04$abcdefghijklmnopqrstuuCoplb4A2esA2ni8s2i7hSN9iW9eHRhi",
    "$2b$05$abcdefghijklmnopqrstuuce1O6a6igFgwzQuigMLYPcO0LQyTKbC",
    "$2y$04$abcdefghijklmnopqrstuuCoplb4A2esA2ni8s2i7hSN9iW9eHRhi",
    "pbkdf2_sha256$1000$kakuuNoShio$A7iE9q9Xb+JqhHVFMK85AdHTCAhmaERmegivifWZpZg=",
    "$pbkdf2-sha256$1200$8PHy8/T19vf4.fr7/P3./w$4g9hI44Nkkp1Xs3vhxXFcuzZCJsN1PcySKLAQ"
    "9nXJOw",
    "pbkdf2_sha512$1000$kakuuNoShio$SRsR/CKRxrDWtL+NHsXNX5hO+C3WpOK/Fnv5ipzOqtDKziH5d"
    "ZZGap4Psl2s/zIM7wFIxSA6VEJAAXQmxX9Ikg==",
    "$pbkdf2-sha512$1200$8PHy8/T19vf4.fr7/P3./w$FGNEnBKzK1o0R9yAPJvW1uncM7/iXeKJqZ2wp"
    "7td/UhiexLWrF/Z5gb6lC68.Iye6.fh9ch0EtQlLShCg0e3jQ",
    "{SSHA}yrmE9XhpB7RlC/GZ7DfVkxsysDz6+/z9"};

}  // namespace

BOOST_AUTO_TEST_SUITE(legacy_hash)

BOOST_AUTO_TEST_CASE(each_form_takes_its_password_only) {
  for (const std::string& sample : samples) {
    BOOST_TEST_CONTEXT(sample) {
      BOOST_TEST(is_legacy_hash(sample));
      BOOST_TEST(verify_legacy_hash(sample, password));
      BOOST_TEST(!verify_legacy_hash(sample, password + " "));
      BOOST_TEST(!verify_legacy_hash(sample, ""));
      BOOST_TEST(!verify_legacy_hash(sample, password + std::string(1, '\0')));
      BOOST_TEST(!verify_legacy_hash(sample, std::string(2'000, 'a')));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_cut_or_grown_is_none) {
  for (const std::string& sample : samples) {
    BOOST_TEST_CONTEXT(sample) {
      BOOST_TEST(!is_legacy_hash(sample.substr(0, 20)));
      BOOST_TEST(!is_legacy_hash("x" + sample));
      BOOST_TEST(!is_legacy_hash(sample + std::string(600, 'A')));
      BOOST_TEST(!is_legacy_hash(sample + "\n"));
    }
  }
}

BOOST_AUTO_TEST_CASE(unknown_forms_are_refused_with_a_word_of_what_is_taken) {
  for (const char* hash :
       {"", "password", "{MD5}rL0Y20zC+Fzt72VPzMSk2A==", "$1$abc$def", "$6$rounds=5000$salt$hash",
        "{SSHA}", "{SSHA}AAAA", "$argon2id$v=19$m=8"}) {
    BOOST_TEST(!is_legacy_hash(hash));
    BOOST_CHECK_EXCEPTION(need_legacy_hash(hash), Error, kind(ErrorCode::invalid));
    BOOST_CHECK_EXCEPTION(static_cast<void>(verify_legacy_hash(hash, password)), Error,
                          kind(ErrorCode::damaged));
  }
}

BOOST_AUTO_TEST_CASE(what_would_tie_down_the_machine_is_refused) {
  std::string bcrypt = samples[0];
  bcrypt.replace(4, 2, "16");
  BOOST_TEST(is_legacy_hash(bcrypt));
  bcrypt.replace(4, 2, "17");
  BOOST_TEST(!is_legacy_hash(bcrypt));
  const auto iterations = [](const std::string& count) {
    std::string hash = samples[3];
    return hash.replace(hash.find("1000"), 4, count);
  };
  BOOST_TEST(is_legacy_hash(iterations("10000000")));
  BOOST_TEST(!is_legacy_hash(iterations("10000001")));
  BOOST_TEST(!is_legacy_hash(iterations("0")));
  BOOST_TEST(!is_legacy_hash(iterations("-1")));
  BOOST_TEST(!is_legacy_hash(iterations("99999999999999999999")));
}

BOOST_AUTO_TEST_SUITE_END()
