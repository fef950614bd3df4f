// Who keeps whose account: administrators of the service, of a municipality, of an office.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <renraku/patients.hpp>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// A visiting-nurse station with its administrator and a nurse, and a pharmacy.
struct Offices {
  City city;
  Session administrator = city.sign_in();
  Organisation station = add_office(OrganisationKind::visiting_nurse_station, "架空訪問看護");
  Organisation pharmacy = add_office(OrganisationKind::pharmacy, "仮想薬局");
  Session chief = member("kyoku", Role::office_administrator, station);
  Session nurse = member("kango", Role::professional, station);
  Session pharmacist = member("yaku", Role::professional, pharmacy);

  Organisation add_office(OrganisationKind kind, const std::string& name) {
    Organisation office;
    office.kind = kind;
    office.name = name;
    return administrator.organisations().add(office);
  }
  NewMember newcomer(const std::string& login, Role role, const Id<Organisation>& office) {
    NewMember added;
    added.login = login;
    added.name = "新人 " + login;
    added.profession = Profession::nurse;
    added.roles = {role};
    added.password = password;
    added.organisation = office;
    return added;
  }
  Session member(const std::string& login, Role role, const Organisation& office) {
    administrator.members().add(newcomer(login, role, office.id));
    return city.sign_in(login);
  }
  std::filesystem::path file(const std::string& text) {
    std::filesystem::path path = city.path().parent_path() / "accounts.csv";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(accounts)

BOOST_AUTO_TEST_CASE(an_offices_administrator_keeps_the_own_staff_and_nobody_else) {
  Offices offices;
  const Members members = offices.chief.members();
  const Member added =
      members.add(offices.newcomer("atarashii", Role::professional, offices.station.id));
  BOOST_TEST(members.list().items.size() == 3u);
  BOOST_TEST(error_of([&] { return offices.city.sign_in("atarashii").member().login; }) == "none");
  members.suspend(added.id);
  members.restore(added.id);
  members.reset_password(added.id, "あたらしいことば-十三文字");
  const auto refused = [](auto&& call) { return error_of(call) == "not_permitted"; };
  const Id<Member> outsider = offices.pharmacist.member().id;
  BOOST_TEST(refused([&] { return members.view(outsider).login; }));
  BOOST_TEST(refused([&] { return members.suspend(outsider).login; }));
  BOOST_TEST(refused([&] {
    members.reset_password(outsider, password);
    return std::string();
  }));
  BOOST_TEST(refused([&] {
    return members.add(offices.newcomer("yakuzaishi", Role::professional, offices.pharmacy.id))
        .login;
  }));
  BOOST_TEST(refused([&] {
    return members.add(offices.newcomer("meibo", Role::roster_officer, offices.station.id)).login;
  }));
  BOOST_TEST(refused([&] { return members.suspend(offices.chief.member().id).login; }));
}

BOOST_AUTO_TEST_CASE(an_offices_administrator_hands_out_no_roles_and_no_offices) {
  Offices offices;
  Member nurse = offices.chief.members().view(offices.nurse.member().id);
  nurse.roles = {Role::professional, Role::roster_officer};
  BOOST_TEST(error_of([&] { return offices.chief.members().change(nurse).name; }) ==
             "not_permitted");
  nurse.roles = {Role::professional};
  nurse.organisation = offices.pharmacy.id;
  BOOST_TEST(error_of([&] { return offices.chief.members().change(nurse).name; }) ==
             "not_permitted");
}

BOOST_AUTO_TEST_CASE(roles_need_a_fresh_proof) {
  Offices offices;
  Member nurse = offices.administrator.members().view(offices.nurse.member().id);
  nurse.roles = {Role::professional, Role::roster_officer};
  offices.city.move_clock(std::chrono::minutes(11));
  BOOST_TEST(error_of([&] { return offices.administrator.members().change(nurse).name; }) ==
             "reauthenticate");
  offices.administrator.reauthenticate(password);
  BOOST_TEST(offices.administrator.members().change(nurse).roles.size() == 2u);
}

BOOST_AUTO_TEST_CASE(who_is_chosen_for_a_team_is_found_by_name_and_office) {
  Offices offices;
  ColleagueFilter filter;
  filter.text = "ヤッキョク";
  BOOST_TEST(offices.nurse.members().colleagues(filter).items.empty());
  filter.text = "薬局";
  const auto found = offices.nurse.members().colleagues(filter).items;
  BOOST_TEST_REQUIRE(found.size() == 1u);
  BOOST_TEST((found.front().id == offices.pharmacist.member().id));
  PageRequest two;
  two.size = 2;
  std::size_t all = 0;
  do {
    const auto page = offices.nurse.members().colleagues({}, two);
    all += page.items.size();
    two.after = page.next;
  } while (!two.after.empty());
  BOOST_TEST(all == 4u);
}

BOOST_AUTO_TEST_CASE(a_deputy_enters_for_a_colleague_and_both_are_in_the_journal) {
  Offices offices;
  Session second = offices.member("kango2", Role::professional, offices.station);
  const Session deputy = second.on_behalf_of(offices.nurse.member().id);
  static_cast<void>(deputy.members().colleagues());
  JournalFilter filter;
  filter.action = "colleague_list";
  const auto entries = offices.administrator.journal().list(filter).items;
  BOOST_TEST_REQUIRE(!entries.empty());
  BOOST_TEST((entries.front().member == second.member().id));
  BOOST_TEST((entries.front().on_behalf == offices.nurse.member().id));
  BOOST_TEST(error_of([&] {
               return offices.pharmacist.on_behalf_of(offices.nurse.member().id).member().login;
             }) == "not_permitted");
}

BOOST_AUTO_TEST_CASE(who_left_the_office_enters_for_nobody_there) {
  Offices offices;
  Session second = offices.member("kango2", Role::professional, offices.station);
  const Session deputy = second.on_behalf_of(offices.nurse.member().id);
  Member moved = offices.administrator.members().view(second.member().id);
  moved.organisation = offices.pharmacy.id;
  offices.administrator.members().change(moved);
  BOOST_TEST(error_of([&] { return deputy.members().colleagues().next; }) == "not_permitted");
}

BOOST_AUTO_TEST_CASE(the_services_administrator_sees_neither_residents_nor_accounts) {
  City city;
  NewMember input;
  input.login = "unyo";
  input.name = "運用 花子";
  input.password = password;
  city.store().add_service_administrator(input);
  Session service = city.store().sign_in("", "unyo", password);
  BOOST_TEST(error_of([&] { return service.members().list().next; }) == "not_permitted");
  BOOST_TEST(error_of([&] { return service.evacuees().list().next; }) == "not_permitted");
  BOOST_TEST(error_of([&] { return service.patients().list().next; }) == "not_permitted");
  BOOST_TEST((service.journal().verify().state == JournalState::intact));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(account_import)

BOOST_AUTO_TEST_CASE(accounts_come_in_from_a_file_with_a_report_of_what_could_not) {
  Offices offices;
  const auto file = offices.file(
      "ログインID,氏名,職種,事業所,パスワード\r\n"
      "a1,架空 一子,看護師,架空訪問看護,ひみつのことば-十三文字以上\r\n"
      "a2,架空 二子,ケアマネージャー,,\r\n"
      "a3,,看護師,,\r\n"
      "a4,架空 四子,占い師,,\r\n"
      "a5,架空 五子,看護師,どこにもない,\r\n"
      "kango,架空 六子,看護師,,\r\n"
      "a1,架空 七子,看護師,,\r\n"
      "a8,架空 八子,看護師,,みじかい\r\n");
  AccountImportOptions trial;
  trial.dry_run = true;
  const Members members = offices.administrator.members();
  BOOST_TEST(members.import_accounts(file, trial).added == 2);
  const AccountImportReport report = members.import_accounts(file);
  BOOST_TEST(report.rows == 8);
  BOOST_TEST(report.added == 2);
  std::string rejected;
  for (const AccountRejection& row : report.rejected) {
    rejected += std::to_string(row.line) + row.column + row.reason + " ";
  }
  BOOST_TEST(rejected.find("4氏名missing") != std::string::npos, rejected);
  BOOST_TEST(rejected.find("5職種invalid") != std::string::npos, rejected);
  BOOST_TEST(rejected.find("6事業所not_found") != std::string::npos, rejected);
  BOOST_TEST(rejected.find("7IDexists") != std::string::npos, rejected);
  BOOST_TEST(rejected.find("8IDexists") != std::string::npos, rejected);
  BOOST_TEST(rejected.find("9パスワードinvalid") != std::string::npos, rejected);
  BOOST_TEST(report.rejected.size() == 6u);
  BOOST_TEST_REQUIRE(report.issued.size() == 1u);
  BOOST_TEST(report.issued.front().login == "a2");
  Session second = offices.city.store().sign_in(joso, "a2", report.issued.front().password);
  BOOST_TEST((second.member().profession == Profession::care_manager));
  BOOST_TEST((offices.city.sign_in("a1").member().organisation == offices.station.id));
}

BOOST_AUTO_TEST_CASE(an_office_brings_in_its_own_professionals_whatever_the_file_says) {
  Offices offices;
  const auto file = offices.file(
      "ID,氏名,職種,事業所,役割\r\n"
      "b1,架空 一子,看護師,仮想薬局,\r\n"
      "b2,架空 二子,看護師,,管理者\r\n");
  const AccountImportReport report = offices.chief.members().import_accounts(file);
  BOOST_TEST(report.added == 1);
  BOOST_TEST_REQUIRE(report.rejected.size() == 1u);
  BOOST_TEST(report.rejected.front().reason == "not_permitted");
  Session added = offices.city.store().sign_in(joso, "b1", report.issued.front().password);
  BOOST_TEST((added.member().organisation == offices.station.id));
}

BOOST_AUTO_TEST_CASE(nobody_else_brings_in_accounts_and_not_without_a_fresh_proof) {
  Offices offices;
  const auto file = offices.file("ID,氏名,職種\r\nc1,架空 一子,看護師\r\n");
  BOOST_TEST(error_of([&] { return offices.nurse.members().import_accounts(file).rows; }) ==
             "not_permitted");
  offices.city.move_clock(std::chrono::minutes(11));
  BOOST_TEST(error_of([&] { return offices.chief.members().import_accounts(file).rows; }) ==
             "reauthenticate");
}

BOOST_AUTO_TEST_CASE(a_file_without_the_columns_is_refused) {
  Offices offices;
  const auto file = offices.file("ID,職種\r\nc1,看護師\r\n");
  BOOST_TEST(error_of([&] { return offices.administrator.members().import_accounts(file).rows; }) ==
             "missing");
}

BOOST_AUTO_TEST_CASE(a_hash_from_another_system_lets_its_member_in) {
  Offices offices;
  // The password of each is "renraku-old-password".
  const auto file = offices.file(
      "ID,氏名,職種,パスワードハッシュ\r\n"
      "d1,架空 一子,看護師,{SSHA}AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\r\n"
      "d2,架空 二子,看護師,なにか\r\n");
  const AccountImportReport report = offices.administrator.members().import_accounts(file);
  BOOST_TEST(report.added == 1);
  BOOST_TEST(error_of([&] {
               return offices.city.store().sign_in(joso, "d1", "wrong").member().login;
             }) == "sign_in_failed");
}

BOOST_AUTO_TEST_SUITE_END()
