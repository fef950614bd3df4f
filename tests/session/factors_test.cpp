// Second factors, certificates and where members are signed in.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/totp.hpp"

using namespace renraku;
using namespace renraku::fixture;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// An authenticator program whose clock is the city's.
class Authenticator {
 public:
  Authenticator(City& city, const TotpEnrolment& enrolment)
      : city_(city), secret_(enrolment.secret) {}
  [[nodiscard]] std::string code(std::int64_t steps_away = 0) const {
    return totp_code(secret_, city_.now(), steps_away);
  }

 private:
  City& city_;
  std::string secret_;
};

struct Enrolled {
  Authenticator phone;
  std::vector<std::string> recovery_codes;
};

/// Sets TOTP up in this session, and lets its first code grow old.
Enrolled enrol(City& city, const Session& session) {
  Authenticator phone(city, session.factors().begin_totp());
  auto codes = session.factors().confirm_totp(phone.code());
  city.move_clock(seconds(60));
  return {phone, std::move(codes)};
}

SignIn as(const std::string& login, const std::string& code = {}) {
  SignIn input;
  input.municipality = joso;
  input.login = login;
  input.password = password;
  input.code = code;
  return input;
}

std::string answer(City& city, const SignIn& input) {
  return error_of([&] { return city.store().sign_in(input); });
}

std::string authentication(const SignedIn& signed_in) {
  return signed_in.session.factors().sessions(signed_in.session.member().id)[0].authentication;
}

ClientCertificate card(char digit) {
  return {std::string(64, digit), "CN=架空認証局", "CN=管理 太郎,O=常総市"};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(second_factor)

BOOST_AUTO_TEST_CASE(a_code_is_needed_once_it_is_set_up_and_each_works_once) {
  City city;
  Session session = city.sign_in();
  const Enrolled enrolled = enrol(city, session);
  BOOST_TEST(answer(city, as("kanri")) == "second_factor");
  BOOST_TEST(session.factors().sessions(session.member().id).size() == 1u);  // none was opened
  const std::string code = enrolled.phone.code();
  BOOST_TEST(authentication(city.store().sign_in(as("kanri", code))) == "password+totp");
  BOOST_TEST(answer(city, as("kanri", code)) == "sign_in_failed");
  BOOST_TEST(answer(city, as("kanri", enrolled.phone.code(-1))) == "sign_in_failed");
  BOOST_TEST(answer(city, as("kanri", enrolled.phone.code(1))) == "none");
  city.move_clock(minutes(5));
  BOOST_TEST(answer(city, as("kanri", enrolled.phone.code(2))) == "sign_in_failed");
}

BOOST_AUTO_TEST_CASE(only_who_knows_the_password_learns_that_a_code_is_needed) {
  City city;
  const Enrolled enrolled = enrol(city, city.sign_in());
  SignIn input = as("kanri");
  input.password = "ちがうことば-十三文字以上";
  BOOST_TEST(answer(city, input) == "sign_in_failed");
  input.code = enrolled.phone.code();
  BOOST_TEST(answer(city, input) == "sign_in_failed");
  BOOST_TEST(answer(city, as("kanri", enrolled.phone.code())) == "none");  // was not used up
}

BOOST_AUTO_TEST_CASE(guessing_codes_is_slowed_down_like_guessing_passwords) {
  City city;
  const Enrolled enrolled = enrol(city, city.sign_in());
  for (int i = 0; i < 5; ++i) BOOST_TEST(answer(city, as("kanri", "000000")) == "sign_in_failed");
  BOOST_TEST(answer(city, as("kanri", enrolled.phone.code())) == "back_off");
}

BOOST_AUTO_TEST_CASE(a_recovery_code_stands_in_once) {
  City city;
  const Enrolled enrolled = enrol(city, city.sign_in());
  BOOST_REQUIRE_EQUAL(enrolled.recovery_codes.size(), 10u);
  BOOST_TEST(enrolled.recovery_codes[3].size() == 19u);
  const SignedIn in = city.store().sign_in(as("kanri", enrolled.recovery_codes[3]));
  BOOST_TEST(authentication(in) == "password+recovery_code");
  BOOST_TEST(in.session.factors().view(in.session.member().id).recovery_codes == 9);
  BOOST_TEST(answer(city, as("kanri", enrolled.recovery_codes[3])) == "sign_in_failed");
  std::string typed;
  for (const char c : enrolled.recovery_codes[4]) {
    if (c != '-') typed += static_cast<char>(std::tolower(c));
  }
  BOOST_TEST(answer(city, as("kanri", typed)) == "none");
  const auto fresh = in.session.factors().new_recovery_codes();
  BOOST_TEST(answer(city, as("kanri", enrolled.recovery_codes[5])) == "sign_in_failed");
  BOOST_TEST(answer(city, as("kanri", fresh[5])) == "none");
}

BOOST_AUTO_TEST_CASE(a_wrong_first_code_sets_nothing_up) {
  City city;
  Session session = city.sign_in();
  const auto confirm = [&](const std::string& code) {
    return error_of([&] { return session.factors().confirm_totp(code); });
  };
  BOOST_TEST(confirm("123456") == "not_found");
  const Authenticator phone(city, session.factors().begin_totp());
  BOOST_TEST(confirm(phone.code(5)) == "sign_in_failed");
  BOOST_TEST(answer(city, as("kanri")) == "none");
  BOOST_TEST(confirm(phone.code()) == "none");
}

BOOST_AUTO_TEST_CASE(setting_up_again_keeps_the_old_one_until_the_new_one_is_confirmed) {
  City city;
  const Enrolled old = enrol(city, city.sign_in());
  Session session = city.store().sign_in(as("kanri", old.phone.code())).session;
  const Authenticator other(city, session.factors().begin_totp());
  city.move_clock(seconds(60));
  BOOST_TEST(answer(city, as("kanri", other.code())) == "sign_in_failed");
  BOOST_TEST(answer(city, as("kanri", old.phone.code())) == "none");
  session.factors().confirm_totp(other.code());
  city.move_clock(seconds(60));
  BOOST_TEST(answer(city, as("kanri", old.phone.code())) == "sign_in_failed");
  BOOST_TEST(answer(city, as("kanri", other.code())) == "none");
}

BOOST_AUTO_TEST_CASE(setting_up_ends_the_members_other_sessions) {
  City city;
  Session other = city.sign_in();
  Session session = city.sign_in();
  enrol(city, session);
  BOOST_TEST(error_of([&] { return session.municipalities().view(); }) == "none");
  BOOST_TEST(error_of([&] { return other.municipalities().view(); }) == "session_ended");
}

BOOST_AUTO_TEST_CASE(a_change_of_factors_needs_a_fresh_proof) {
  City city;
  Session session = city.sign_in();
  const Enrolled enrolled = enrol(city, session);
  city.move_clock(minutes(11));
  const auto begin = [&] { return error_of([&] { return session.factors().begin_totp(); }); };
  BOOST_TEST(begin() == "reauthenticate");
  BOOST_TEST(error_of([&] { session.reauthenticate("000000"); }) == "sign_in_failed");
  const std::string code = enrolled.phone.code();
  session.reauthenticate(code);
  BOOST_TEST(begin() == "none");
  BOOST_TEST(error_of([&] { session.reauthenticate(code); }) == "sign_in_failed");
  city.move_clock(minutes(11));
  BOOST_TEST(begin() == "reauthenticate");
  session.reauthenticate(password);
  BOOST_TEST(begin() == "none");
}

BOOST_AUTO_TEST_CASE(guessing_within_a_session_waits_and_keeps_nobody_else_waiting) {
  City city;
  Session officer = city.member("hanako", Role::roster_officer);
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(error_of([&] { officer.reauthenticate("wrong"); }) == "sign_in_failed");
  }
  BOOST_TEST(error_of([&] { officer.reauthenticate(password); }) == "back_off");
  BOOST_TEST(answer(city, as("hanako")) == "none");
}

BOOST_AUTO_TEST_CASE(eight_characters_do_with_a_second_factor) {
  City city;
  Session session = city.sign_in();
  const auto change = [&] {
    return error_of([&] { session.change_password(password, "八文字のことば。"); });
  };
  BOOST_TEST(change() == "invalid");
  enrol(city, session);
  BOOST_TEST(change() == "none");
}

BOOST_AUTO_TEST_CASE(an_administrator_helps_who_lost_the_telephone) {
  City city;
  Session officer = city.member("hanako", Role::roster_officer);
  enrol(city, officer);
  Session kanri = city.sign_in();
  BOOST_TEST(kanri.factors().view(officer.member().id).totp);
  BOOST_TEST(error_of([&] { officer.factors().reset(officer.member().id); }) == "not_permitted");
  kanri.factors().reset(officer.member().id);
  BOOST_TEST(error_of([&] { return officer.evacuees().list().next; }) == "session_ended");
  BOOST_TEST(answer(city, as("hanako")) == "none");
}

BOOST_AUTO_TEST_CASE(those_who_run_the_service_have_them_too) {
  City city;
  NewMember input;
  input.login = "unei";
  input.name = "運営 太郎";
  input.password = password;
  city.store().add_service_administrator(input);
  SignIn service = as("unei");
  service.municipality.clear();
  const SignedIn first = city.store().sign_in(service);
  const Enrolled enrolled = enrol(city, first.session);
  BOOST_TEST(answer(city, service) == "second_factor");
  service.code = enrolled.phone.code();
  BOOST_TEST(answer(city, service) == "none");
}

BOOST_AUTO_TEST_CASE(the_secret_is_in_no_row_and_no_entry) {
  City city;
  Session session = city.sign_in();
  const TotpEnrolment enrolment = session.factors().begin_totp();
  session.factors().confirm_totp(Authenticator(city, enrolment).code());
  const crypto::Bytes secret = totp_secret(enrolment.secret);
  storage::Transaction transaction = StoreAccess::state(city.store()).database().read();
  const auto holds = [&](std::string_view sql) {
    storage::Query query = transaction.query(sql);
    while (query.next()) {
      const auto bytes = query.read<crypto::Bytes>();
      if (!std::ranges::search(bytes, secret).empty()) return true;
    }
    return false;
  };
  BOOST_TEST(!holds("SELECT secret FROM totp"));
  BOOST_TEST(!holds("SELECT body, pk FROM journal"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(required_second_factor)

BOOST_AUTO_TEST_CASE(a_newcomer_sets_up_a_factor_and_is_whole) {
  City city;
  Session kanri = city.sign_in();
  Session officer = city.member("hanako", Role::roster_officer);
  BOOST_TEST(error_of([&] { kanri.municipalities().require_two_factor(TwoFactor::required); }) ==
             "second_factor");
  enrol(city, kanri);
  kanri.municipalities().require_two_factor(TwoFactor::required);
  const auto list = [](const Session& session) {
    return error_of([&] { return session.evacuees().list().next; });
  };
  BOOST_TEST(list(officer) == "not_permitted");  // open sessions feel it too
  const SignedIn newcomer = city.store().sign_in(as("hanako"));
  BOOST_TEST((newcomer.second_factor == FactorState::required));
  BOOST_TEST(list(newcomer.session) == "not_permitted");
  BOOST_TEST(newcomer.session.factors().view(newcomer.session.member().id).totp == false);
  const Enrolled enrolled = enrol(city, newcomer.session);
  BOOST_TEST(list(newcomer.session) == "none");
  BOOST_TEST(list(officer) == "session_ended");
  const SignedIn whole = city.store().sign_in(as("hanako", enrolled.phone.code()));
  BOOST_TEST((whole.second_factor == FactorState::present));
  BOOST_TEST(list(whole.session) == "none");
  BOOST_TEST(error_of([&] { whole.session.factors().remove_totp(); }) == "second_factor");
}

BOOST_AUTO_TEST_CASE(what_was_not_proved_is_not_replaced) {
  City city;
  Session kanri = city.sign_in();
  Session thief = city.member("hanako", Role::roster_officer);  // knows the password alone
  kanri.factors().bind_certificate(thief.member().id, card('a'));
  enrol(city, kanri);
  kanri.municipalities().require_two_factor(TwoFactor::required);
  BOOST_TEST(error_of([&] { return thief.factors().begin_totp(); }) == "second_factor");
}

BOOST_AUTO_TEST_CASE(signing_in_says_what_the_municipality_wants) {
  City city;
  const auto told = [&] { return city.store().sign_in(as("kanri")).second_factor; };
  BOOST_TEST((told() == FactorState::advised));
  city.sign_in().municipalities().require_two_factor(TwoFactor::warned);
  BOOST_TEST((told() == FactorState::warned));
  Session officer = city.member("hanako", Role::roster_officer);
  BOOST_TEST(error_of([&] { officer.municipalities().require_two_factor(TwoFactor::off); }) ==
             "not_permitted");
  Municipality changed = city.sign_in().municipalities().view();
  changed.two_factor = TwoFactor::off;
  BOOST_TEST((city.sign_in().municipalities().change(changed).two_factor == TwoFactor::warned));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(certificates)

BOOST_AUTO_TEST_CASE(a_bound_certificate_is_the_second_factor) {
  City city;
  Session kanri = city.sign_in();
  ClientCertificate with_colons = card('a');
  with_colons.fingerprint = "AA:" + std::string(62, 'a');
  const Certificate bound = kanri.factors().bind_certificate(kanri.member().id, with_colons);
  BOOST_TEST(bound.fingerprint == std::string(64, 'a'));
  BOOST_TEST(answer(city, as("kanri")) == "second_factor");
  SignIn input = as("kanri");
  input.certificate = card('b');
  BOOST_TEST(answer(city, input) == "second_factor");
  input.certificate = card('a');
  const SignedIn in = city.store().sign_in(input);
  BOOST_TEST(authentication(in) == "password+certificate");
  input.password = "ちがうことば-十三文字以上";
  BOOST_TEST(answer(city, input) == "sign_in_failed");
  const auto revoked = in.session.factors().revoke_certificate(kanri.member().id, bound.id);
  BOOST_TEST(revoked.revoked);
  BOOST_TEST(error_of([&] { return in.session.municipalities().view(); }) == "session_ended");
  BOOST_TEST(answer(city, as("kanri")) == "none");
  input = as("kanri");
  input.certificate = card('a');
  BOOST_TEST(authentication(city.store().sign_in(input)) == "password");
}

BOOST_AUTO_TEST_CASE(issuer_and_subject_outlive_a_renewal) {
  City city;
  Session kanri = city.sign_in();
  ClientCertificate names = card('a');
  names.fingerprint.clear();
  kanri.factors().bind_certificate(kanri.member().id, names);
  SignIn input = as("kanri");
  for (const char digit : {'1', '2'}) {
    input.certificate = card(digit);
    BOOST_TEST(answer(city, input) == "none");
  }
  input.certificate.issuer = "CN=別の認証局";
  BOOST_TEST(answer(city, input) == "second_factor");
  input.certificate = {};
  BOOST_TEST(answer(city, input) == "second_factor");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_bound_is_said) {
  City city;
  Session kanri = city.sign_in();
  Session officer = city.member("hanako", Role::roster_officer);
  const auto bind = [&](const Session& session, const ClientCertificate& input) {
    return error_of([&] { return session.factors().bind_certificate(officer.member().id, input); });
  };
  BOOST_TEST(bind(kanri, {}) == "missing");
  BOOST_TEST(bind(kanri, {"", "CN=架空認証局", ""}) == "missing");
  BOOST_TEST(bind(kanri, {std::string(63, 'a'), "", ""}) == "invalid");
  BOOST_TEST(bind(kanri, {std::string(64, 'g'), "", ""}) == "invalid");
  BOOST_TEST(bind(kanri, {std::string(64, 'a') + " x", "", ""}) == "invalid");
  BOOST_TEST(bind(officer, card('a')) == "not_permitted");
  BOOST_TEST(bind(kanri, card('a')) == "none");
  BOOST_TEST(bind(kanri, card('a')) == "exists");
  ClientCertificate names = card('a');
  names.subject = "CN=同じ指紋の別名";
  BOOST_TEST(bind(kanri, names) == "exists");
  names = card('a');
  names.fingerprint.clear();
  BOOST_TEST(bind(kanri, names) == "none");
  BOOST_TEST(bind(kanri, names) == "exists");
  BOOST_TEST(bind(kanri, card('b')) == "none");
  names.subject = "CN=別の端末";
  BOOST_TEST(bind(kanri, names) == "none");
  const auto all = kanri.factors().certificates(officer.member().id);
  BOOST_REQUIRE_EQUAL(all.size(), 4u);
  BOOST_TEST(error_of([&] {
               return kanri.factors().revoke_certificate(kanri.member().id, all[0].id);
             }) == "not_found");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(open_sessions)

BOOST_AUTO_TEST_CASE(they_are_listed_and_ended_one_by_one) {
  City city;
  Session officer = city.member("hanako", Role::roster_officer);
  city.move_clock(seconds(1));
  Session lost = city.sign_in("hanako");
  const auto open = officer.factors().sessions(officer.member().id);
  BOOST_REQUIRE_EQUAL(open.size(), 2u);
  BOOST_TEST((open[0].opened_at > open[1].opened_at));
  BOOST_TEST(open[0].authentication == "password");
  officer.factors().revoke_session(officer.member().id, open[0].id);
  BOOST_TEST(error_of([&] { return lost.municipalities().view(); }) == "session_ended");
  BOOST_TEST(officer.factors().sessions(officer.member().id).size() == 1u);
  BOOST_TEST(error_of([&] { officer.factors().revoke_session(officer.member().id, open[0].id); }) ==
             "not_found");
  Session kanri = city.sign_in();
  BOOST_TEST(error_of([&] { return officer.factors().sessions(kanri.member().id); }) ==
             "not_permitted");
  kanri.factors().revoke_session(officer.member().id, open[1].id);
  BOOST_TEST(error_of([&] { return officer.municipalities().view(); }) == "session_ended");
}

BOOST_AUTO_TEST_CASE(those_that_ran_out_are_forgotten_at_the_next_sign_in) {
  City city;
  for (int i = 0; i < 3; ++i) static_cast<void>(city.sign_in());
  city.move_clock(std::chrono::hours(13));
  static_cast<void>(city.sign_in());
  storage::Transaction transaction = StoreAccess::state(city.store()).database().read();
  BOOST_TEST(transaction.query("SELECT count(*) FROM login_session")
                 .optional<std::int64_t>()
                 .value_or(0) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
