// The back-off by sign-in name and source, accounts from other systems, and the way back in.
#include <boost/test/unit_test.hpp>

#include "access/sign_in.hpp"
#include "domain/factors/factors.hpp"
#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const std::string wrong = "ちがうことば-十三文字以上";

/// Somebody who signs in from one place.
struct Caller {
  City& city;
  SignIn input;

  Caller(City& where, const std::string& login, const std::string& source) : city(where) {
    input.municipality = joso;
    input.login = login;
    input.source = source;
    input.password = password;
  }
  std::string answer() const {
    return error_of([&] { return city.store().sign_in(input); });
  }
  std::string guess() const {
    Caller other = *this;
    other.input.password = wrong;
    return other.answer();
  }
  /// Guesses until held off.
  void guess_away() const {
    for (int i = 0; i < 40 && guess() != "back_off"; ++i) {
    }
  }
};

NewMember newcomer(const std::string& login, Profession profession) {
  NewMember added;
  added.login = login;
  added.name = login;
  added.profession = profession;
  added.roles = {Role::professional};
  added.password = password;
  return added;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(back_off)

BOOST_AUTO_TEST_CASE(a_stranger_keeps_no_other_source_waiting) {
  City city;
  static_cast<void>(city.member("hanako", Role::roster_officer));
  const Caller stranger(city, "hanako", "203.0.113.7");
  stranger.guess_away();
  BOOST_TEST(stranger.answer() == "back_off");
  BOOST_TEST(Caller(city, "hanako", "192.0.2.10").answer() == "none");
}

BOOST_AUTO_TEST_CASE(many_strangers_share_one_count_and_known_sources_are_no_strangers) {
  City city;
  static_cast<void>(city.member("hanako", Role::roster_officer));
  const Caller office(city, "hanako", "192.0.2.10");
  BOOST_TEST(office.answer() == "none");
  int failures = 0;
  for (int i = 0; i < 30; ++i) {
    if (Caller(city, "hanako", "203.0.113." + std::to_string(i)).guess() == "sign_in_failed") {
      ++failures;
    }
  }
  BOOST_TEST(failures == 21);
  BOOST_TEST(Caller(city, "hanako", "203.0.113.99").answer() == "back_off");
  BOOST_TEST(office.answer() == "none");
}

BOOST_AUTO_TEST_CASE(a_known_device_never_waits_for_a_stranger_at_its_own_source) {
  City city;
  static_cast<void>(city.member("hanako", Role::roster_officer));
  Caller laptop(city, "hanako", "192.0.2.10");
  laptop.input.remember_device = true;
  laptop.input.device = city.store().sign_in(laptop.input).device;
  BOOST_TEST(laptop.input.device.size() == 64u);
  Caller stranger(city, "hanako", "192.0.2.10");
  stranger.guess_away();
  BOOST_TEST(stranger.answer() == "back_off");
  BOOST_TEST(city.store().sign_in(laptop.input).device == laptop.input.device);
  stranger.input.device = std::string(64, '0');  // a token that never was
  BOOST_TEST(stranger.answer() == "back_off");
  laptop.guess_away();
  BOOST_TEST(laptop.answer() == "back_off");  // its own failures count
}

BOOST_AUTO_TEST_CASE(the_device_of_one_member_is_a_stranger_to_another) {
  City city;
  static_cast<void>(city.member("hanako", Role::roster_officer));
  Caller kanri(city, "kanri", "192.0.2.10");
  kanri.input.remember_device = true;
  const std::string device = city.store().sign_in(kanri.input).device;
  Caller hanako(city, "hanako", "203.0.113.7");
  hanako.guess_away();
  hanako.input.device = device;
  BOOST_TEST(hanako.answer() == "back_off");
}

BOOST_AUTO_TEST_CASE(the_dispatch_desk_and_the_last_administrator_wait_seconds) {
  City city;
  city.sign_in().members().add(newcomer("shirei", Profession::fire_dispatcher));
  city.sign_in().members().add(newcomer("kango", Profession::nurse));
  const auto waits = [&](const std::string& login) {
    for (int i = 0; i < 12; ++i) {
      static_cast<void>(Caller(city, login, "203.0.113.7").guess());
      city.move_clock(minutes(16));
    }
    static_cast<void>(Caller(city, login, "203.0.113.7").guess());
    city.move_clock(seconds(6));
    return Caller(city, login, "203.0.113.7").answer();
  };
  BOOST_TEST(waits("shirei") == "none");
  BOOST_TEST(waits("kanri") == "none");
  BOOST_TEST(waits("kango") == "back_off");
  for (int i = 0; i < 40; ++i) {
    static_cast<void>(Caller(city, "shirei", "198.51.100." + std::to_string(i)).guess());
  }
  BOOST_TEST(Caller(city, "shirei", "192.0.2.77").answer() == "none");  // a desk never seen before
}

BOOST_AUTO_TEST_CASE(a_source_is_an_address_and_no_book) {
  City city;
  BOOST_TEST(Caller(city, "kanri", std::string(101, 'a')).answer() == "invalid_argument");
  BOOST_TEST(Caller(city, "kanri", "\xff").answer() == "invalid_argument");
  BOOST_TEST(Caller(city, "kanri", "2001:db8::1%eth0").answer() == "none");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(legacy_password)

BOOST_AUTO_TEST_CASE(a_password_of_another_system_signs_in_and_is_hashed_anew) {
  City city;
  Session officer = city.member("hanako", Role::roster_officer);
  StoreState& state = StoreAccess::state(city.store());
  // Of "ひみつ-架空-1"; see tests/crypto/legacy_hash_test.cpp.
  const std::string legacy = "$2b$05$abcdefghijklmnopqrstuuce1O6a6igFgwzQuigMLYPcO0LQyTKbC";
  const auto stored = [&] {
    storage::Transaction transaction = state.database().read();
    return access::password_hash_of(transaction, officer.member().id);
  };
  {
    storage::Transaction transaction = state.database().write();
    access::set_password_hash(transaction, officer.member().id, legacy, city.now());
    transaction.commit();
  }
  Caller caller(city, "hanako", "");
  BOOST_TEST(caller.answer() == "sign_in_failed");
  BOOST_TEST(stored() == legacy);
  caller.input.password = "ひみつ-架空-1";
  BOOST_TEST(caller.answer() == "none");
  BOOST_TEST(stored().starts_with("$argon2id$"));
  BOOST_TEST(caller.answer() == "none");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(recovery)

BOOST_AUTO_TEST_CASE(the_recovery_key_lets_an_administrator_in_and_says_so_to_all) {
  City city;
  NewMember second = newcomer("fuku", Profession::city_officer);
  second.roles = {Role::administrator};
  city.sign_in().members().add(second);
  static_cast<void>(city.member("hanako", Role::roster_officer));
  Session kanri = city.sign_in();
  kanri.factors().bind_certificate(kanri.member().id, {std::string(64, 'a'), "", ""});
  const std::string key = city.store().add_recovery_key("金庫");
  const auto recover = [&](const std::string& with, const std::string& login,
                           const std::string& word) {
    return error_of([&] { city.store().recover_administrator({with}, joso, login, word); });
  };
  Caller(city, "kanri", "").guess_away();
  std::string altered = key;
  altered[0] = altered[0] == 'A' ? 'B' : 'A';
  BOOST_TEST(recover(altered, "kanri", wrong) == "invalid");  // a mistype is seen as one
  City another;
  BOOST_TEST(recover(another.store().add_recovery_key("金庫"), "kanri", wrong) ==
             "wrong_passphrase");
  BOOST_TEST(recover(key, "nobody", wrong) == "not_found");
  BOOST_TEST(recover(key, "hanako", wrong) == "not_permitted");
  BOOST_TEST(recover(key, "kanri", "short") == "invalid");
  BOOST_TEST(recover(key, "kanri", wrong) == "none");
  BOOST_TEST(error_of([&] { return kanri.municipalities().view(); }) == "session_ended");
  Caller again(city, "kanri", "");
  again.input.password = wrong;
  BOOST_TEST(again.answer() == "none");
  const auto told = [&](const std::string& login) {
    return city.store().sign_in(Caller(city, login, "").input).recoveries.size();
  };
  BOOST_TEST(told("fuku") == 1u);
  BOOST_TEST(told("hanako") == 0u);
  JournalFilter filter;
  filter.action = "access_recover";
  const auto entries = city.store().sign_in(again.input).session.journal().list(filter).items;
  BOOST_REQUIRE_EQUAL(entries.size(), 1u);
  BOOST_TEST((entries[0].subjects == std::vector<Uuid>{kanri.member().id}));
  city.move_clock(hours(24 * 31));
  BOOST_TEST(told("fuku") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
