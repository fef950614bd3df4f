#include <boost/test/unit_test.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

NewMember newcomer(const std::string& login, Role role = Role::roster_officer) {
  NewMember added;
  added.login = login;
  added.name = "新人 花子";
  added.roles = {role};
  added.password = password;
  return added;
}

NewMunicipality city_of(const std::string& code, const std::string& login) {
  NewMunicipality city;
  city.code = code;
  city.name = "架空市";
  city.administrator.login = login;
  city.administrator.name = "管理 次郎";
  city.administrator.roles = {Role::administrator, Role::roster_officer};
  city.administrator.password = password;
  return city;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(municipalities)

BOOST_AUTO_TEST_CASE(a_wrong_code_or_one_that_is_there_is_refused) {
  City city;
  const auto add = [&](const std::string& code) {
    return [&city, code] { return city.store().add_municipality(city_of(code, "a")).code; };
  };
  BOOST_TEST(error_of(add("122034")) == "invalid");
  BOOST_TEST(field_of(add("122034")) == "code");
  BOOST_TEST(error_of(add(joso)) == "exists");
  BOOST_TEST(error_of(add("")) == "invalid");
  BOOST_TEST(error_of(add("122033")) == "none");
  BOOST_TEST(city.store().municipalities().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_municipality_whose_first_member_is_refused_is_not_added) {
  City city;
  NewMunicipality input = city_of("122033", "a");
  input.administrator.password = "short";
  BOOST_TEST(error_of([&] { return city.store().add_municipality(input).code; }) == "invalid");
  input = city_of("122033", "");
  BOOST_TEST(error_of([&] { return city.store().add_municipality(input).code; }) == "missing");
  BOOST_TEST(city.store().municipalities().size() == 1u);
}

BOOST_AUTO_TEST_CASE(settings_are_changed_by_revision_and_the_code_stays) {
  City city;
  Session officer = city.sign_in();
  Municipality changed = officer.municipalities().view();
  changed.label_red = "最優先";
  changed.code = "122033";
  const Municipality after = officer.municipalities().change(changed);
  BOOST_TEST(after.revision == changed.revision + 1);
  BOOST_TEST(after.code == joso);
  BOOST_TEST(officer.municipalities().view().label_red == "最優先");
  BOOST_TEST(error_of([&] { return officer.municipalities().change(changed).code; }) == "conflict");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(members)

BOOST_AUTO_TEST_CASE(a_login_is_unique_in_its_municipality_whatever_its_case) {
  City city;
  Session officer = city.sign_in();
  officer.members().add(newcomer("Hanako"));
  const auto again = [&] { return officer.members().add(newcomer("hANAKO")).login; };
  BOOST_TEST(error_of(again) == "exists");
  BOOST_TEST(field_of(again) == "login");
  BOOST_TEST(city.store().sign_in(joso, "HANAKO", password).member().login == "Hanako");

  city.store().add_municipality(city_of("122033", "Hanako"));
  BOOST_TEST(city.store().sign_in("122033", "hanako", password).member().municipality == "122033");
}

BOOST_AUTO_TEST_CASE(what_a_member_needs_is_asked_for_by_field) {
  City city;
  Session officer = city.sign_in();
  const auto field = [&](auto&& spoil) {
    NewMember input = newcomer("a");
    spoil(input);
    return field_of([&] { return officer.members().add(input).login; });
  };
  BOOST_TEST(field([](NewMember& m) { m.login.clear(); }) == "login");
  BOOST_TEST(field([](NewMember& m) { m.name.clear(); }) == "name");
  BOOST_TEST(field([](NewMember& m) { m.name = std::string(501, 'x'); }) == "name");
  BOOST_TEST(field([](NewMember& m) { m.roles.clear(); }) == "roles");
  BOOST_TEST(field([](NewMember& m) { m.password = "十二文字のパスワード!!"; }) == "password");
  BOOST_TEST(field([](NewMember& m) { m.name = "\xff"; }) == "name");
  BOOST_TEST(field([](NewMember& m) { m.login = std::string("a\0b", 3); }) == "login");
  BOOST_TEST(field([](NewMember&) {}) == "none");
  BOOST_TEST(officer.members().list().items.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_password_has_thirteen_characters_of_any_script) {
  City city;
  Session officer = city.sign_in();
  NewMember input = newcomer("a");
  input.password = "あいうえおかきくけこさし";  // twelve
  BOOST_TEST(error_of([&] { return officer.members().add(input).login; }) == "invalid");
  input.password += "す";
  BOOST_TEST(error_of([&] { return officer.members().add(input).login; }) == "none");
}

BOOST_AUTO_TEST_CASE(the_last_administrator_is_kept) {
  City city;
  Session first = city.sign_in();
  Member self = first.members().view(first.member().id);
  self.roles = {Role::roster_officer};
  const auto step_down = [&] { return first.members().change(self).revision; };
  const auto go = [&] { return first.members().suspend(self.id).revision; };
  BOOST_TEST(error_of(step_down) == "not_permitted");
  BOOST_TEST(error_of(go) == "not_permitted");

  const Member second = first.members().add(newcomer("second", Role::administrator));
  first.members().suspend(second.id);
  BOOST_TEST(error_of(step_down) == "not_permitted");  // a suspended administrator is none
  first.members().restore(second.id);
  BOOST_TEST(error_of(step_down) == "none");
}

BOOST_AUTO_TEST_CASE(a_suspension_ends_every_session_at_once_and_can_be_undone) {
  City city;
  Session officer = city.sign_in();
  Session one = city.member("hanako", Role::roster_officer);
  Session two = city.sign_in("hanako");
  officer.members().suspend(one.member().id);
  for (Session* session : {&one, &two}) {
    BOOST_TEST(error_of([&] { return session->evacuees().list().next; }) == "session_ended");
    BOOST_TEST(error_of([&] { return city.store().resume(session->token()); }) == "session_ended");
  }
  BOOST_TEST(error_of([&] { return city.sign_in("hanako"); }) == "sign_in_failed");
  BOOST_TEST((officer.members().view(one.member().id).status == MemberStatus::suspended));

  officer.members().restore(one.member().id);
  BOOST_TEST(error_of([&] { return one.evacuees().list().next; }) == "session_ended");
  BOOST_TEST(error_of([&] { return city.sign_in("hanako").evacuees().list().next; }) == "none");
}

BOOST_AUTO_TEST_CASE(a_stale_change_is_a_conflict_and_changes_nothing) {
  City city;
  Session officer = city.sign_in();
  Member seen = officer.members().add(newcomer("hanako"));
  Member other = seen;
  other.name = "先 に変えた";
  officer.members().change(other);
  seen.name = "後 から変えた";
  BOOST_TEST(error_of([&] { return officer.members().change(seen).revision; }) == "conflict");
  BOOST_TEST(officer.members().view(seen.id).name == "先 に変えた");
}

BOOST_AUTO_TEST_CASE(what_a_change_may_not_touch_stays) {
  City city;
  Session officer = city.sign_in();
  const Member added = officer.members().add(newcomer("hanako"));
  Member changed = added;
  changed.login = "other";
  changed.status = MemberStatus::suspended;
  changed.municipality = "122033";
  changed.name = "新 しい名";
  const Member after = officer.members().change(changed);
  BOOST_TEST(after.login == "hanako");
  BOOST_TEST((after.status == MemberStatus::active));
  BOOST_TEST(after.municipality == joso);
  BOOST_TEST(after.name == "新 しい名");
}

BOOST_AUTO_TEST_CASE(the_list_shows_each_member_once_by_login) {
  City city;
  Session officer = city.sign_in();
  for (int i = 0; i < 7; ++i) officer.members().add(newcomer("m" + std::to_string(i)));
  std::string logins;
  PageRequest request;
  request.size = 3;
  do {
    const Page<Member> page = officer.members().list(request);
    for (const Member& member : page.items) logins += member.login + ' ';
    request.after = page.next;
  } while (!request.after.empty());
  BOOST_TEST(logins == "kanri m0 m1 m2 m3 m4 m5 m6 ");
}

BOOST_AUTO_TEST_CASE(a_cursor_that_is_none_of_the_list_is_refused) {
  City city;
  const Session officer = city.sign_in();
  const auto error = [](auto&& list) { return error_of(list) + " " + field_of(list); };
  for (const std::string& after :
       {std::string("kanri"), officer.member().id.text() + "管理 太郎", std::string("00")}) {
    const PageRequest request{after, 1};
    BOOST_TEST(error([&] { return officer.members().list(request).next; }) == "invalid after");
    BOOST_TEST(error([&] { return officer.members().colleagues({}, request).next; }) ==
               "invalid after");
    BOOST_TEST(error([&] { return officer.organisations().list(request).next; }) ==
               "invalid after");
  }
}

BOOST_AUTO_TEST_CASE(colleagues_are_listed_by_name_and_follow_a_change_of_it) {
  City city;
  const Session officer = city.sign_in();
  std::vector<Id<Member>> ids;
  for (const char* login : {"m3", "m1", "m2"}) {
    NewMember added = newcomer(login, Role::professional);
    added.name = login;
    ids.push_back(officer.members().add(added).id);
  }
  const auto names = [&] {
    std::string seen;
    PageRequest two;
    two.size = 2;
    do {
      const auto page = officer.members().colleagues({}, two);
      for (const Colleague& one : page.items) seen += one.name + one.organisation_name + ' ';
      two.after = page.next;
    } while (!two.after.empty());
    return seen;
  };
  BOOST_TEST(names() == "m1 m2 m3 管理 太郎 ");
  Member changed = officer.members().view(ids[0]);
  changed.name = "m0";
  officer.members().change(changed);
  BOOST_TEST(names() == "m0 m1 m2 管理 太郎 ");
  // Alike in name, each once.
  for (const Id<Member>& id : {ids[1], ids[2]}) {
    changed = officer.members().view(id);
    changed.name = "m0";
    officer.members().change(changed);
  }
  BOOST_TEST(names() == "m0 m0 m0 管理 太郎 ");
}

BOOST_AUTO_TEST_CASE(roles_are_kept_apart) {
  City city;
  Session administrator = city.member("kaikei", Role::administrator);
  Session officer = city.member("bousai", Role::roster_officer);
  Session professional = city.member("kango", Role::professional);
  BOOST_TEST(error_of([&] { return administrator.evacuees().list().next; }) == "not_permitted");
  PersonFilter anyone;
  anyone.name = "山";
  BOOST_TEST(error_of([&] { return administrator.people().find(anyone).next; }) == "not_permitted");
  BOOST_TEST(error_of([&] { return officer.members().add(newcomer("x")).login; }) ==
             "not_permitted");
  BOOST_TEST(error_of([&] { return officer.evacuees().list().next; }) == "none");
  BOOST_TEST(error_of([&] { return professional.evacuees().list().next; }) == "not_permitted");
  BOOST_TEST(error_of([&] { return professional.members().list().next; }) == "not_permitted");
  BOOST_TEST(error_of([&] { return professional.journal().list().next; }) == "not_permitted");
  BOOST_TEST(error_of([&] { return professional.municipalities().view().name; }) == "none");
}

BOOST_AUTO_TEST_SUITE_END()
