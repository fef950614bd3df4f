#include "crypto/seal.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "crypto/hash.hpp"
#include "expect.hpp"

using namespace renraku;
using namespace renraku::crypto;

namespace {

const ByteView place = view_of("municipality 082112");

}  // namespace

BOOST_AUTO_TEST_SUITE(seal_)

BOOST_AUTO_TEST_CASE(opens_what_it_sealed) {
  const Sealer sealer(Key::random());
  for (const std::size_t size : {0u, 1u, 63u, 64u, 65u, 200u, 70000u}) {
    const Bytes plaintext = counting(3, size);
    const Bytes sealed = sealer.seal(place, plaintext);
    BOOST_TEST(sealed.size() == size + seal_overhead);
    BOOST_TEST(sealer.open(place, sealed) == plaintext);
  }
}

// Made with Python's hmac and OpenSSL's ChaCha20-Poly1305: the form must stay readable for ever.
BOOST_AUTO_TEST_CASE(opens_what_another_implementation_sealed) {
  const Bytes sealed = from_hex(
      "01101112131415161718191a1b1c1d1e1ffae0e8a13694a4bf591759552ddd9b458df10e5916bf5a3beaaf773748"
      "86b8e4b554791b84ac5ab9");
  const Bytes opened = open(Key::from(counting(0, 32)), place, sealed);
  BOOST_TEST(std::string(opened.begin(), opened.end()) == "避難行動要支援者");
}

BOOST_AUTO_TEST_CASE(never_looks_the_same_twice) {
  const Sealer sealer(Key::random());
  std::set<Bytes> seen;
  for (int i = 0; i < 300; ++i) seen.insert(sealer.seal(place, view_of("same")));
  BOOST_TEST(seen.size() == 300u);
}

BOOST_AUTO_TEST_CASE(notices_each_flipped_bit) {
  const Sealer sealer(Key::random());
  const Bytes sealed = sealer.seal(place, view_of("発熱"));
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes altered = sealed;
    altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ 1 << bit % 8);
    const auto expected = bit < 8 ? ErrorCode::newer_format : ErrorCode::damaged;
    BOOST_CHECK_EXCEPTION(static_cast<void>(sealer.open(place, altered)), Error, kind(expected));
  }
}

BOOST_AUTO_TEST_CASE(notices_each_cut) {
  const Sealer sealer(Key::random());
  Bytes sealed = sealer.seal(place, view_of("発熱"));
  sealed.push_back(0);
  BOOST_CHECK_EXCEPTION(static_cast<void>(sealer.open(place, sealed)), Error,
                        kind(ErrorCode::damaged));
  sealed.pop_back();
  while (!sealed.empty()) {
    sealed.pop_back();
    BOOST_CHECK_EXCEPTION(static_cast<void>(sealer.open(place, sealed)), Error,
                          kind(ErrorCode::damaged));
  }
}

BOOST_AUTO_TEST_CASE(opens_in_its_place_and_with_its_key_only) {
  const Key key = Key::random();
  const Bytes sealed = seal(key, place, view_of("発熱"));
  BOOST_CHECK_EXCEPTION(static_cast<void>(open(key, view_of("elsewhere"), sealed)), Error,
                        kind(ErrorCode::damaged));
  BOOST_CHECK_EXCEPTION(static_cast<void>(open(key, {}, sealed)), Error, kind(ErrorCode::damaged));
  BOOST_CHECK_EXCEPTION(static_cast<void>(open(Key::random(), place, sealed)), Error,
                        kind(ErrorCode::damaged));
}

BOOST_AUTO_TEST_CASE(wraps_keys) {
  const Sealer sealer(Key::random());
  const Key inner = Key::random();
  BOOST_TEST(same_bytes(sealer.unwrap(place, sealer.wrap(place, inner)).bytes(), inner.bytes()));
  const Bytes no_key = sealer.seal(place, counting(0, 31));
  BOOST_CHECK_EXCEPTION(static_cast<void>(sealer.unwrap(place, no_key)), Error,
                        kind(ErrorCode::damaged));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(seal_groups)

namespace {

const GroupPlace name = group_place("name");
const GroupPlace phone = group_place("phone");

Bytes sealed_in(const GroupSealer& group, const GroupPlace& at, std::string_view text) {
  Bytes out;
  group.seal(out, at, place, view_of(text));
  return out;
}

Bytes opened(const Sealer& sealer, const GroupPlace& at, ByteView sealed) {
  Bytes out;
  GroupOpener().open(out, sealer, at, place, sealed);
  return out;
}

}  // namespace

// Made with Python's hmac and OpenSSL's ChaCha20-Poly1305.
BOOST_AUTO_TEST_CASE(opens_what_another_implementation_sealed) {
  const Bytes sealed = from_hex(
      "01101112131415161718191a1b1c1d1e1f0e72e3b32e18675ca8e44db5b3bd5bd2b758572c65f7dd2b56d40f3fba"
      "72b4da282898f4183837c7");
  const Bytes text = opened(Sealer(Key::from(counting(0, 32))), name, sealed);
  BOOST_TEST(std::string(text.begin(), text.end()) == "避難行動要支援者");
}

BOOST_AUTO_TEST_CASE(one_opener_goes_through_values_of_several_groups_and_keys) {
  const Sealer one(Key::random());
  const Sealer other(Key::random());
  const GroupSealer first(one);
  const GroupSealer second(one);
  const GroupSealer third(other);
  GroupOpener opener;
  const auto open = [&](const Sealer& sealer, const GroupSealer& group, const GroupPlace& at,
                        std::string_view text) {
    Bytes out;
    opener.open(out, sealer, at, place, sealed_in(group, at, text));
    return std::string(out.begin(), out.end()) == text;
  };
  BOOST_TEST(open(one, first, name, "髙橋"));
  BOOST_TEST(open(one, first, phone, ""));
  BOOST_TEST(open(one, second, name, "髙橋"));
  BOOST_TEST(open(other, third, name, "佐藤"));
  BOOST_TEST(open(one, first, name, "髙橋"));
}

BOOST_AUTO_TEST_CASE(a_value_opens_at_its_place_only_and_not_as_one_alone) {
  const Sealer sealer(Key::random());
  const Bytes sealed = sealed_in(GroupSealer(sealer), name, "発熱");
  const auto damaged = kind(ErrorCode::damaged);
  BOOST_CHECK_EXCEPTION(opened(sealer, phone, sealed), Error, damaged);
  BOOST_CHECK_EXCEPTION(static_cast<void>(sealer.open(place, sealed)), Error, damaged);
  BOOST_CHECK_EXCEPTION(opened(sealer, name, sealer.seal(place, view_of("発熱"))), Error, damaged);
  BOOST_CHECK_EXCEPTION(opened(Sealer(Key::random()), name, sealed), Error, damaged);
  BOOST_TEST(opened(sealer, name, sealed).size() == 6U);
}

BOOST_AUTO_TEST_CASE(groups_differ_though_their_values_are_alike) {
  const Sealer sealer(Key::random());
  BOOST_TEST(sealed_in(GroupSealer(sealer), name, "same") !=
             sealed_in(GroupSealer(sealer), name, "same"));
  const GroupSealer group(sealer);
  BOOST_TEST(sealed_in(group, name, "same") != sealed_in(group, phone, "same"));
}

BOOST_AUTO_TEST_SUITE_END()
