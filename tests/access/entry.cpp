// The canonical bytes of a journal entry. They are hashed and signed: their form never changes.
#include "access/journal/entry.hpp"

#include <boost/test/unit_test.hpp>

#include "crypto/hash.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::access;
using namespace renraku::fixture;

namespace {

Uuid id(std::uint8_t last) {
  Uuid id;
  id.bytes.fill(0x11);
  id.bytes[15] = last;
  return id;
}

Entry full_entry() {
  Entry entry;
  entry.node = id(1);
  entry.municipality = "082112";
  entry.sequence = 258;
  entry.time = {1'795'230'000'000'000};
  entry.acted = {1'795'229'998'989'024};
  entry.tail = id(6);
  entry.tail_number = 9;
  entry.member = id(2);
  entry.on_behalf = id(3);
  entry.capacity = "roster_officer";
  entry.authentication = "password";
  entry.action = Action::person_change;
  entry.outcome = Outcome::done;
  entry.detail = "行=3";
  entry.subjects = {id(4), id(5)};
  entry.changes = {{"person", id(4), 7}};
  entry.sealed_for = id(4);
  entry.sealed = {0xde, 0xad, 0xbe, 0xef};
  return entry;
}

crypto::Bytes canonical(const Entry& entry) {
  crypto::Packer out;
  write_canonical(out, entry);
  return std::move(out).bytes();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(journal_entries)

BOOST_AUTO_TEST_CASE(the_canonical_bytes_are_these_for_ever) {
  const std::string i = "111111111111111111111111111111";
  BOOST_TEST(crypto::hex(canonical(full_entry())) ==
             "01" + i + "01" +  // version, node
                 "06"
                 "303832313132" +  // municipality
                 "0000000000000102" +
                 "000660c08e70ac00"    // sequence, time
                 "000660c08e613ee0" +  // acted
                 i +
                 "06" +                 // tail
                 "0000000000000009" +   // its number there
                 i + "02" + i + "03" +  // member, on behalf of
                 "0e"
                 "726f737465725f6f666669636572" +  // roster_officer
                 "08"
                 "70617373776f7264" +  // password
                 "0d"
                 "706572736f6e5f6368616e6765" +  // person_change
                 "04"
                 "646f6e65" +  // done
                 "05"
                 "e8a18c3d33" +  // detail
                 "00000002" +
                 i + "04" + i + "05" +  // subjects
                 "00000001"
                 "06"
                 "706572736f6e" +
                 i + "04" + "0000000000000007" + i + "04" +
                 "00000004"
                 "deadbeef");  // sealed for, sealed
}

BOOST_AUTO_TEST_CASE(the_link_is_sha_256_over_the_hash_before_and_the_bytes) {
  const crypto::Bytes body = canonical(full_entry());
  crypto::Digest before{};
  before.fill(7);
  crypto::Packer both;
  both.fixed(before).fixed(body);
  BOOST_TEST((chain_hash(before, body) == crypto::sha256(both.bytes())));
  BOOST_TEST((chain_hash({}, body) != chain_hash(before, body)));
}

BOOST_AUTO_TEST_CASE(an_entry_comes_back_as_it_went) {
  for (const Entry& entry : {Entry{}, full_entry()}) {
    BOOST_TEST((canonical(read_canonical(canonical(entry))) == canonical(entry)));
  }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_cut_or_too_many_are_damage) {
  const crypto::Bytes whole = canonical(full_entry());
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const crypto::ByteView cut(whole.data(), size);
    BOOST_REQUIRE_EQUAL(error_of([&] { return read_canonical(cut).sequence; }), "damaged");
  }
  crypto::Bytes longer = whole;
  longer.push_back(0);
  BOOST_TEST(error_of([&] { return read_canonical(longer).sequence; }) == "damaged");
  BOOST_TEST(error_of([&] { return read_canonical({}).sequence; }) == "damaged");
}

BOOST_AUTO_TEST_CASE(no_altered_byte_breaks_the_reader) {
  const crypto::Bytes whole = canonical(full_entry());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int value : {0, 1, 0x7f, 0xff}) {
      crypto::Bytes altered = whole;
      altered[at] = static_cast<std::uint8_t>(value);
      const std::string error = error_of([&] { return read_canonical(altered).sequence; });
      BOOST_REQUIRE((error == "none" || error == "damaged" || error == "newer_format"));
    }
  }
}

BOOST_AUTO_TEST_CASE(an_entry_of_a_later_form_is_told_from_damage) {
  crypto::Bytes body = canonical(full_entry());
  body[0] = 2;
  BOOST_TEST(error_of([&] { return read_canonical(body).sequence; }) == "newer_format");
}

BOOST_AUTO_TEST_SUITE_END()
