// What the journal last said of records.
#include "access/journal/last_words.hpp"

#include <boost/test/unit_test.hpp>

using namespace renraku;
using namespace renraku::access;

namespace {

Uuid id(std::uint8_t number) {
  Uuid uuid;
  uuid.bytes.back() = number;
  return uuid;
}

const Uuid somebody = id(200);
const std::string here = "082112";

Entry changed(const Uuid& record, std::int64_t from, Instant at, const Uuid& subject = somebody) {
  Entry entry;
  entry.municipality = here;
  entry.time = at;
  entry.subjects = {subject};
  entry.changes = {{"evacuee", record, from}};
  return entry;
}

Entry erased(const Uuid& person, Outcome outcome = Outcome::done) {
  Entry entry;
  entry.action = Action::person_erase;
  entry.outcome = outcome;
  entry.subjects = {person};
  return entry;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(last_words)

BOOST_AUTO_TEST_CASE(the_newest_revision_counts_in_whatever_order_it_is_told) {
  LastWords said;
  said.take(changed(id(1), 4, {5}));
  said.take(changed(id(1), 0, {1}));
  said.take(changed(id(2), 0, {2}));
  BOOST_TEST(said.of("evacuee", id(1)).revision == 5);
  BOOST_TEST(said.of("evacuee", id(2)).revision == 1);
  BOOST_TEST(said.of("evacuee", id(3)).revision == 0);
  BOOST_TEST(said.of("person", id(1)).revision == 0);
}

BOOST_AUTO_TEST_CASE(as_many_changes_as_there_are_are_kept_as_one_a_record) {
  LastWords said;
  for (std::int64_t from = 0; from < 5'000; ++from) {
    for (std::uint8_t record = 1; record < 4; ++record) said.take(changed(id(record), from, {1}));
  }
  for (std::uint8_t record = 1; record < 4; ++record) {
    BOOST_TEST(said.of("evacuee", id(record)).revision == 5'000);
  }
}

BOOST_AUTO_TEST_CASE(who_was_not_asked_for_is_missed) {
  LastWords said;
  for (std::uint8_t record = 1; record < 4; ++record) said.take(changed(id(record), 0, {1}));
  static_cast<void>(said.of("evacuee", id(2)));
  BOOST_TEST((said.not_asked_for("evacuee") == std::vector{id(1), id(3)}));
  BOOST_TEST(said.not_asked_for("person").empty());
}

BOOST_AUTO_TEST_CASE(what_was_of_an_erased_person_is_erased_with_it) {
  LastWords said;
  said.take(changed(id(1), 0, {1}, id(100)));
  said.take(changed(id(2), 0, {1}, id(101)));
  // Of two people: it goes with either.
  said.take(changed(id(3), 0, {1}, id(101)));
  said.take(changed(id(3), 0, {1}, id(100)));
  said.take(erased(id(100)));
  said.take(erased(id(101), Outcome::refused));
  BOOST_TEST(said.of("evacuee", id(1)).is_erased);
  BOOST_TEST(!said.of("evacuee", id(2)).is_erased);
  BOOST_TEST(said.of("evacuee", id(3)).is_erased);
  BOOST_TEST((said.erased() == std::set{id(100)}));
}

BOOST_AUTO_TEST_CASE(whoever_else_an_erasure_changes_is_not_erased) {
  LastWords said;
  Entry parent = changed(id(1), 1, {1}, id(100));
  parent.action = Action::person_erase;
  said.take(parent);
  said.take(erased(id(101)));
  BOOST_TEST(!said.of("evacuee", id(1)).is_erased);
  BOOST_TEST(said.of("evacuee", id(1)).revision == 2);
}

BOOST_AUTO_TEST_CASE(what_may_have_gone_in_what_is_not_read_is_not_missed) {
  LastWords said;
  said.take(changed(id(1), 0, {10}));
  said.take(changed(id(2), 0, {11}));
  said.miss(here, {10});
  said.miss(here, {3});
  said.miss("082023", {20});
  BOOST_TEST((said.not_asked_for("evacuee") == std::vector{id(2)}));
  // What is there must be as new as was told all the same.
  BOOST_TEST(said.of("evacuee", id(1)).revision == 1);
}

BOOST_AUTO_TEST_SUITE_END()
