#include "crypto/key_header.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "crypto/recovery_key.hpp"
#include "expect.hpp"

using namespace renraku;
using namespace renraku::crypto;

namespace {

constexpr Argon2Cost weak = Argon2Cost::for_tests();
constexpr Instant now{1'790'000'000'000'000};

Uuid uuid_of(std::uint8_t first) {
  Uuid uuid;
  std::ranges::copy(counting(first, 16), uuid.bytes.begin());
  return uuid;
}

struct Store {
  KeyHeader header = create_key_header(uuid_of(0xa0), now);
  Key store_key = Key::random();

  Uuid add(std::string_view name, std::string_view passphrase) {
    return add_passphrase_slot(header, store_key, name, passphrase, weak, now);
  }
  bool opens(std::string_view passphrase) const {
    try {
      return same_bytes(unlock_with_passphrase(header, passphrase).store_key.bytes(),
                        store_key.bytes());
    } catch (const Error& error) {
      if (error.code() != ErrorCode::wrong_passphrase) throw;
      return false;
    }
  }
};

// Written by another program (Python's hmac, OpenSSL): one host key slot.
const Bytes foreign_header = from_hex(
    "000101a0a1a2a3a4a5a6a7a8a9aaabacadaeaf00000000000003e801b0b1b2b3b4b5b6b7b8b9babbbcbdbebf0200"
    "000000000007d00ce5bdb9e5a0b4e381aee98db501101112131415161718191a1b1c1d1e1f5320150be9720a599d"
    "bb988b893654ec490fba85f6028ce97017622e418252620011504f9b7a119b9b4603f5abc7cac64a8b4f5c4952ba"
    "e94513f8f6970bbee53615fb673fb932f3783ce21381fca759");

}  // namespace

BOOST_FIXTURE_TEST_SUITE(slots, Store)

BOOST_AUTO_TEST_CASE(a_passphrase_opens) {
  const Uuid first = add("係長", "first");
  const Uuid second = add("課長", "second");
  const Unlocked unlocked = unlock_with_passphrase(header, "second");
  BOOST_TEST(same_bytes(unlocked.store_key.bytes(), store_key.bytes()));
  BOOST_TEST((unlocked.slot == second));
  BOOST_TEST((unlock_with_passphrase(header, "first").slot == first));
  BOOST_TEST(!opens("third"));
  BOOST_TEST(!opens("First"));
}

BOOST_AUTO_TEST_CASE(an_empty_passphrase_is_told_apart) {
  BOOST_CHECK_EXCEPTION(add("a", ""), Error, kind(ErrorCode::empty_passphrase));
  add("a", "first");
  BOOST_CHECK_EXCEPTION(opens(""), Error, kind(ErrorCode::empty_passphrase));
}

BOOST_AUTO_TEST_CASE(unfit_passphrases_are_refused) {
  BOOST_CHECK_EXCEPTION(add("a", std::string(1025, 'x')), Error, kind(ErrorCode::too_large));
  BOOST_CHECK_EXCEPTION(add("a", std::string("a\0b", 3)), Error, kind(ErrorCode::invalid));
  BOOST_TEST(header.slots.empty());
}

BOOST_AUTO_TEST_CASE(a_cheap_passphrase_slot_is_refused) {
  for (const Argon2Cost cost : {Argon2Cost{64u << 20, 3}, Argon2Cost{256u << 20, 2}}) {
    BOOST_CHECK_EXCEPTION(add_passphrase_slot(header, store_key, "a", "first", cost, now), Error,
                          kind(ErrorCode::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(a_host_key_opens) {
  const Key host_key = Key::random();
  const Uuid id = add_host_key_slot(header, store_key, "HSM", host_key, now);
  const Unlocked unlocked = unlock_with_host_key(header, host_key);
  BOOST_TEST(same_bytes(unlocked.store_key.bytes(), store_key.bytes()));
  BOOST_TEST((unlocked.slot == id));
  BOOST_CHECK_EXCEPTION(static_cast<void>(unlock_with_host_key(header, Key::random())), Error,
                        kind(ErrorCode::wrong_passphrase));
}

BOOST_AUTO_TEST_CASE(a_recovery_key_opens) {
  add("a", "first");
  const NewRecoverySlot made = add_recovery_slot(header, store_key, "金庫", now);
  const Unlocked unlocked = unlock_with_recovery(header, made.printed_key);
  BOOST_TEST(same_bytes(unlocked.store_key.bytes(), store_key.bytes()));
  BOOST_TEST((unlocked.slot == made.id));
  BOOST_CHECK_EXCEPTION(
      static_cast<void>(unlock_with_recovery(header, print_recovery_key(Key::random()))), Error,
      kind(ErrorCode::wrong_passphrase));
  BOOST_CHECK_EXCEPTION(static_cast<void>(unlock_with_recovery(header, made.printed_key.substr(1))),
                        Error, kind(ErrorCode::invalid));
}

BOOST_AUTO_TEST_CASE(a_passphrase_is_replaced) {
  add("a", "first");
  const Uuid id = add("b", "second");
  const Slot before = header.slots[1];
  replace_passphrase(header, store_key, id, "third", weak, Instant{now.micros + 5});
  BOOST_TEST(opens("first"));
  BOOST_TEST(!opens("second"));
  BOOST_TEST(opens("third"));
  BOOST_TEST((header.slots[1].id == id));
  BOOST_TEST(header.slots[1].name == "b");
  BOOST_TEST((header.slots[1].stretching->salt != before.stretching->salt));
}

BOOST_AUTO_TEST_CASE(only_passphrases_are_replaced) {
  const Uuid id = add_host_key_slot(header, store_key, "HSM", Key::random(), now);
  for (const Uuid& other : {id, uuid_of(1)}) {
    BOOST_CHECK_EXCEPTION(replace_passphrase(header, store_key, other, "x", weak, now), Error,
                          kind(ErrorCode::not_found));
  }
}

BOOST_AUTO_TEST_CASE(a_removed_slot_opens_no_more) {
  const Uuid first = add("a", "first");
  const Uuid second = add("b", "second");
  remove_slot(header, store_key, first);
  BOOST_TEST(!opens("first"));
  BOOST_TEST(opens("second"));
  BOOST_CHECK_EXCEPTION(remove_slot(header, store_key, first), Error, kind(ErrorCode::not_found));
  BOOST_CHECK_EXCEPTION(remove_slot(header, store_key, second), Error, kind(ErrorCode::conflict));
  BOOST_TEST(opens("second"));
}

BOOST_AUTO_TEST_CASE(names_are_checked) {
  add("a", "first");
  BOOST_CHECK_EXCEPTION(add("a", "second"), Error, kind(ErrorCode::exists));
  for (const std::string& name :
       {std::string(), std::string(101, 'n'), std::string("two\nlines"), std::string("a\0b", 3)}) {
    BOOST_CHECK_EXCEPTION(add(name, "second"), Error, kind(ErrorCode::invalid));
  }
  add(std::string(100, 'n'), "second");
  BOOST_TEST(header.slots.size() == 2u);
}

BOOST_AUTO_TEST_CASE(there_are_32_at_most) {
  const Key host_key = Key::random();
  for (std::size_t i = 0; i < slot_limit; ++i) {
    add_host_key_slot(header, store_key, "HSM " + std::to_string(i), host_key, now);
  }
  BOOST_CHECK_EXCEPTION(add_host_key_slot(header, store_key, "one more", host_key, now), Error,
                        kind(ErrorCode::too_large));
}

BOOST_AUTO_TEST_CASE(only_the_holder_of_the_store_key_changes_them) {
  add("a", "first");
  const KeyHeader before = header;
  BOOST_CHECK_EXCEPTION(add_passphrase_slot(header, Key::random(), "b", "second", weak, now), Error,
                        kind(ErrorCode::damaged));
  BOOST_CHECK_EXCEPTION(remove_slot(header, Key::random(), header.slots[0].id), Error,
                        kind(ErrorCode::damaged));
  BOOST_TEST((header == before));
}

BOOST_AUTO_TEST_CASE(an_altered_list_does_not_open) {
  add("a", "first");
  add("b", "second");
  const auto damaged = [&](auto alter) {
    KeyHeader altered = header;
    alter(altered);
    BOOST_CHECK_EXCEPTION(static_cast<void>(unlock_with_passphrase(altered, "first")), Error,
                          kind(ErrorCode::damaged));
    BOOST_CHECK_EXCEPTION(add_host_key_slot(altered, store_key, "HSM", Key::random(), now), Error,
                          kind(ErrorCode::damaged));
  };
  damaged([](KeyHeader& h) { h.slots[0].name = "c"; });
  damaged([](KeyHeader& h) { h.slots.pop_back(); });
  damaged([](KeyHeader& h) { h.slots.push_back(h.slots[1]); });
  damaged([](KeyHeader& h) { std::swap(h.slots[0], h.slots[1]); });
  damaged([](KeyHeader& h) { h.slots[1].wrapped_key[40] ^= 1; });
  damaged([](KeyHeader& h) { ++h.slots[1].created.micros; });
  damaged([](KeyHeader& h) { ++h.created.micros; });
  damaged([](KeyHeader& h) { h.tag[0] ^= 1; });
  damaged([](KeyHeader& h) { h.tag = {}; });
}

BOOST_AUTO_TEST_CASE(a_wrapped_key_opens_in_its_slot_and_store_only) {
  add("a", "first");
  KeyHeader elsewhere = header;
  elsewhere.store_id = uuid_of(1);
  BOOST_CHECK_EXCEPTION(static_cast<void>(unlock_with_passphrase(elsewhere, "first")), Error,
                        kind(ErrorCode::wrong_passphrase));
  KeyHeader other_slot = header;
  other_slot.slots[0].id = uuid_of(2);
  BOOST_CHECK_EXCEPTION(static_cast<void>(unlock_with_passphrase(other_slot, "first")), Error,
                        kind(ErrorCode::wrong_passphrase));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(header_bytes, Store)

BOOST_AUTO_TEST_CASE(say_all_there_is_to_say) {
  add("情報政策課", "first");
  add_host_key_slot(header, store_key, "HSM", Key::random(), now);
  static_cast<void>(add_recovery_slot(header, store_key, "金庫", now));
  const KeyHeader read = decode_key_header(encode(header));
  BOOST_TEST((read == header));
}

BOOST_AUTO_TEST_CASE(of_another_implementation_are_understood) {
  const KeyHeader foreign = decode_key_header(foreign_header);
  BOOST_TEST(foreign.slots.at(0).name == "役場の鍵");
  BOOST_TEST(foreign.slots.at(0).created.micros == 2000);
  const Unlocked unlocked = unlock_with_host_key(foreign, Key::from(counting(0, 32)));
  BOOST_TEST(same_bytes(unlocked.store_key.bytes(), counting(0x40, 32)));
  BOOST_TEST(encode(foreign) == foreign_header);
}

BOOST_AUTO_TEST_CASE(cut_anywhere_or_longer_are_damaged) {
  add("a", "first");
  Bytes bytes = encode(header);
  bytes.push_back(0);
  BOOST_CHECK_EXCEPTION(static_cast<void>(decode_key_header(bytes)), Error,
                        kind(ErrorCode::damaged));
  bytes.pop_back();
  while (!bytes.empty()) {
    bytes.pop_back();
    BOOST_CHECK_EXCEPTION(static_cast<void>(decode_key_header(bytes)), Error,
                          kind(ErrorCode::damaged));
  }
}

BOOST_AUTO_TEST_CASE(of_another_store_key_keep_only_the_slots_that_were_opened) {
  const Uuid first = add("a", "first");
  static_cast<void>(add("b", "second"));
  const Key next_key = Key::random();
  std::vector<Unlocked> kept;
  kept.push_back(unlock_with_passphrase(header, "first"));
  const KeyHeader next = rekey(header, next_key, kept);
  BOOST_TEST(next.database == header.database + 1);
  BOOST_TEST(next.slots.size() == 1u);
  const KeyHeader read = decode_key_header(encode(next));
  const Unlocked opened = unlock_with_passphrase(read, "first");
  BOOST_TEST(same_bytes(opened.store_key.bytes(), next_key.bytes()));
  BOOST_TEST((opened.slot == first));
  BOOST_CHECK_EXCEPTION(static_cast<void>(unlock_with_passphrase(read, "second")), Error,
                        kind(ErrorCode::wrong_passphrase));
  BOOST_CHECK_EXCEPTION(static_cast<void>(rekey(header, next_key, {})), Error,
                        kind(ErrorCode::invalid_argument));
}

BOOST_AUTO_TEST_CASE(of_a_copy_are_another_nodes_and_say_so_in_format_2) {
  static_cast<void>(add("a", "first"));
  BOOST_TEST(encode(header)[1] == 1);
  take_node(header, store_key, Uuid::parse("01890000-0000-7000-8000-000000000000"));
  BOOST_TEST(encode(header)[1] == 2);
  const KeyHeader read = decode_key_header(encode(header));
  BOOST_TEST((read.node == header.node && read.store_id == header.store_id));
  authenticate(read, store_key);
  KeyHeader altered = read;
  altered.database = 7;
  BOOST_CHECK_EXCEPTION(authenticate(altered, store_key), Error, kind(ErrorCode::damaged));
}

BOOST_AUTO_TEST_CASE(of_a_later_format_are_left_alone) {
  add("a", "first");
  Bytes bytes = encode(header);
  bytes[1] = 9;
  BOOST_CHECK_EXCEPTION(static_cast<void>(decode_key_header(bytes)), Error,
                        kind(ErrorCode::newer_format));
}

BOOST_AUTO_TEST_CASE(that_ask_for_all_memory_are_damaged) {
  add("a", "first");
  header.slots[0].stretching->cost.memory_bytes = std::uint64_t{1} << 50;
  BOOST_CHECK_EXCEPTION(static_cast<void>(decode_key_header(encode(header))), Error,
                        kind(ErrorCode::damaged));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(recovery_key)

BOOST_AUTO_TEST_CASE(is_printed_in_fourteen_groups) {
  // Computed apart in Python.
  BOOST_TEST(print_recovery_key(Key::from(counting(0, 32))) ==
             "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFG-M8D3");
}

BOOST_AUTO_TEST_CASE(is_read_back_however_it_was_written) {
  const Key key = Key::from(counting(0, 32));
  for (const std::string_view text :
       {"000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFG-M8D3",
        "000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfgm8d3",
        " OOoG 4OR4 oM3O E2o9 I85G R38E lW8L 24GK\r\n2GAH C5RR 34DI P70X 3RFG\tM8D3\n"}) {
    BOOST_TEST(same_bytes(read_recovery_key(text).bytes(), key.bytes()));
  }
  const Key other = Key::random();
  BOOST_TEST(same_bytes(read_recovery_key(print_recovery_key(other)).bytes(), other.bytes()));
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_pen_is_noticed) {
  const std::string printed = print_recovery_key(Key::from(counting(0, 32)));
  const auto invalid = [](const std::string& text) {
    BOOST_CHECK_EXCEPTION(static_cast<void>(read_recovery_key(text)), Error,
                          kind(ErrorCode::invalid));
  };
  for (std::size_t at = 0; at < printed.size(); ++at) {
    std::string wrong = printed;
    wrong[at] = wrong[at] == 'X' ? 'Y' : 'X';
    invalid(wrong);
    invalid(printed.substr(0, at));
  }
  std::string swapped = printed;
  std::swap(swapped[5], swapped[7]);
  invalid(swapped);
  invalid(printed + "0");
  invalid(std::string(1000, ' '));
  invalid("U" + printed.substr(1));
  invalid("");
}

BOOST_AUTO_TEST_SUITE_END()
