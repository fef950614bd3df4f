#include "crypto/secret.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "expect.hpp"

using namespace renraku;
using namespace renraku::crypto;

BOOST_AUTO_TEST_SUITE(secret)

BOOST_AUTO_TEST_CASE(begins_with_zeros_even_where_another_lay) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{256}, std::size_t{257}}) {
    for (int round = 0; round < 3; ++round) {
      SecretBytes secret(size);
      BOOST_TEST(secret.size() == size);
      BOOST_TEST(std::ranges::all_of(secret.bytes(), [](auto byte) { return byte == 0; }));
      std::ranges::fill(secret.writable(), std::uint8_t{0xee});
    }
  }
}

BOOST_AUTO_TEST_CASE(is_wiped_when_it_ends) {
  const std::uint8_t* where = nullptr;
  {
    SecretBytes secret(32);
    std::ranges::fill(secret.writable(), std::uint8_t{0xee});
    where = secret.bytes().data();
  }
  // Small secrets go back to a slab that stays mapped, so the place can still be looked at.
  BOOST_TEST(std::all_of(where, where + 32, [](auto byte) { return byte == 0; }));
}

BOOST_AUTO_TEST_CASE(moves_and_leaves_nothing) {
  SecretBytes first(16);
  first.writable()[0] = 7;
  SecretBytes second = std::move(first);
  BOOST_TEST(first.size() == 0u);  // NOLINT(bugprone-use-after-move): that is what is asked
  BOOST_TEST(second.bytes()[0] == 7);
  SecretBytes third(300);
  third = std::move(second);
  BOOST_TEST(third.size() == 16u);
  BOOST_TEST(third.bytes()[0] == 7);
  BOOST_TEST(SecretBytes().bytes().empty());
}

BOOST_AUTO_TEST_CASE(many_at_once_do_not_overlap) {
  std::vector<Key> keys;
  for (int i = 0; i < 3000; ++i) {
    keys.push_back(Key::blank());
    std::ranges::fill(keys.back().writable(), static_cast<std::uint8_t>(i));
  }
  bool intact = true;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    intact = intact && std::ranges::all_of(keys[i].bytes(), [&](auto byte) {
               return byte == static_cast<std::uint8_t>(i);
             });
  }
  BOOST_TEST(intact);
}

BOOST_AUTO_TEST_CASE(is_made_in_many_threads) {
  std::vector<std::thread> threads;
  std::array<bool, 8> intact{};
  for (std::size_t t = 0; t < intact.size(); ++t) {
    threads.emplace_back([&, t] {
      intact[t] = true;
      for (int i = 0; i < 2000; ++i) {
        SecretBytes secret(32);
        std::ranges::fill(secret.writable(), static_cast<std::uint8_t>(t + 1));
        intact[t] = intact[t] && std::ranges::all_of(secret.bytes(), [&](auto byte) {
                      return byte == static_cast<std::uint8_t>(t + 1);
                    });
      }
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(std::ranges::all_of(intact, [](bool ok) { return ok; }));
}

BOOST_AUTO_TEST_CASE(a_key_has_32_bytes) {
  const Bytes bytes = counting(0, 32);
  BOOST_TEST(same_bytes(Key::from(bytes).bytes(), bytes));
  BOOST_TEST(same_bytes(Key::from(bytes).copy().bytes(), bytes));
  BOOST_CHECK_EXCEPTION(Key::from(counting(0, 31)), Error, kind(ErrorCode::invalid_argument));
  BOOST_CHECK_EXCEPTION(Key::from({}), Error, kind(ErrorCode::invalid_argument));
  BOOST_TEST(!same_bytes(Key::random().bytes(), Key::random().bytes()));
}

BOOST_AUTO_TEST_CASE(a_wiped_text_is_empty_and_its_buffer_zero) {
  std::string text = "correct horse battery staple";
  const char* const buffer = text.data();
  const std::size_t length = text.size();
  wipe(text);
  BOOST_TEST(text.empty());
  BOOST_TEST(std::all_of(buffer, buffer + length, [](char c) { return c == 0; }));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(randomness)

BOOST_AUTO_TEST_CASE(salts_differ) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    std::array<std::uint8_t, 16> salt;
    fill_salt(salt);
    seen.insert(hex(salt));
  }
  BOOST_TEST(seen.size() == 1000u);
}

BOOST_AUTO_TEST_CASE(large_salts_are_filled) {
  Bytes large(5000);
  fill_salt(large);
  BOOST_TEST(std::ranges::count(large, std::uint8_t{0}) < 200);
}

BOOST_AUTO_TEST_CASE(a_forked_child_does_not_repeat_its_parent) {
  std::array<std::uint8_t, 16> mine{}, childs{};
  fill_salt(mine);  // the buffer is filled before the fork
  int ends[2];
  BOOST_REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    fill_salt(mine);
    const bool sent = write(ends[1], mine.data(), mine.size()) == 16;
    _exit(sent ? 0 : 1);
  }
  fill_salt(mine);
  BOOST_REQUIRE(read(ends[0], childs.data(), childs.size()) == 16);
  int status = 0;
  waitpid(child, &status, 0);
  close(ends[0]);
  close(ends[1]);
  BOOST_TEST(hex(mine) != hex(childs));
}

BOOST_AUTO_TEST_SUITE_END()
