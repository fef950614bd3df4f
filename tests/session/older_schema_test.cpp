// Stores that an earlier version of the library wrote.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "fixture/city.hpp"
#include "fixture/expect.hpp"
#include "fixture/raw_store.hpp"
#include "session/schema.hpp"
#include "storage/engines/sqlcipher/sqlcipher.hpp"

using namespace renraku;
using namespace renraku::fixture;

namespace {

/// Takes a closed store back to what step 24 knew of members and organisations.
void take_back_to_24(RawStore& store) {
  for (const char* statement :
       {"DROP INDEX member_sort", "DROP INDEX member_name_sort",
        "ALTER TABLE member DROP COLUMN sort", "ALTER TABLE member DROP COLUMN name_sort",
        "DROP INDEX organisation_sort", "DROP INDEX organisation_name",
        "ALTER TABLE organisation DROP COLUMN sort",
        "ALTER TABLE organisation DROP COLUMN name_key",
        "ALTER TABLE organisation DROP COLUMN has_districts",
        "CREATE INDEX organisation_kana ON organisation (municipality, kana, id)",
        "ALTER TABLE journal_tail DROP COLUMN home", "PRAGMA user_version = 24"}) {
    store.run(statement);
  }
}

std::vector<std::string> columns_of(storage::Database& database, const std::string& table) {
  storage::Transaction transaction = database.read();
  return transaction.query("SELECT name FROM pragma_table_info('" + table + "') ORDER BY name")
      .all<std::string>();
}

/// A store of members and organisations that step 24 wrote; open.
class OldStore {
 public:
  OldStore() {
    const Session officer = city_.sign_in();
    for (const auto& [name, kana, district] : {std::tuple{"見本薬局", "ミホンヤッキョク", ""},
                                               {"架空薬局", "カクウヤッキョク", "本町"},
                                               {"仮名薬局", "カメイヤッキョク", ""},
                                               {"無読薬局", "", ""}}) {
      Organisation added;
      added.kind = OrganisationKind::pharmacy;
      added.name = name;
      added.kana = kana;
      if (*district) added.districts = {district};
      officer.organisations().add(added);
    }
    for (const auto& [login, name] :
         {std::pair{"Zennin", "甲 一子"}, {"aki", "丙 三子"}, {"moto", "乙 二子"}}) {
      NewMember added;
      added.login = login;
      added.name = name;
      added.roles = {Role::professional};
      added.password = password;
      officer.members().add(added);
    }
    city_.close();
    {
      RawStore raw(city_.path());
      take_back_to_24(raw);
      TemporaryFolder folder;
      constexpr std::array<std::uint8_t, 32> key{1, 2, 3};
      storage::Database before(storage::sqlcipher::create(folder.path() / "before.db", key));
      before.migrate(session::migrations().first(24));
      for (const char* table : {"member", "organisation"}) {
        BOOST_TEST(columns_of(raw.database(), table) == columns_of(before, table),
                   boost::test_tools::per_element());
      }
    }
    city_.reopen();
  }

  [[nodiscard]] City& city() { return city_; }

 private:
  City city_;
};

/// What a list shows, page by page of two, each item's field and a space behind it.
template <class List, class Field>
std::string walk(List&& list, Field&& field) {
  std::string seen;
  PageRequest request;
  request.size = 2;
  do {
    const auto page = list(request);
    for (const auto& item : page.items) seen += item.*field + ' ';
    request.after = page.next;
  } while (!request.after.empty());
  return seen;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(older_schemas, *on_a_folder("only a folder can be older than its steps"))

BOOST_AUTO_TEST_CASE(members_and_organisations_of_before_are_listed_in_their_order) {
  OldStore old;
  const Session officer = old.city().sign_in();
  BOOST_TEST(walk([&](const PageRequest& page) { return officer.members().list(page); },
                  &Member::login) == "aki kanri moto Zennin ");
  BOOST_TEST(walk([&](const PageRequest& page) { return officer.members().colleagues({}, page); },
                  &Colleague::name) == "丙 三子 乙 二子 甲 一子 管理 太郎 ");
  BOOST_TEST(walk([&](const PageRequest& page) { return officer.organisations().list(page); },
                  &Organisation::kana) == " カクウヤッキョク カメイヤッキョク ミホンヤッキョク ");
}

BOOST_AUTO_TEST_CASE(an_organisation_of_before_is_found_by_name_and_once_it_was_changed_too) {
  OldStore old;
  const Session officer = old.city().sign_in();
  const auto import = [&](const std::string& login, const std::string& name) {
    const auto file = old.city().path().parent_path() / "accounts.csv";
    std::ofstream(file) << "ID,氏名,職種,事業所\n" << login << ",架空 花子,看護師," << name << '\n';
    return officer.members().import_accounts(file).added;
  };
  BOOST_TEST(import("a1", "架空　薬局") == 1);
  BOOST_TEST(import("a2", "どこにもない") == 0);

  Organisation changed = officer.organisations().list().items.at(1);
  BOOST_TEST(changed.name == "架空薬局");
  changed.name = "新装薬局";
  officer.organisations().change(changed);
  BOOST_TEST(import("a3", "新装薬局") == 1);
  BOOST_TEST(import("a4", "架空薬局") == 0);

  // A name of one that was keyed and one that never was is nobody's.
  Organisation twin;
  twin.name = "見本薬局";
  officer.organisations().add(twin);
  BOOST_TEST(import("a5", "見本薬局") == 0);
}

BOOST_AUTO_TEST_CASE(whether_an_organisation_of_before_names_districts_is_known) {
  OldStore old;
  old.city().close();
  RawStore raw(old.city().path());
  BOOST_TEST(raw.number("SELECT count(*) FROM organisation WHERE has_districts = 1") == 1);
  BOOST_TEST(raw.number("SELECT count(*) FROM organisation WHERE has_districts = 1 "
                        "AND districts <> '[]'") == 1);
}

BOOST_AUTO_TEST_SUITE_END()
