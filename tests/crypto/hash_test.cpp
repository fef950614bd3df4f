// SHA-256 (FIPS 180-4 examples), HMAC (RFC 4231), HKDF (RFC 5869, appendix A).
#include "crypto/hash.hpp"

#include <boost/test/unit_test.hpp>

#include "crypto/hkdf.hpp"
#include "crypto/hmac.hpp"
#include "expect.hpp"

using namespace renraku;
using namespace renraku::crypto;

BOOST_AUTO_TEST_SUITE(digest)

BOOST_AUTO_TEST_CASE(sha256_gives_the_published_values) {
  BOOST_TEST(hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(hex(sha256(view_of("abc"))) ==
             "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(hex(sha256(view_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
             "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

BOOST_AUTO_TEST_CASE(pieces_give_what_the_whole_gives) {
  const Bytes whole = counting(0, 200);
  Sha256 running;
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    running.update(ByteView(whole).subspan(at, std::min<std::size_t>(7, whole.size() - at)));
  }
  BOOST_TEST(hex(running.digest()) == hex(sha256(whole)));
}

BOOST_AUTO_TEST_CASE(asking_for_the_digest_does_not_end_it) {
  Sha256 running;
  running.update(view_of("a"));
  BOOST_TEST(hex(running.digest()) == hex(sha256(view_of("a"))));
  Sha256 branch = running;
  branch.update(view_of("x"));
  running.update(view_of("bc"));
  BOOST_TEST(hex(running.digest()) == hex(sha256(view_of("abc"))));
  BOOST_TEST(hex(branch.digest()) == hex(sha256(view_of("ax"))));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hmac)

BOOST_AUTO_TEST_CASE(gives_the_published_values) {
  struct Vector {
    Bytes key, message;
    const char* mac;
  };
  const auto text = [](std::string_view t) { return Bytes(t.begin(), t.end()); };
  const Vector vectors[] = {
      {Bytes(20, 0x0b), text("Hi There"),
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {text("Jefe"), text("what do ya want for nothing?"),
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {Bytes(20, 0xaa), Bytes(50, 0xdd),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {counting(1, 25), Bytes(50, 0xcd),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {Bytes(131, 0xaa), text("Test Using Larger Than Block-Size Key - Hash Key First"),
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {Bytes(131, 0xaa),
       text("This is a test using a larger than block-size key and a larger than block-size data. "
            "The key needs to be hashed before being used by the HMAC algorithm."),
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  for (const Vector& vector : vectors) {
    BOOST_TEST(hex(HmacKey(vector.key).mac(vector.message)) == vector.mac);
  }
}

BOOST_AUTO_TEST_CASE(a_prepared_key_serves_many_messages) {
  const HmacKey key(view_of("Jefe"));
  const auto before = key.mac(view_of("one"));
  static_cast<void>(key.mac(view_of("two")));
  BOOST_TEST(hex(key.mac(view_of("one"))) == hex(before));
  BOOST_TEST(hex(key.mac({view_of("o"), view_of(""), view_of("ne")})) == hex(before));
}

BOOST_AUTO_TEST_CASE(verify_takes_the_value_and_no_other) {
  const HmacKey key(view_of("Jefe"));
  Digest value = key.mac(view_of("one"));
  BOOST_TEST(key.verify(view_of("one"), value));
  BOOST_TEST(!key.verify(view_of("two"), value));
  value[31] ^= 1;
  BOOST_TEST(!key.verify(view_of("one"), value));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(hkdf)

BOOST_AUTO_TEST_CASE(gives_the_published_values) {
  struct Vector {
    Bytes input, salt, info;
    const char* extracted;
    const char* expanded;
  };
  const Vector vectors[] = {
      {Bytes(22, 0x0b), counting(0, 13), counting(0xf0, 10),
       "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
       "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
      {counting(0, 80), counting(0x60, 80), counting(0xb0, 80),
       "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
       "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e"
       "590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
      {Bytes(22, 0x0b),
       {},
       {},
       "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
       "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
  };
  for (const Vector& vector : vectors) {
    const Key extracted = hkdf_extract(vector.salt, vector.input);
    BOOST_TEST(hex(extracted.bytes()) == vector.extracted);
    Bytes expanded(std::string_view(vector.expanded).size() / 2);
    hkdf_expand(HmacKey(extracted), vector.info, expanded);
    BOOST_TEST(hex(expanded) == vector.expanded);
  }
}

BOOST_AUTO_TEST_CASE(gives_255_blocks_and_no_more) {
  const HmacKey key(view_of("key"));
  Bytes most(255 * 32);
  hkdf_expand(key, {}, most);
  Bytes more(255 * 32 + 1);
  BOOST_CHECK_EXCEPTION(hkdf_expand(key, {}, more), Error, kind(ErrorCode::invalid_argument));
}

BOOST_AUTO_TEST_CASE(derived_keys_depend_on_key_and_purpose) {
  const Key key = Key::from(counting(0, 32));
  // Computed apart, with Python's hmac.
  BOOST_TEST(hex(derive_key(key, "key header").bytes()) ==
             "49d678f6e63eaa04b40efa794a90eb2dea8dc063b2b1c535260e46ae2628d27e");
  BOOST_TEST(hex(derive_key(key, "journal").bytes()) != hex(derive_key(key, "key header").bytes()));
}

BOOST_AUTO_TEST_SUITE_END()
