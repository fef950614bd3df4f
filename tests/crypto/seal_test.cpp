#include "crypto/seal.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <set>

#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "crypto/short_aead.hpp"
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

BOOST_AUTO_TEST_SUITE(sealed_rows)

// Made with OpenSSL's ChaCha20-Poly1305 behind HChaCha20 in Python, and Python's hmac.
BOOST_AUTO_TEST_CASE(opens_what_another_implementation_sealed) {
  const Bytes sealed = from_hex(
      "02101112131415161718191a1b1c1d1e1f2021222324252627c9964d852a68a2200e6580a3cce38f2f5f2d801457"
      "a4a90ac34cd37b62756ab393e22fa5e67ce060");
  const Bytes text = RowSealer(Key::from(counting(0, 32))).open(place, sealed);
  BOOST_TEST(std::string(text.begin(), text.end()) == "避難行動要支援者");
}

// The way of short messages and libsodium's own, over every length around where they part.
BOOST_AUTO_TEST_CASE(is_to_the_byte_what_libsodium_makes) {
  const Key key = Key::random();
  std::array<std::uint8_t, ShortAead::nonce_size> nonce{};
  fill_random(nonce);
  const auto key_bytes = key.bytes().first<Key::size>();
  const Bytes text = counting(7, 900);
  for (std::size_t size = 0; ShortAead::fits(size, 0); ++size) {
    const ByteView plain = ByteView(text).first(size);
    const ByteView associated = ByteView(text).first((7 * size) % 257);
    Bytes expected(size + ShortAead::tag_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(expected.data(), nullptr, plain.data(), size,
                                               associated.data(), associated.size(), nullptr,
                                               nonce.data(), key.bytes().data());
    Bytes sealed(expected.size());
    ShortAead(nonce, key_bytes).seal(sealed.data(), associated, plain);
    BOOST_REQUIRE((sealed == expected));
    Bytes opened(size);
    BOOST_REQUIRE(ShortAead(nonce, key_bytes).open(opened.data(), associated, sealed));
    BOOST_REQUIRE(std::ranges::equal(opened, plain));
    sealed[(31 * size) % sealed.size()] ^= 0x40;
    BOOST_REQUIRE(!ShortAead(nonce, key_bytes).open(opened.data(), associated, sealed));
  }
}

BOOST_AUTO_TEST_CASE(takes_messages_of_every_length) {
  const RowSealer sealer(Key::random());
  for (const std::size_t size : {0, 1, 15, 16, 192, 193, 703, 704, 705, 1'000, 100'000}) {
    const Bytes text = counting(1, size);
    BOOST_TEST((sealer.open(place, sealer.seal(place, text)) == text));
  }
  const Bytes far = counting(2, 300);
  BOOST_TEST((sealer.open(far, sealer.seal(far, far)) == far));
}

BOOST_AUTO_TEST_CASE(comes_back_behind_what_was_there_and_never_looks_the_same_twice) {
  const RowSealer sealer(Key::random());
  Bytes out{1, 2, 3};
  sealer.seal(out, place, view_of("発熱"));
  BOOST_TEST(out.size() == 3 + 6 + row_seal_overhead);
  Bytes opened{9, 9};
  sealer.open(opened, place, ByteView(out).subspan(3));
  BOOST_TEST(std::string(opened.begin(), opened.end()) == "発熱");
  BOOST_TEST(sealer.seal(place, view_of("発熱")) != sealer.seal(place, view_of("発熱")));
  BOOST_TEST(sealer.open(place, sealer.seal(place, {})).empty());
}

BOOST_AUTO_TEST_CASE(refuses_what_was_altered_cut_moved_or_is_another_keys) {
  const RowSealer sealer(Key::random());
  const Bytes sealed = sealer.seal(place, view_of("発熱"));
  const auto damaged = kind(ErrorCode::damaged);
  const auto open = [&](ByteView bytes) { static_cast<void>(sealer.open(place, bytes)); };
  for (std::size_t i = 1; i < sealed.size(); ++i) {
    Bytes altered = sealed;
    altered[i] ^= 1;
    BOOST_CHECK_EXCEPTION(open(altered), Error, damaged);
  }
  BOOST_CHECK_EXCEPTION(open(ByteView(sealed).first(row_seal_overhead - 1)), Error, damaged);
  BOOST_CHECK_EXCEPTION(static_cast<void>(sealer.open(view_of("elsewhere"), sealed)), Error,
                        damaged);
  BOOST_CHECK_EXCEPTION(static_cast<void>(RowSealer(Key::random()).open(place, sealed)), Error,
                        damaged);
  Bytes other_suite = sealed;
  other_suite.front() = 3;
  BOOST_CHECK_EXCEPTION(open(other_suite), Error, kind(ErrorCode::newer_format));
}

BOOST_AUTO_TEST_SUITE_END()
