#include <boost/test/unit_test.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const std::string wrong_password = "ちがうことば-十三文字以上";
const std::string other_password = "べつのことば-十三文字以上";

}  // namespace

BOOST_AUTO_TEST_SUITE(sign_in)

BOOST_AUTO_TEST_CASE(whatever_is_wrong_the_answer_is_the_same) {
  City city;
  Session officer = city.member("hanako", Role::roster_officer);
  city.sign_in().members().suspend(officer.member().id);
  const auto answer = [&](const std::string& where, const std::string& who,
                          const std::string& word) {
    const auto attempt = [&] { return city.store().sign_in(where, who, word); };
    return error_of(attempt) + ": " + text_of(attempt);
  };
  const std::string expected = answer(joso, "kanri", wrong_password);
  BOOST_TEST(expected.starts_with("sign_in_failed: "));
  BOOST_TEST(answer(joso, "nobody", wrong_password) == expected);
  BOOST_TEST(answer("122033", "kanri", password) == expected);
  BOOST_TEST(answer("not a code", "kanri", password) == expected);
  BOOST_TEST(answer(joso, "hanako", password) == expected);
  BOOST_TEST(answer(joso, "", "") == expected);
  BOOST_TEST(answer(joso, "kanri' OR '1'='1", "' OR '1'='1") == expected);
  BOOST_TEST(answer(joso, std::string(100'000, 'a'), password) == expected);
  BOOST_TEST(answer(joso, "\xff\xfe", password) == expected);
  BOOST_TEST(answer(joso, "kanri2", std::string(2'000, 'a')) == expected);
}

BOOST_AUTO_TEST_CASE(guessing_is_slowed_down_and_waiting_helps) {
  City city;
  const auto guess = [&](const std::string& who, const std::string& word) {
    return error_of([&] { return city.store().sign_in(joso, who, word); });
  };
  for (int i = 0; i < 5; ++i) BOOST_TEST(guess("kanri", wrong_password) == "sign_in_failed");
  BOOST_TEST(guess("kanri", wrong_password) == "back_off");
  BOOST_TEST(guess("kanri", password) == "back_off");  // the right one is not even looked at
  BOOST_TEST(guess("KANRI", password) == "back_off");
  city.move_clock(seconds(3));
  BOOST_TEST(guess("kanri", wrong_password) == "sign_in_failed");
  city.move_clock(seconds(3));
  BOOST_TEST(guess("kanri", password) == "back_off");  // the wait has doubled
  city.move_clock(seconds(3));
  BOOST_TEST(guess("kanri", password) == "none");
  for (int i = 0; i < 5; ++i) BOOST_TEST(guess("kanri", wrong_password) == "sign_in_failed");
}

BOOST_AUTO_TEST_CASE(a_name_that_does_not_exist_is_slowed_down_alike) {
  City city;
  std::string answers;
  for (int i = 0; i < 7; ++i) {
    answers += error_of([&] { return city.store().sign_in(joso, "nobody", password); }) + ' ';
  }
  BOOST_TEST(answers ==
             "sign_in_failed sign_in_failed sign_in_failed sign_in_failed sign_in_failed back_off "
             "back_off ");
}

BOOST_AUTO_TEST_CASE(the_longest_wait_is_a_quarter_of_an_hour) {
  City city;
  const auto guess = [&] { return error_of([&] { return city.sign_in("nobody"); }); };
  for (int i = 0; i < 30; ++i) {
    static_cast<void>(guess());
    city.move_clock(minutes(16));
  }
  BOOST_TEST(guess() == "sign_in_failed");
  city.move_clock(minutes(14));
  BOOST_TEST(guess() == "back_off");
  city.move_clock(minutes(2));
  BOOST_TEST(guess() == "sign_in_failed");
}

BOOST_AUTO_TEST_CASE(the_back_off_outlives_closing_the_store) {
  City city;
  for (int i = 0; i < 5; ++i)
    static_cast<void>(error_of([&] { return city.store().sign_in(joso, "kanri", "x"); }));
  city.reopen();
  BOOST_TEST(error_of([&] { return city.sign_in(); }) == "back_off");
}

BOOST_AUTO_TEST_CASE(failures_are_in_the_journal_of_the_member) {
  City city;
  static_cast<void>(error_of([&] { return city.store().sign_in(joso, "kanri", wrong_password); }));
  static_cast<void>(error_of([&] { return city.store().sign_in(joso, "nobody", wrong_password); }));
  city.store().flush();  // else the failure may be written down behind the success
  JournalFilter sign_ins;
  sign_ins.action = "sign_in";
  const auto entries = city.sign_in().journal().list(sign_ins).items;
  BOOST_REQUIRE_EQUAL(entries.size(), 2u);
  BOOST_TEST((entries[0].outcome == Outcome::done));
  BOOST_TEST((entries[1].outcome == Outcome::refused));
  BOOST_TEST((entries[1].subjects == entries[0].subjects));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(sessions)

BOOST_AUTO_TEST_CASE(a_session_that_is_not_used_ends_after_half_an_hour) {
  City city;
  Session officer = city.sign_in();
  const auto list = [&] { return error_of([&] { return officer.evacuees().list().next; }); };
  city.move_clock(minutes(30));
  BOOST_TEST(list() == "none");
  city.store().flush();
  city.move_clock(minutes(30));
  BOOST_TEST(list() == "none");  // using it moved the end
  city.store().flush();
  city.move_clock(minutes(30) + seconds(1));
  BOOST_TEST(list() == "session_ended");
}

BOOST_AUTO_TEST_CASE(a_write_keeps_a_session_alive_as_a_read_does) {
  City city;
  Session officer = city.sign_in();
  city.move_clock(minutes(29));
  officer.evacuees().add(resident("架空　太郎", "カクウ タロウ"), {});
  city.store().flush();
  city.move_clock(minutes(29));
  BOOST_TEST(error_of([&] { return officer.evacuees().list().next; }) == "none");
}

BOOST_AUTO_TEST_CASE(a_session_ends_after_twelve_hours_however_busy) {
  City city;
  Session officer = city.sign_in();
  for (int i = 0; i < 36; ++i) {
    city.move_clock(minutes(20));
    BOOST_TEST(error_of([&] { return officer.evacuees().list().next; }) == "none");
    city.store().flush();
  }
  city.move_clock(seconds(1));
  BOOST_TEST(error_of([&] { return officer.evacuees().list().next; }) == "session_ended");
  BOOST_TEST(error_of([&] { return city.store().resume(officer.token()); }) == "session_ended");
}

BOOST_AUTO_TEST_CASE(a_token_takes_a_session_up_again_and_nothing_else_does) {
  City city;
  Session officer = city.sign_in();
  BOOST_TEST(officer.token().size() == 64u);
  city.reopen();
  Session again = city.store().resume(officer.token());
  BOOST_TEST((again.member().id == officer.member().id));
  BOOST_TEST(again.evacuees().list().items.empty());
  for (const std::string& token :
       {std::string(), std::string(64, '0'), officer.token().substr(1), officer.token() + "0"}) {
    BOOST_TEST(error_of([&] { return city.store().resume(token); }) == "session_ended");
  }
}

BOOST_AUTO_TEST_CASE(signing_out_ends_this_session_alone) {
  City city;
  Session one = city.sign_in();
  Session two = city.sign_in();
  one.sign_out();
  BOOST_TEST(error_of([&] { return one.evacuees().list().next; }) == "session_ended");
  BOOST_TEST(error_of([&] { one.sign_out(); }) == "session_ended");
  BOOST_TEST(error_of([&] { return two.evacuees().list().next; }) == "none");
}

BOOST_AUTO_TEST_CASE(a_new_password_ends_all_other_sessions_of_the_member) {
  City city;
  Session one = city.sign_in();
  Session two = city.sign_in();
  Session other = city.member("hanako", Role::roster_officer);
  one.change_password(password, other_password);
  BOOST_TEST(error_of([&] { return one.evacuees().list().next; }) == "none");
  BOOST_TEST(error_of([&] { return two.evacuees().list().next; }) == "session_ended");
  BOOST_TEST(error_of([&] { return other.evacuees().list().next; }) == "none");
  BOOST_TEST(error_of([&] { return city.sign_in(); }) == "sign_in_failed");
  BOOST_TEST(error_of([&] { return city.store().sign_in(joso, "kanri", other_password); }) ==
             "none");
}

BOOST_AUTO_TEST_CASE(a_password_is_changed_only_by_who_knows_it_and_to_one_that_will_do) {
  City city;
  Session officer = city.sign_in();
  BOOST_TEST(error_of([&] { officer.change_password(wrong_password, other_password); }) ==
             "sign_in_failed");
  BOOST_TEST(error_of([&] { officer.change_password(password, "short"); }) == "invalid");
  officer.sign_out();
  BOOST_TEST(error_of([&] { officer.change_password(password, other_password); }) ==
             "session_ended");
  BOOST_TEST(error_of([&] { officer.change_password(wrong_password, other_password); }) ==
             "session_ended");  // an ended session is no place to try passwords
  BOOST_TEST(error_of([&] { return city.sign_in(); }) == "none");
}

BOOST_AUTO_TEST_SUITE_END()
