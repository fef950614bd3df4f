// TOTP (RFC 6238, appendix B) and base 32 (RFC 4648, 10).
#include "crypto/totp.hpp"

#include <boost/test/unit_test.hpp>

#include "expect.hpp"

using namespace renraku;
using namespace renraku::crypto;

namespace {

const ByteView rfc_secret = view_of("12345678901234567890");

Instant at_second(std::int64_t second) {
  return {second * 1'000'000};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(totp)

BOOST_AUTO_TEST_CASE(codes_are_the_published_ones) {
  struct Vector {
    std::int64_t second;
    const char* sha1;
    const char* sha256;
  };
  for (const Vector& vector :
       {Vector{59, "94287082", "46119246"}, Vector{1111111109, "07081804", "68084774"},
        Vector{1111111111, "14050471", "67062674"}, Vector{1234567890, "89005924", "91819424"},
        Vector{2000000000, "69279037", "90698825"}, Vector{20000000000, "65353130", "77737706"}}) {
    const std::int64_t step = totp_step_at(at_second(vector.second));
    BOOST_TEST(totp_code(rfc_secret, step, TotpHash::sha1, 8) == vector.sha1);
    BOOST_TEST(totp_code(view_of("12345678901234567890123456789012"), step, TotpHash::sha256, 8) ==
               vector.sha256);
  }
}

BOOST_AUTO_TEST_CASE(one_step_before_and_after_is_taken_and_no_other) {
  const Instant now = at_second(1'795'230'000);
  const std::int64_t present = totp_step_at(now);
  for (std::int64_t away = -3; away <= 3; ++away) {
    const auto matched = match_totp(rfc_secret, totp_code(rfc_secret, present + away), now, 0);
    BOOST_TEST(matched.has_value() == (away >= -1 && away <= 1));
    if (matched) BOOST_TEST(*matched == present + away);
  }
}

BOOST_AUTO_TEST_CASE(a_step_that_was_used_and_those_before_it_are_not_taken) {
  const Instant now = at_second(1'795'230'000);
  const std::int64_t present = totp_step_at(now);
  const auto code = [&](std::int64_t away) { return totp_code(rfc_secret, present + away); };
  BOOST_TEST(!match_totp(rfc_secret, code(0), now, present).has_value());
  BOOST_TEST(!match_totp(rfc_secret, code(-1), now, present).has_value());
  BOOST_TEST(match_totp(rfc_secret, code(1), now, present).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_code_does_not_match) {
  const Instant now = at_second(59);
  for (const char* text : {"", "28708", "2870822", "94287082", "２８７０８２", "abcdef"}) {
    BOOST_TEST(!match_totp(rfc_secret, text, now, 0).has_value());
  }
  BOOST_TEST(match_totp(rfc_secret, "287082", now, 0).has_value());
}

BOOST_AUTO_TEST_CASE(base32_is_the_published_one) {
  BOOST_TEST(base32({}) == "");
  BOOST_TEST(base32(view_of("f")) == "MY");
  BOOST_TEST(base32(view_of("fo")) == "MZXQ");
  BOOST_TEST(base32(view_of("foo")) == "MZXW6");
  BOOST_TEST(base32(view_of("foob")) == "MZXW6YQ");
  BOOST_TEST(base32(view_of("fooba")) == "MZXW6YTB");
  BOOST_TEST(base32(view_of("foobar")) == "MZXW6YTBOI");
}

BOOST_AUTO_TEST_CASE(the_uri_holds_what_a_phone_needs) {
  BOOST_TEST(totp_uri("常総市", "a&b", rfc_secret) ==
             "otpauth://totp/%E5%B8%B8%E7%B7%8F%E5%B8%82:a%26b?secret="
             "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%B8%B8%E7%B7%8F%E5%B8%82&algorithm=SHA1&"
             "digits=6&period=30");
}

BOOST_AUTO_TEST_SUITE_END()
