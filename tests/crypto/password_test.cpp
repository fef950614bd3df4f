#include "crypto/password.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "crypto/argon2.hpp"
#include "crypto/hashing_turn.hpp"
#include "expect.hpp"

using namespace renraku;
using namespace renraku::crypto;

namespace {

constexpr Argon2Cost weak = Argon2Cost::for_tests();

}  // namespace

BOOST_AUTO_TEST_SUITE(password)

BOOST_AUTO_TEST_CASE(hash_takes_its_password_only) {
  const std::string hash = hash_password("正しいパスワードです13", weak);
  BOOST_TEST(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
  BOOST_TEST(verify_password(hash, "正しいパスワードです13"));
  BOOST_TEST(!verify_password(hash, "正しいパスワードです14"));
  BOOST_TEST(!verify_password(hash, ""));
  BOOST_TEST(!verify_password(hash, std::string("正しいパスワードです13\0", 33)));
  BOOST_TEST(!verify_password(hash, std::string(password_most_bytes + 1, 'a')));
}

BOOST_AUTO_TEST_CASE(one_password_gives_two_hashes) {
  BOOST_TEST(hash_password("correct horse", weak) != hash_password("correct horse", weak));
}

BOOST_AUTO_TEST_CASE(the_usual_cost_is_the_default) {
  const std::string hash = hash_password("correct horse");
  BOOST_TEST(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  BOOST_TEST(verify_password(hash, "correct horse"));
}

BOOST_AUTO_TEST_CASE(a_cost_under_the_floor_is_refused) {
  BOOST_CHECK_EXCEPTION(static_cast<void>(hash_password("correct horse", {32u << 20, 2})), Error,
                        kind(ErrorCode::invalid_argument));
  BOOST_CHECK_EXCEPTION(static_cast<void>(hash_password("correct horse", {64u << 20, 1})), Error,
                        kind(ErrorCode::invalid_argument));
  BOOST_CHECK_EXCEPTION(
      static_cast<void>(hash_password("correct horse", {std::uint64_t{4} << 30, 2})), Error,
      kind(ErrorCode::invalid_argument));
}

BOOST_AUTO_TEST_CASE(unfit_passwords_are_refused) {
  BOOST_CHECK_EXCEPTION(static_cast<void>(hash_password("", weak)), Error,
                        kind(ErrorCode::invalid));
  BOOST_CHECK_EXCEPTION(static_cast<void>(hash_password(std::string("a\0b", 3), weak)), Error,
                        kind(ErrorCode::invalid));
  BOOST_CHECK_EXCEPTION(static_cast<void>(hash_password(std::string(1025, 'a'), weak)), Error,
                        kind(ErrorCode::too_large));
}

BOOST_AUTO_TEST_CASE(what_is_no_hash_is_damaged) {
  const std::string good = hash_password("correct horse", weak);
  const std::string bad[] = {"",
                             "correct horse",
                             good.substr(0, 12),
                             "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA",
                             "$argon2id$v=19$m=99999999999999999999,t=1,p=1$AAAA$AAAA",
                             "$argon2id$v=19$m=4194304,t=1,p=1$AAAA$AAAA",
                             "$argon2id$v=19$m=65536,t=4000000000,p=1$AAAA$AAAA",
                             good + std::string(200, 'A'),
                             good + std::string(1, '\0')};
  for (const std::string& hash : bad) {
    BOOST_CHECK_EXCEPTION(static_cast<void>(verify_password(hash, "correct horse")), Error,
                          kind(ErrorCode::damaged));
    BOOST_CHECK_EXCEPTION(static_cast<void>(needs_rehash(hash)), Error, kind(ErrorCode::damaged));
  }
}

BOOST_AUTO_TEST_CASE(an_old_cost_asks_for_renewal) {
  const std::string hash = hash_password("correct horse", weak);
  BOOST_TEST(!needs_rehash(hash, weak));
  BOOST_TEST(needs_rehash(hash));
}

BOOST_AUTO_TEST_CASE(the_decoy_costs_what_a_real_hash_costs_and_takes_nothing) {
  BOOST_TEST(!needs_rehash(decoy_password_hash()));
  BOOST_TEST(!verify_password(decoy_password_hash(), "correct horse"));
}

BOOST_AUTO_TEST_CASE(the_rule_counts_characters) {
  const auto refused = [](std::string_view text, bool second_factor, ErrorCode code) {
    BOOST_CHECK_EXCEPTION(check_password_rule(text, second_factor), Error, kind(code));
  };
  check_password_rule("1234567890123", false);
  refused("123456789012", false, ErrorCode::invalid);
  check_password_rule("12345678", true);
  refused("1234567", true, ErrorCode::invalid);
  check_password_rule("避難行動要支援者名簿を守る", false);  // 13 characters, 39 bytes
  refused("避難行動要支援者名簿守る", false, ErrorCode::invalid);
  check_password_rule("𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷", true);  // 8 characters of four bytes
  refused("𠮷𠮷𠮷𠮷𠮷𠮷𠮷", true, ErrorCode::invalid);
  refused("", false, ErrorCode::invalid);
  refused(std::string("1234567890123\0", 14), false, ErrorCode::invalid);
  check_password_rule(std::string(1024, 'a'), false);
  refused(std::string(1025, 'a'), false, ErrorCode::too_large);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(stretching)

BOOST_AUTO_TEST_CASE(depends_on_passphrase_salt_and_cost) {
  Argon2Salt salt{};
  const Key key = stretch("passphrase", salt, weak);
  BOOST_TEST(same_bytes(key.bytes(), stretch("passphrase", salt, weak).bytes()));
  BOOST_TEST(!same_bytes(key.bytes(), stretch("Passphrase", salt, weak).bytes()));
  BOOST_TEST(!same_bytes(key.bytes(), stretch("passphrase", salt, {16u << 10, 1}).bytes()));
  BOOST_TEST(!same_bytes(key.bytes(), stretch("passphrase", salt, {8u << 10, 2}).bytes()));
  salt[15] = 1;
  BOOST_TEST(!same_bytes(key.bytes(), stretch("passphrase", salt, weak).bytes()));
}

BOOST_AUTO_TEST_CASE(unbearable_costs_are_refused) {
  for (const Argon2Cost cost : {Argon2Cost{0, 1}, Argon2Cost{8u << 10, 0},
                                Argon2Cost{std::uint64_t{1} << 40, 1}, Argon2Cost{8u << 10, 21}}) {
    BOOST_CHECK_EXCEPTION(static_cast<void>(stretch("passphrase", {}, cost)), Error,
                          kind(ErrorCode::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(four_run_at_once_and_no_more) {
  std::atomic<int> entered = 0;
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::latch full(HashingTurn::limit);  // opens only when four hold their turn together
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const HashingTurn turn;
      const int now = ++inside;
      for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
      }
      if (entered++ < HashingTurn::limit) full.arrive_and_wait();
      std::this_thread::yield();
      --inside;
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(most == HashingTurn::limit);
}

BOOST_AUTO_TEST_CASE(a_turn_that_does_not_come_in_time_is_refused) {
  const HashingTurn one, two, three, four;
  BOOST_CHECK_EXCEPTION(HashingTurn(std::chrono::milliseconds(1)), Error, kind(ErrorCode::busy));
}

BOOST_AUTO_TEST_CASE(passwords_are_hashed_in_many_threads) {
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&, i] {
      const std::string mine = "password " + std::to_string(i);
      if (verify_password(hash_password(mine, weak), mine)) ++right;
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(right == 12);
}

BOOST_AUTO_TEST_SUITE_END()
