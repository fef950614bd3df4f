// Sealing to a key pair, and in chunks.
#include "crypto/backup_key.hpp"

#include <boost/test/unit_test.hpp>
#include <numeric>

#include "crypto/chunks.hpp"
#include "crypto/expect.hpp"

using namespace renraku;
using namespace renraku::crypto;

namespace {

const Bytes place{1, 2, 3};

/// Three chunks, sealed.
struct Stream {
  Key key = Key::random();
  Digest context = sha256(view_of("header"));
  std::vector<Bytes> sealed;

  Stream() {
    Chunks chunks(key, context);
    for (int i = 0; i < 3; ++i) {
      const Bytes plain(100, static_cast<std::uint8_t>(i));
      sealed.emplace_back(plain.size() + chunk_overhead);
      chunks.seal(sealed.back(), plain, i == 2);
    }
  }
  /// How many open, in the order given, the last one as the last.
  [[nodiscard]] std::size_t opens(const std::vector<Bytes>& given) const {
    Chunks chunks(key, context);
    for (std::size_t i = 0; i < given.size(); ++i) {
      Bytes plain(given[i].size() - chunk_overhead);
      if (!chunks.open(plain, given[i], i + 1 == given.size())) return i;
    }
    return given.size();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(backup_keys)

BOOST_AUTO_TEST_CASE(what_the_public_half_seals_the_private_half_opens) {
  const PrintedBackupKey pair = make_backup_key();
  const Key inner = Key::random();
  const Bytes sealed = seal_key_to(read_public_backup_key(pair.public_half), place, inner);
  BOOST_TEST(sealed.size() == sealed_key_size);
  BOOST_TEST((sealed != seal_key_to(read_public_backup_key(pair.public_half), place, inner)));
  const Key mine = read_private_backup_key(pair.private_half);
  BOOST_TEST(same_bytes(open_sealed_key(mine, place, sealed).bytes(), inner.bytes()));
  const Key other = read_private_backup_key(make_backup_key().private_half);
  BOOST_CHECK_EXCEPTION(static_cast<void>(open_sealed_key(other, place, sealed)), Error,
                        kind(ErrorCode::wrong_passphrase));
  BOOST_CHECK_EXCEPTION(static_cast<void>(open_sealed_key(mine, Bytes{9}, sealed)), Error,
                        kind(ErrorCode::wrong_passphrase));
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_pen_and_the_other_half_are_told) {
  const PrintedBackupKey pair = make_backup_key();
  std::string slip = pair.public_half;
  slip.back() = slip.back() == '0' ? '1' : '0';
  for (const std::string& wrong :
       {slip, pair.private_half, std::string("backup-public"), std::string()}) {
    BOOST_CHECK_EXCEPTION(static_cast<void>(read_public_backup_key(wrong)), Error,
                          kind(ErrorCode::invalid));
  }
  BOOST_CHECK_EXCEPTION(static_cast<void>(read_private_backup_key(pair.public_half)), Error,
                        kind(ErrorCode::invalid));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(chunks)

BOOST_AUTO_TEST_CASE(open_in_their_order_whole_to_the_last) {
  const Stream stream;
  const auto& all = stream.sealed;
  BOOST_TEST(stream.opens(all) == 3u);
  BOOST_TEST(stream.opens({all[1], all[0], all[2]}) == 0u);
  BOOST_TEST(stream.opens({all[0], all[2]}) == 1u);
  BOOST_TEST(stream.opens({all[0], all[1]}) == 1u);  // the end was cut
  std::vector<Bytes> altered = all;
  altered[1][50] ^= 1;
  BOOST_TEST(stream.opens(altered) == 1u);
  std::vector<Bytes> longer = all;
  longer.push_back(all[2]);
  BOOST_TEST(stream.opens(longer) == 2u);
}

// As libsodium's crypto_aead_chacha20poly1305_ietf_encrypt sealed them: files of years ago must
// open.
BOOST_AUTO_TEST_CASE(are_rfc_8439_with_their_number_and_end_as_nonce) {
  Bytes numbers(32);
  std::iota(numbers.begin(), numbers.end(), std::uint8_t{0});
  Digest sevens;
  sevens.fill(7);
  Chunks stream(Key::from(numbers), sevens);
  Bytes first(7 + chunk_overhead);
  stream.seal(first, view_of("renraku"), false);
  BOOST_TEST(hex(first) == "6add2c43cc8dd3c02c7d2fa6a60df486b944184effed45");
  Bytes last(chunk_overhead);
  stream.seal(last, {}, true);
  BOOST_TEST(hex(last) == "b67b4c22e17145186b5d84f64ca251a0");
}

BOOST_AUTO_TEST_CASE(of_another_key_or_header_do_not_open) {
  Stream stream;
  stream.context[0] ^= 1;
  BOOST_TEST(stream.opens(stream.sealed) == 0u);
  Stream other;
  other.key = Key::random();
  BOOST_TEST(other.opens(other.sealed) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
