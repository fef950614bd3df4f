// The sealed part of a journal entry: whose key opens it, and where.
#include <boost/test/unit_test.hpp>
#include <renraku/described/person.hpp>

#include "access/journal/writer.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::access;
using namespace renraku::fixture;

namespace {

const std::string municipality = "082112";

Uuid id(std::uint8_t last) {
  Uuid id;
  id.bytes.fill(0x22);
  id.bytes[15] = last;
  return id;
}

struct SealedPerson {
  crypto::Sealer wrapping{crypto::Key::random()};
  Changes changes;
  SealedChanges sealed;

  SealedPerson() {
    Person person;
    person.id = Id<Person>(id(2));
    person.name = "鳥居坂　百合子";
    changes.added("person", person);
    sealed = NewPersonSealer(id(1), municipality, wrapping, first_key).seal(person.id, changes);
  }
  [[nodiscard]] std::string opened(const crypto::Bytes& place) const {
    const crypto::Sealer key(wrapping.unwrap(sealed.owner.bytes, sealed.new_key));
    const crypto::Bytes text = key.open(place, sealed.sealed);
    return {text.begin(), text.end()};
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(sealing)

BOOST_AUTO_TEST_CASE(what_is_said_of_a_new_person_opens_with_the_key_that_comes_along) {
  const SealedPerson person;
  BOOST_REQUIRE_EQUAL(person.sealed.records.size(), 1u);
  BOOST_TEST((person.sealed.owner == id(2)));
  BOOST_TEST(person.opened(sealing_place(id(1), municipality, person.sealed.records)) ==
             person.changes.json());
}

BOOST_AUTO_TEST_CASE(it_opens_for_no_other_store_municipality_record_or_revision) {
  const SealedPerson person;
  const auto refused = [&](const Uuid& node, const std::string& code,
                           const std::vector<ChangedRecord>& records) {
    return error_of([&] { static_cast<void>(person.opened(sealing_place(node, code, records))); });
  };
  std::vector<ChangedRecord> records = person.sealed.records;
  BOOST_TEST(refused(id(9), municipality, records) == "damaged");
  BOOST_TEST(refused(id(1), "081001", records) == "damaged");
  BOOST_TEST(refused(id(1), municipality, {}) == "damaged");
  records[0].parent_revision = 1;
  BOOST_TEST(refused(id(1), municipality, records) == "damaged");
  records = person.sealed.records;
  records[0].id = id(3);
  BOOST_TEST(refused(id(1), municipality, records) == "damaged");
  records = person.sealed.records;
  records[0].kind = "evacuee";
  BOOST_TEST(refused(id(1), municipality, records) == "damaged");
}

BOOST_AUTO_TEST_CASE(a_value_says_the_number_of_its_key_after_the_first) {
  const crypto::Sealer key(crypto::Key::random());
  const crypto::Bytes sealed = key.seal({}, crypto::view_of("秘密"));
  for (const KeyNumber number : {KeyNumber{1}, KeyNumber{2}, KeyNumber{70'000}}) {
    const crypto::Bytes value = numbered(number, sealed);
    const Numbered parts = parted(value);
    BOOST_TEST(parts.number == number);
    BOOST_TEST((crypto::Bytes(parts.sealed.begin(), parts.sealed.end()) == sealed));
  }
  BOOST_TEST((numbered(first_key, sealed) == sealed));
  BOOST_TEST(error_of([] { return parted(crypto::Bytes{0, 0, 0}).number; }) == "damaged");
}

BOOST_AUTO_TEST_SUITE_END()
