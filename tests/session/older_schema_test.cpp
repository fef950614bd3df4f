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

/// What a step added, and what takes it away again.
struct Undoing {
  int step;
  std::vector<const char*> statements;
};

/// From the newest step that is undone to the oldest.
const std::vector<Undoing> undoings{
    {35, {"DROP TABLE walk_stamp"}},
    {34, {"DROP TABLE municipality_move"}},
    {33,
     {"DROP INDEX person_pair_pairs", "DROP TABLE person_pair",
      "ALTER TABLE municipality DROP COLUMN text_index"}},
    {32,
     {"DROP TABLE key_rotation",
      "CREATE TABLE first_sealing_key (owner BLOB PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT "
      "ROWID",
      "INSERT INTO first_sealing_key SELECT owner, wrapped FROM sealing_key",
      "DROP TABLE sealing_key", "ALTER TABLE first_sealing_key RENAME TO sealing_key"}},
    {31,
     {"DROP INDEX place_grant_person",
      "CREATE INDEX place_grant_person ON place_grant (person_pk, member)"}},
    {30, {"DROP INDEX person_search_patient", "ALTER TABLE person_search DROP COLUMN patient"}},
    {29,
     {"DROP INDEX open_row_person_row", "DROP INDEX open_row_person_person",
      "ALTER TABLE open_row_person DROP COLUMN row_id",
      "ALTER TABLE open_row_person DROP COLUMN person_id"}},
    {28, {"DROP INDEX protected_person_id", "ALTER TABLE protected_person DROP COLUMN id"}},
    {27, {"ALTER TABLE journal_tail DROP COLUMN home"}},
    {26,
     {"DROP INDEX organisation_sort", "DROP INDEX organisation_name",
      "ALTER TABLE organisation DROP COLUMN sort", "ALTER TABLE organisation DROP COLUMN name_key",
      "ALTER TABLE organisation DROP COLUMN has_districts",
      "CREATE INDEX organisation_kana ON organisation (municipality, kana, id)"}},
    {25,
     {"DROP INDEX member_sort", "DROP INDEX member_name_sort",
      "ALTER TABLE member DROP COLUMN sort", "ALTER TABLE member DROP COLUMN name_sort"}},
};

std::vector<std::string> columns_of(storage::Database& database, const std::string& table) {
  storage::Transaction transaction = database.read();
  return transaction.query("SELECT name FROM pragma_table_info('" + table + "') ORDER BY name")
      .all<std::string>();
}

/// Makes a city's store what it was after that step, brings it up to date and opens it. The tables
/// are those whose rows of before are looked at.
void age(City& city, int step, std::initializer_list<const char*> tables) {
  city.close();
  {
    RawStore store(city.path());
    for (const Undoing& undoing : undoings) {
      if (undoing.step <= step) break;
      for (const char* statement : undoing.statements) store.run(statement);
    }
    store.run("PRAGMA user_version = " + std::to_string(step));
    TemporaryFolder folder;
    constexpr std::array<std::uint8_t, 32> key{1, 2, 3};
    storage::Database before(storage::sqlcipher::create(folder.path() / "before.db", key));
    before.migrate(session::migrations().first(static_cast<std::size_t>(step)));
    for (const char* table : tables) {
      BOOST_TEST(columns_of(store.database(), table) == columns_of(before, table),
                 boost::test_tools::per_element());
    }
  }
  city.reopen();
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
    age(city_, 24, {"member", "organisation"});
  }

  [[nodiscard]] City& city() { return city_; }

 private:
  City city_;
};

/// A store of step 27: a mother and her child under protection, her patient's record and another
/// that is closed, and an open row that names her.
struct OldFamily {
  City city;
  Id<Person> mother;
  Id<Person> child;

  OldFamily() {
    const Session named = city.sign_in();
    // The second file's row may be hers, though its date is none.
    for (const char* rows : {"1,母　花,S15.3.5,架空町1\n2,子　太郎,H1.2.3,架空町1\n",
                             "1,母　花,S15.3.5,架空町1\n2,子　太郎,H1.2.3,架空町1\n"
                             "1,母　花,S15.13.5,架空町2\n"}) {
      const auto file = city.path().parent_path() / "roster.csv";
      std::ofstream(file) << "管理番号,氏名,生年月日,住所\n" << rows;
      named.roster().import_file(file);
    }
    for (const EvacueeLine& line : named.evacuees().list().items) {
      (line.reference == "1" ? mother : child) = line.person;
    }
    Protection protection;
    protection.ground = "支援措置";
    protection.officers = {named.member().id};
    protection.household = {child};
    named.people().protect(mother, 1, protection);
    const Session doctor = city.member("ishi", Role::professional);
    for (const char* name : {"甲 一子", "乙 二子"}) {
      PatientConsent consent;
      consent.form = "連携同意書";
      consent.date = {2026, 11, 1};
      consent.scopes = {SharingScope::team};
      Patient patient = doctor.patients().add(resident(name, ""), consent, "主治医");
      if (std::string_view(name) == "甲 一子") continue;
      patient.closed = Date{2026, 11, 21};
      doctor.patients().change(patient);
    }
    age(city, 27, {"protected_person", "open_row_person", "person_search", "sealing_key"});
  }
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

BOOST_AUTO_TEST_CASE(who_was_protected_before_stays_so_with_the_household) {
  OldFamily old;
  const Session other = old.city.member("other", Role::roster_officer);
  for (const auto& person : {old.mother, old.child}) {
    BOOST_TEST(other.people().view(person).withheld);
  }
  const auto lines = other.evacuees().list().items;
  BOOST_REQUIRE(lines.size() == 2u);
  BOOST_TEST((lines[0].is_protected && lines[1].is_protected));
  BOOST_TEST(!old.city.sign_in().people().view(old.mother).withheld);
}

BOOST_AUTO_TEST_CASE(an_open_row_of_before_is_hidden_with_whom_it_names) {
  OldFamily old;
  const Session other = old.city.member("other", Role::roster_officer);
  const auto hidden = other.roster().open_rows().items;
  BOOST_REQUIRE(hidden.size() == 1u);
  BOOST_TEST(hidden[0].withheld);
  const auto seen = old.city.sign_in().roster().open_rows().items;
  BOOST_REQUIRE(seen.size() == 1u);
  BOOST_TEST(!seen[0].withheld);
}

BOOST_AUTO_TEST_CASE(teams_of_before_are_listed_and_closed_ones_apart) {
  OldFamily old;
  const Session officer = old.city.sign_in();
  PatientFilter filter;
  for (const auto& [closed, name] : {std::pair{false, "甲 一子"}, {true, "乙 二子"}}) {
    filter.closed = closed;
    const auto teams = officer.patients().teams(filter).items;
    BOOST_REQUIRE(teams.size() == 1u);
    BOOST_TEST(teams[0].name == name);
  }
}

BOOST_AUTO_TEST_CASE(what_changed_before_keys_had_numbers_is_read) {
  OldFamily old;
  const Session named = old.city.sign_in();
  const auto history = named.journal().history(old.mother).items;
  BOOST_REQUIRE(!history.empty());
  BOOST_TEST(!history.front().changes.empty());
}

BOOST_AUTO_TEST_SUITE_END()
