// Vendors' applications speaking for members: one signed assertion, one call.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/sanitizers.hpp"

using namespace renraku;
using namespace renraku::fixture;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr const char* toride = "082171";

/// What the vendor of the tests asks to be registered for.
Application wanted(const ApplicationKey& key, Instant now) {
  Application application;
  application.name = "架空カルテ連携";
  application.public_key = key.public_key;
  application.professions = {Profession::city_officer};
  application.actions = {"municipality_view", "colleague_list", "member_list",  "person_find",
                         "roster_preview",    "roster_import",  "roster_export"};
  application.expires = {now.micros + std::chrono::microseconds(hours(24 * 365)).count()};
  return application;
}

Assertion claim(const Application& application, const std::string& login, Instant now) {
  Assertion assertion;
  assertion.application = application.id;
  assertion.municipality = joso;
  assertion.login = login;
  assertion.issued_at = now;
  assertion.factors = {AssertedFactor::password};
  return assertion;
}

/// A city, a professional, an officer of the roster, and an application that speaks for both.
struct Vendor {
  City city;
  Session admin = city.sign_in();
  Session tanaka = city.member("tanaka", Role::professional);
  Session officer = city.member("officer", Role::roster_officer);
  ApplicationKey key = make_application_key();
  Application application = admin.applications().register_application(wanted(key, city.now()));

  [[nodiscard]] Assertion says(const std::string& login = "tanaka") const {
    return claim(application, login, city.now());
  }
  [[nodiscard]] std::string text(const Assertion& assertion) const {
    return make_assertion(assertion, key.private_key);
  }
  Session act(const Assertion& assertion) { return city.store().act_as(text(assertion)); }
  std::string answer(const Assertion& assertion) {
    return error_of([&] { return act(assertion); });
  }
  std::string field(const Assertion& assertion) {
    return field_of([&] { return act(assertion); });
  }
  /// Anew, and otherwise asked for.
  template <class Change>
  void register_anew(Change&& change) {
    Application asked = wanted(key, city.now());
    change(asked);
    application = admin.applications().register_application(asked);
  }
  [[nodiscard]] JournalEntry last(const std::string& action) {
    JournalFilter filter;
    filter.action = action;
    const auto page = officer.journal().list(filter);
    BOOST_TEST_REQUIRE(!page.items.empty());
    return page.items[0];
  }
};

Assertion shifted(Assertion assertion, seconds issued, seconds life) {
  assertion.issued_at.micros += std::chrono::microseconds(issued).count();
  assertion.expires_at.micros =
      assertion.issued_at.micros + std::chrono::microseconds(life).count();
  return assertion;
}

void add_toride(City& city) {
  NewMunicipality second;
  second.code = toride;
  second.name = "取手市";
  second.administrator.login = "kanri";
  second.administrator.name = "管理 次郎";
  second.administrator.roles = {Role::administrator};
  second.administrator.password = password;
  city.store().add_municipality(second);
}

Session serve(City& city) {
  NewMember input;
  input.login = "unei";
  input.name = "運営 一郎";
  input.password = password;
  city.store().add_service_administrator(input);
  return city.store().sign_in("", "unei", password);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(applications)

BOOST_AUTO_TEST_CASE(one_assertion_is_one_call) {
  Vendor vendor;
  Session session = vendor.act(vendor.says());
  BOOST_TEST(session.member().login == "tanaka");
  BOOST_TEST(session.token().empty());
  BOOST_TEST(session.municipalities().view().code == joso);
  BOOST_TEST(error_of([&] { return session.municipalities().view(); }) == "session_ended");
  const Session copy = vendor.act(vendor.says());
  const Session same = copy;
  static_cast<void>(copy.municipalities().view());
  BOOST_TEST(error_of([&] { return same.municipalities().view(); }) == "session_ended");
  BOOST_TEST(error_of([&] { return vendor.city.store().resume(""); }) == "session_ended");
}

BOOST_AUTO_TEST_CASE(a_refused_call_uses_it_up_too) {
  Vendor vendor;
  Session session = vendor.act(vendor.says());
  BOOST_TEST(error_of([&] { return session.patients().list(); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return session.municipalities().view(); }) == "session_ended");
}

BOOST_AUTO_TEST_CASE(an_assertion_counts_once) {
  Vendor vendor;
  const std::string text = vendor.text(vendor.says());
  static_cast<void>(vendor.city.store().act_as(text));
  BOOST_TEST(error_of([&] { return vendor.city.store().act_as(text); }) == "sign_in_failed");
  BOOST_TEST(field_of([&] { return vendor.city.store().act_as(text); }) == "nonce");
  vendor.city.reopen();
  BOOST_TEST(error_of([&] { return vendor.city.store().act_as(text); }) == "sign_in_failed");
}

BOOST_AUTO_TEST_CASE(nor_by_another_open_store) {
  Vendor vendor;
  Store other = open_store(vendor.city.address(), Passphrase{passphrase}, vendor.city.options(),
                           City::cheap());
  const std::string text = vendor.text(vendor.says());
  static_cast<void>(other.act_as(text));
  BOOST_TEST(error_of([&] { return vendor.city.store().act_as(text); }) == "sign_in_failed");
}

BOOST_AUTO_TEST_CASE(nor_by_another_process) {
  if (!children_may_start_threads) return;
  City city;
  static_cast<void>(city.member("tanaka", Role::professional));
  const ApplicationKey key = make_application_key();
  const Application application =
      city.sign_in().applications().register_application(wanted(key, city.now()));
  const std::string text =
      make_assertion(claim(application, "tanaka", city.now()), key.private_key);
  city.close();
  const ::pid_t child = ::fork();
  if (child == 0) {
    Store store = open_store(city.address(), Passphrase{passphrase}, city.options(), City::cheap());
    ::_exit(error_of([&] { return store.act_as(text); }) == "none" ? 0 : 1);
  }
  int status = 1;
  ::waitpid(child, &status, 0);
  BOOST_TEST(status == 0);
  city.reopen();
  BOOST_TEST(field_of([&] { return city.store().act_as(text); }) == "nonce");
}

BOOST_AUTO_TEST_CASE(it_counts_for_a_minute) {
  Vendor vendor;
  const Assertion now = vendor.says();
  BOOST_TEST(vendor.answer(shifted(now, seconds(29), seconds(60))) == "none");
  BOOST_TEST(vendor.field(shifted(now, seconds(31), seconds(60))) == "issued_at");
  BOOST_TEST(vendor.answer(shifted(now, seconds(-90), seconds(60))) == "none");
  BOOST_TEST(vendor.field(shifted(now, seconds(-91), seconds(60))) == "expires_at");
  BOOST_TEST(vendor.field(shifted(now, seconds(0), seconds(61))) == "expires_at");
  BOOST_TEST(vendor.field(shifted(now, seconds(0), seconds(-1))) == "expires_at");
  const Session session = vendor.act(now);
  vendor.city.move_clock(seconds(91));
  BOOST_TEST(error_of([&] { return session.municipalities().view(); }) == "session_ended");
}

BOOST_AUTO_TEST_CASE(whoever_can_not_sign_for_it_learns_nothing) {
  Vendor vendor;
  Store& store = vendor.city.store();
  const Assertion assertion = vendor.says();
  const std::string good = vendor.text(assertion);
  Assertion unknown = assertion;
  unknown.application = Id<Application>::parse("01900000-0000-7000-8000-000000000000");
  std::string altered = good;
  altered[20] = altered[20] == 'A' ? 'B' : 'A';
  const std::string text = text_of(
      [&] { return store.act_as(make_assertion(assertion, make_application_key().private_key)); });
  BOOST_TEST(!text.empty());
  for (const std::string& tried :
       {vendor.text(unknown), altered, std::string(), std::string("renraku1.."),
        "renraku2" + good.substr(8), good + "A", good.substr(0, good.rfind('.')),
        std::string(5000, 'A')}) {
    BOOST_TEST(error_of([&] { return store.act_as(tried); }) == "sign_in_failed");
    BOOST_TEST(text_of([&] { return store.act_as(tried); }) == text);
  }
  BOOST_TEST(error_of([&] { return store.act_as(good); }) == "none");
}

BOOST_AUTO_TEST_CASE(a_nonce_and_a_reference_have_their_length) {
  Vendor vendor;
  Assertion assertion = vendor.says();
  assertion.nonce = std::string(21, 'a');
  BOOST_TEST(vendor.field(assertion) == "nonce");
  assertion.nonce = std::string(21, 'a') + "%";
  BOOST_TEST(vendor.field(assertion) == "nonce");
  assertion.nonce = std::string(87, 'a');
  BOOST_TEST(vendor.field(assertion) == "nonce");
  assertion.nonce = std::string(22, 'a');
  assertion.reference = std::string(201, 'a');
  BOOST_TEST(vendor.field(assertion) == "reference");
  assertion.reference = std::string(200, 'a');
  BOOST_TEST(vendor.answer(assertion) == "none");
}

BOOST_AUTO_TEST_CASE(it_does_not_tell_members_apart_for_whom_it_may_not_speak) {
  Vendor vendor;
  vendor.admin.members().suspend(vendor.tanaka.member().id);
  static_cast<void>(vendor.city.member("kiku", Role::professional));
  Member nurse = vendor.admin.members().list().items[0];
  for (const Member& each : vendor.admin.members().list().items) {
    if (each.login == "kiku") nurse = each;
  }
  nurse.profession = Profession::nurse;
  vendor.admin.members().change(nurse);
  const std::string text = text_of([&] { return vendor.act(vendor.says("nobody")); });
  BOOST_TEST(!text.empty());
  for (const char* login : {"nobody", "tanaka", "kiku", "kanri"}) {
    BOOST_TEST(vendor.answer(vendor.says(login)) == "sign_in_failed", login);
    BOOST_TEST(text_of([&] { return vendor.act(vendor.says(login)); }) == text, login);
  }
}

BOOST_AUTO_TEST_CASE(administrators_and_protection_officers_are_listed_one_by_one) {
  Vendor vendor;
  BOOST_TEST(vendor.answer(vendor.says("officer")) == "none");
  const auto mother = vendor.officer.evacuees().add(resident("母　花", "ハハ　ハナ"), {});
  Protection protection;
  protection.officers = {vendor.officer.member().id};
  vendor.officer.people().protect(mother.person, 1, protection);
  BOOST_TEST(vendor.answer(vendor.says("officer")) == "sign_in_failed");
  BOOST_TEST(vendor.answer(vendor.says("kanri")) == "sign_in_failed");
  vendor.register_anew([&](Application& asked) {
    asked.members = {vendor.officer.member().id, vendor.admin.member().id};
  });
  BOOST_TEST(vendor.answer(vendor.says("officer")) == "none");
  BOOST_TEST(vendor.answer(vendor.says("kanri")) == "none");
}

BOOST_AUTO_TEST_CASE(it_may_what_the_member_may_and_it_is_registered_for) {
  Vendor vendor;
  const auto one = [&](const std::string& login) { return vendor.act(vendor.says(login)); };
  PersonFilter named;
  named.name = "架空";
  BOOST_TEST(error_of([&] { return one("officer").people().find(named); }) == "none");
  BOOST_TEST(error_of([&] { return one("tanaka").people().find(named); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return one("officer").evacuees().list(); }) == "not_permitted");
  BOOST_TEST(error_of([&] { one("tanaka").sign_out(); }) == "not_permitted");
  vendor.register_anew([](Application& asked) { asked.actions.clear(); });
  BOOST_TEST(error_of([&] { return one("tanaka").municipalities().view(); }) == "not_permitted");
}

BOOST_AUTO_TEST_CASE(it_never_proved_anew_who_the_member_is) {
  Vendor vendor;
  const auto file = vendor.city.path().parent_path() / "roster.csv";
  const auto one = [&] { return vendor.act(vendor.says("officer")); };
  BOOST_TEST(error_of([&] { return one().roster().export_file(file); }) == "not_permitted");
  BOOST_TEST(error_of([&] { one().reauthenticate(password); }) == "session_ended");
  BOOST_TEST(error_of([&] { one().change_password(password, password); }) == "session_ended");
}

BOOST_AUTO_TEST_CASE(an_import_is_one_call) {
  Vendor vendor;
  const std::vector<std::vector<std::string>> rows{
      {"氏名", "フリガナ", "生年月日", "住所"},
      {"架空 花子", "カクウ ハナコ", "1940-03-05", "茨城県常総市架空町1"}};
  std::size_t next = 0;
  const RowReader reader = [&](std::vector<std::string>& cells) {
    if (next == rows.size()) return false;
    cells = rows[next++];
    return true;
  };
  const Session session = vendor.act(vendor.says("officer"));
  BOOST_TEST(session.roster().import_rows(reader).added == 1);
  BOOST_TEST(error_of([&] { return session.municipalities().view(); }) == "session_ended");
}

BOOST_AUTO_TEST_CASE(what_is_revoked_expired_or_suspended_ends_at_once) {
  Vendor vendor;
  const Session one = vendor.act(vendor.says());
  const Session two = vendor.act(vendor.says("officer"));
  vendor.admin.members().suspend(vendor.tanaka.member().id);
  BOOST_TEST(error_of([&] { return one.municipalities().view(); }) == "session_ended");
  BOOST_TEST(vendor.admin.applications().revoke(vendor.application.id).revoked);
  BOOST_TEST(error_of([&] { return two.municipalities().view(); }) == "session_ended");
  BOOST_TEST(vendor.answer(vendor.says("officer")) == "sign_in_failed");
  BOOST_TEST(vendor.admin.applications().revoke(vendor.application.id).revision == 2);

  vendor.register_anew([&](Application& asked) {
    asked.expires = {vendor.city.now().micros + std::chrono::microseconds(seconds(50)).count()};
  });
  const Session three = vendor.act(vendor.says("officer"));
  vendor.city.move_clock(seconds(50));
  BOOST_TEST(error_of([&] { return three.municipalities().view(); }) == "session_ended");
  BOOST_TEST(vendor.answer(vendor.says("officer")) == "sign_in_failed");
}

BOOST_AUTO_TEST_CASE(two_factors_are_two_kinds) {
  Vendor vendor;
  Assertion assertion = vendor.says();
  assertion.factors = {};
  BOOST_TEST(vendor.field(assertion) == "factors");
  SignIn input;
  vendor.admin.municipalities().require_two_factor(TwoFactor::warned);
  BOOST_TEST(vendor.answer(vendor.says()) == "none");
  ClientCertificate card;
  card.fingerprint = std::string(64, 'a');
  vendor.admin.factors().bind_certificate(vendor.admin.member().id, card);
  input.municipality = joso;
  input.login = "kanri";
  input.password = password;
  input.certificate = card;
  vendor.city.store().sign_in(input).session.municipalities().require_two_factor(
      TwoFactor::required);
  for (const auto& few : {std::vector{AssertedFactor::password},
                          std::vector{AssertedFactor::password, AssertedFactor::password},
                          std::vector{AssertedFactor::totp, AssertedFactor::card}}) {
    assertion.factors = few;
    BOOST_TEST(vendor.answer(assertion) == "second_factor");
  }
  for (const auto& enough : {std::vector{AssertedFactor::password, AssertedFactor::totp},
                             std::vector{AssertedFactor::biometric, AssertedFactor::card}}) {
    assertion.factors = enough;
    BOOST_TEST(vendor.act(assertion).municipalities().view().code == joso);
  }
}

BOOST_AUTO_TEST_CASE(the_journal_keeps_it_apart_from_who_signed_in_here) {
  Vendor vendor;
  Assertion assertion = vendor.says();
  assertion.reference = "田中 2026-11-21";
  assertion.factors = {AssertedFactor::totp, AssertedFactor::password};
  static_cast<void>(vendor.act(assertion).members().colleagues());
  const std::string id = vendor.application.id.text();
  const std::string spoken = "asserted:" + id + " password+totp reference:";
  for (const char* action : {"act_as", "colleague_list"}) {
    const JournalEntry entry = vendor.last(action);
    BOOST_TEST(entry.authentication.substr(0, spoken.size()) == spoken);
    BOOST_TEST(entry.authentication.size() == spoken.size() + 16);
    BOOST_TEST((entry.member == vendor.tanaka.member().id));
  }
  static_cast<void>(vendor.tanaka.members().colleagues());
  BOOST_TEST(vendor.last("colleague_list").authentication == "password");
  static_cast<void>(vendor.answer(vendor.says("nobody")));
  const JournalEntry refused = vendor.last("act_as");
  BOOST_TEST((refused.outcome == Outcome::refused));
  BOOST_TEST(refused.detail == "unknown member");
  BOOST_TEST(refused.authentication == "asserted:" + id);
  BOOST_TEST((vendor.city.store().verify_journal().state == JournalState::intact));
}

BOOST_AUTO_TEST_CASE(a_registration_is_checked) {
  Vendor vendor;
  const auto field = [&](auto&& change) { return field_of([&] { vendor.register_anew(change); }); };
  BOOST_TEST(field([](Application& asked) { asked.name.clear(); }) == "name");
  BOOST_TEST(field([](Application& asked) { asked.public_key.pop_back(); }) == "public_key");
  BOOST_TEST(field([](Application& asked) { asked.actions = {"anything"}; }) == "actions");
  BOOST_TEST(field([&](Application& asked) { asked.expires = vendor.city.now(); }) == "expires");
  BOOST_TEST(field([](Application& asked) { asked.municipalities = {toride}; }) ==
             "municipalities");
  BOOST_TEST(field([](Application& asked) {
               asked.members = {Id<Member>::parse("01900000-0000-7000-8000-000000000000")};
             }) == "member");
  const auto asked = wanted(vendor.key, vendor.city.now());
  BOOST_TEST(error_of([&] { return vendor.officer.applications().register_application(asked); }) ==
             "not_permitted");
  BOOST_TEST(error_of([&] { return vendor.officer.applications().list(); }) == "not_permitted");
  vendor.city.move_clock(minutes(11));
  BOOST_TEST(error_of([&] { return vendor.admin.applications().register_application(asked); }) ==
             "reauthenticate");
  BOOST_TEST(vendor.admin.applications().list().items.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_service_registers_for_municipalities_that_take_themselves_off) {
  Vendor vendor;
  add_toride(vendor.city);
  Session service = serve(vendor.city);
  Application asked = wanted(vendor.key, vendor.city.now());
  const auto field = [&] {
    return field_of([&] { return service.applications().register_application(asked); });
  };
  BOOST_TEST(field() == "municipalities");
  asked.municipalities = {"999999"};
  BOOST_TEST(field() == "municipalities");
  asked.municipalities = {joso, toride};
  asked.members = {vendor.admin.member().id};
  BOOST_TEST(field() == "members");
  asked.members.clear();
  const Application both = service.applications().register_application(asked);
  BOOST_TEST(both.municipality.empty());

  BOOST_TEST(vendor.admin.applications().list().items.size() == 2u);
  BOOST_TEST(service.applications().list().items.size() == 1u);
  BOOST_TEST(error_of([&] { return service.applications().view(vendor.application.id); }) ==
             "not_found");
  vendor.application = both;
  vendor.admin.applications().accept(both.id);
  BOOST_TEST(vendor.answer(vendor.says()) == "none");
  const Session late = vendor.act(vendor.says());
  Assertion elsewhere = vendor.says("kanri");
  elsewhere.municipality = "";
  elsewhere.login = "unei";
  BOOST_TEST(vendor.answer(elsewhere) == "not_permitted");

  const Application left = vendor.admin.applications().revoke(both.id);
  BOOST_TEST(!left.revoked);
  BOOST_TEST(left.municipalities == std::vector<std::string>{toride});
  BOOST_TEST(left.accepted.empty());
  BOOST_TEST(vendor.answer(vendor.says()) == "not_permitted");
  BOOST_TEST(error_of([&] { return late.municipalities().view(); }) == "session_ended");
  BOOST_TEST(error_of([&] { return vendor.admin.applications().accept(both.id); }) == "not_found");
  BOOST_TEST(service.applications().revoke(both.id).revoked);
}

BOOST_AUTO_TEST_CASE(the_services_speaks_in_a_municipality_that_accepted_it) {
  Vendor vendor;
  add_toride(vendor.city);
  Session service = serve(vendor.city);
  Application asked = wanted(vendor.key, vendor.city.now());
  asked.municipalities = {joso, toride};
  asked.accepted = {joso, toride};
  vendor.application = service.applications().register_application(asked);
  BOOST_TEST(vendor.application.accepted.empty());
  const Id<Application> id = vendor.application.id;
  BOOST_TEST(vendor.answer(vendor.says()) == "not_permitted");
  BOOST_TEST(vendor.field(vendor.says()) == "municipality");
  BOOST_TEST(error_of([&] { return service.applications().accept(id); }) == "not_permitted");
  BOOST_TEST(error_of([&] { return vendor.officer.applications().accept(id); }) == "not_permitted");

  const Application accepted = vendor.admin.applications().accept(id);
  BOOST_TEST(accepted.accepted == std::vector<std::string>{joso});
  BOOST_TEST(accepted.revision == 2);
  BOOST_TEST(vendor.admin.applications().accept(id).revision == 2);
  BOOST_TEST(vendor.answer(vendor.says()) == "none");
  Assertion elsewhere = vendor.says("kanri");
  elsewhere.municipality = toride;
  BOOST_TEST(vendor.field(elsewhere) == "municipality");
  JournalFilter accepting;
  accepting.action = "application_accept";
  const auto entries = vendor.officer.journal().list(accepting).items;
  const auto done = std::ranges::find(entries, Outcome::done, &JournalEntry::outcome);
  BOOST_TEST_REQUIRE((done != entries.end()));
  BOOST_TEST((done->member == vendor.admin.member().id));
  BOOST_TEST(done->municipality == joso);
}

BOOST_AUTO_TEST_CASE(accepting_takes_a_fresh_proof_and_something_to_accept) {
  Vendor vendor;
  Session service = serve(vendor.city);
  Application asked = wanted(vendor.key, vendor.city.now());
  asked.municipalities = {joso};
  const auto id = service.applications().register_application(asked).id;
  const auto accept = [&](const Id<Application>& which) {
    return error_of([&] { return vendor.admin.applications().accept(which); });
  };
  BOOST_TEST(accept(vendor.application.id) == "none");
  BOOST_TEST(vendor.admin.applications().view(vendor.application.id).revision == 1);
  BOOST_TEST(accept(Id<Application>::parse("01900000-0000-7000-8000-000000000000")) == "not_found");
  vendor.city.move_clock(minutes(11));
  BOOST_TEST(accept(id) == "reauthenticate");
  vendor.admin.reauthenticate(password);
  service.reauthenticate(password);
  service.applications().revoke(id);
  BOOST_TEST(accept(id) == "invalid");
}

BOOST_AUTO_TEST_CASE(an_application_of_one_municipality_speaks_in_no_other) {
  Vendor vendor;
  Assertion elsewhere = vendor.says();
  elsewhere.municipality = toride;
  BOOST_TEST(vendor.answer(elsewhere) == "not_permitted");
  BOOST_TEST(vendor.field(elsewhere) == "municipality");
}

BOOST_AUTO_TEST_CASE(a_private_key_is_one) {
  BOOST_TEST(field_of([] { return make_assertion({}, "abc"); }) == "private_key");
  const ApplicationKey one = make_application_key();
  BOOST_TEST(one.private_key.size() == 43u);
  BOOST_TEST(one.public_key.size() == 43u);
  BOOST_TEST(one.private_key != make_application_key().private_key);
}

BOOST_AUTO_TEST_SUITE_END()
